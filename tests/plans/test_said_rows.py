"""Rows said by hand: read as texts, checked, and dated from the first open day on."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from chanplan.plans import said_rows
from chanplan.plans.said_rows import Fault, Kind

KINDS: dict[str, Kind] = {"product": "text", "rate": "rate", "valid_from": "date"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13", "13%"),
        ("0.13", "13%"),
        ("13 %", "13%"),
        ("13％", "13%"),
        ("0", "0%"),
        ("一三", "一三"),
    ],
)
def test_a_rate_is_one_however_it_is_typed(typed: str, read: str) -> None:
    frame = pd.DataFrame([{"product": " A ", "rate": typed, "valid_from": None}])
    assert said_rows.rows(frame, KINDS) == [{"product": "A", "rate": read, "valid_from": ""}]


def test_rows_that_say_nothing_are_left_out_and_since_ever_is_no_date() -> None:
    frame = pd.DataFrame(
        {
            "product": ["A", None, pd.NA],
            "rate": ["9%", "", None],
            "valid_from": pd.to_datetime(["1990-01-01", None, None]),
        }
    )
    assert said_rows.rows(frame, KINDS) == [{"product": "A", "rate": "9%", "valid_from": ""}]
    assert said_rows.since_ever(said_rows.rows(frame, KINDS))[0]["valid_from"] == "1990-01-01"


def test_faults_name_row_and_column() -> None:
    said = [
        {"product": "A", "rate": "130%", "valid_from": ""},
        {"product": "", "rate": "", "valid_from": "1980-01-01"},
    ]
    found = said_rows.faults(said, KINDS, [("product", "category"), ("rate",)])
    assert found == [
        Fault(1, "rate", "rate"),
        Fault(2, "product", "none_of"),
        Fault(2, "rate", "missing"),
        Fault(2, "valid_from", "date"),
    ]


STANDS = [
    {"product": "A", "rate": "13%", "valid_from": ""},
    {"product": "B", "rate": "9%", "valid_from": "2025-05-01"},
    {"product": "C", "rate": "6%", "valid_from": ""},
]


def test_from_a_day_on_nothing_before_it_is_said_otherwise() -> None:
    said = [
        {"product": "A", "rate": "9%", "valid_from": ""},  # corrected
        {"product": "B", "rate": "6%", "valid_from": "2025-06-01"},  # was to begin later
    ]
    found = said_rows.from_day(STANDS, said, date(2025, 4, 1), ("product",))
    assert found == [
        STANDS[0],
        STANDS[2],  # left out, but it stood before the day
        {"product": "A", "rate": "9%", "valid_from": "2025-04-01"},
        {"product": "B", "rate": "6%", "valid_from": "2025-06-01"},
    ]


def test_what_is_left_out_can_end_where_a_word_for_that_is_given() -> None:
    said = [STANDS[0], STANDS[1]]
    found = said_rows.from_day(STANDS, said, date(2025, 4, 1), ("product",), {"rate": "0%"})
    assert found == [*STANDS, {"product": "C", "rate": "0%", "valid_from": "2025-04-01"}]


def test_the_same_rows_in_another_order_are_no_change() -> None:
    assert said_rows.same(STANDS, [dict(row) for row in reversed(STANDS)])
    assert said_rows.changed(STANDS, STANDS[:1]) == []
    assert not said_rows.same(STANDS, STANDS[:2])
