"""What the page of care says first, and where the money at risk lies, by hand."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis.customers import care, care_story
from chanplan.analysis.customers.care import Silent

LISTED = pd.DataFrame(
    [
        # Fades and is not silent, with most money: it is first, and not among the silent.
        ("少", "important_value", Decimal(500), 1.2, True),
        ("静", "important_keep", Decimal(300), 2.7, False),
        ("又静又少", "important_value", Decimal(100), 2.0, True),
        ("在谈", "few_orders", Decimal(0), None, False),
    ],
    columns=["customer", "segment", "at_risk", "times", "shrunk"],
    dtype=object,
)


def silent(customers: int, shrunk: int) -> Silent:
    zero = Decimal(0)
    return Silent(customers, zero, zero, 0, 5, shrunk, zero)


def test_who_fades_is_not_said_to_be_silent() -> None:
    assert [care_story.why(row) for row in LISTED.to_dict("records")] == [
        "fading", "silent", "silent", "going_on",
    ]  # fmt: skip
    assert care_story.opening(silent(2, 1)) == ("silent", "shrunk")
    assert care_story.opening(silent(0, 1)) == ("none_silent", "shrunk")
    assert care_story.opening(silent(0, 0)) == ("none_silent",)


def test_the_money_lies_by_segment_and_reason() -> None:
    parts = care_story.by_segment(LISTED)
    assert parts.to_dict("records") == [
        {"segment": "important_value", "customers": 2, "at_risk": 600, "silent": 100,
         "fading": 500, "going_on": 0},
        {"segment": "important_keep", "customers": 1, "at_risk": 300, "silent": 300, "fading": 0,
         "going_on": 0},
        {"segment": "few_orders", "customers": 1, "at_risk": 0, "silent": 0, "fading": 0,
         "going_on": 0},
    ]  # fmt: skip
    assert care_story.largest(parts) == ("important_value", 2, 600 / 900)
    assert sum(parts["at_risk"]) == sum(LISTED["at_risk"])
    assert care_story.largest(care_story.by_segment(LISTED.iloc[:0])) is None


def test_the_list_keeps_to_a_segment() -> None:
    listed = LISTED.assign(owner=["张", None, None, None], state="open")
    assert [*care.narrowed(listed, [], [], ["important_value"])["customer"]] == ["少", "又静又少"]
    assert [*care.narrowed(listed, ["张"], [], ["important_value"])["customer"]] == ["少"]
    assert len(care.narrowed(listed, [], [])) == 4
