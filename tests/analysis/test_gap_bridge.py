"""Why a target is missed, on books that a reader can add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.analysis import gap_bridge
from chanplan.analysis.gap_bridge import Gap, cents, largest, spans
from chanplan.analysis.tracked import Tracked, tracked
from chanplan.analysis.tracking import Asked, sold
from chanplan.analysis.tracking_targets import chosen
from chanplan.domain.period import Period

D = Decimal
YEAR = Period(202401, 202412)
JUNE = date(2024, 6, 30)
# (channel, product, quantity and price of last year, of this year): of the same half year.
Item = tuple[str, str, int, int, int, int]


def made_of(items: list[Item], set_: dict[str, int], own: int | None = None) -> Tracked:
    """Targets of the year judged to the end of June; all is sold in June."""
    rows = [(channel, "year", 202401, "channel,", D(value)) for channel, value in set_.items()]
    rows += [(None, "year", 202401, "", D(own))] if own else []
    told = pd.DataFrame(rows, columns=["channel", "period", "month", "grain", "value"])
    sums: dict[tuple[str, int], int] = {}
    for channel, _, q0, p0, q1, p1 in items:
        for month, money in ((202306, q0 * p0), (202406, q1 * p1)):
            sums[channel, month] = sums.get((channel, month), 0) + money
    cells = [(channel, month, D(money)) for (channel, month), money in sums.items()]
    frame = pd.DataFrame(cells, columns=["channel", "month", "net_sales"])
    asked = Asked(("channel",), YEAR, JUNE, "order", 31, {})
    known = sold(frame, ("channel",), "net_sales", YEAR)
    return tracked(asked, chosen(told, ("channel",), YEAR), known)


def answer(items: list[Item]) -> pd.DataFrame:
    """What `bridge_items` tells of them."""
    return pd.DataFrame([_row(*item) for item in items])


def _row(channel: str, product: str, q0: int, p0: int, q1: int, p1: int) -> dict[str, Any]:
    none = D(0)
    return {
        "channel": channel, "product": product, "unit": "瓶", "blurred": 0,
        "currency_low": None, "currency_high": None,
        "net": D(q1 * p1) if q1 else None, "net_base": D(q0 * p0) if q0 else None,
        "revenue": D(q1 * p1) if q1 else None, "revenue_base": D(q0 * p0) if q0 else None,
        "quantity": D(q1) if q1 else None, "quantity_base": D(q0) if q0 else None,
        "given": none, "given_base": none, "given_cost": none, "given_cost_base": none,
        "sold": int(q1 > 0), "sold_base": int(q0 > 0),
        "first_sale": 202306 if q0 else 202406, "last_sale": 202406 if q1 else 202306,
    }  # fmt: skip


def gap_of(items: list[Item], set_: dict[str, int], own: int | None = None) -> Gap:
    made = made_of(items, set_, own)
    judged = spans(made)
    assert list(judged) == [gap_bridge.Span(Period(202401, 202406), JUNE)]
    found = gap_bridge.gap(made, dict.fromkeys(judged, answer(items)), ("channel", "product"))
    assert found is not None
    return found


def test_a_gap_worked_out_by_hand() -> None:
    """One channel sold 10 at 10 and 10 at 30 last year (400), 12 at 9 and 8 at 30 this year (348).
    Of 732 a year, 182 of 366 days, 364 are due: the gap is −16. The target asks 400 − 364 = 36
    less than last year. Volume (20 − 20) · 20 = 0; mix 12·10 + 8·30 − 20·20 = −40; price
    12 · (9 − 10) = −12. 36 − 40 − 12 = −16."""
    found = gap_of([("甲", "水", 10, 10, 12, 9), ("甲", "果汁", 10, 30, 8, 30)], {"甲": 732})
    [part] = found.parts
    for each in (part, found.whole):
        assert (each.due, each.base, each.actual, each.gap) == (364, 400, 348, -16)
        told = {step: money for step, money in each.steps.items() if money}
        assert told == {"asks": 36, "mix": -40, "price": -12}
        assert largest(each) == ("mix", -40)


def test_new_and_lost_of_two_channels_sum_to_the_whole() -> None:
    """甲 loses nothing and sells something new (50); 乙 is due 182 and sold 100 as last year."""
    items = [("甲", "水", 10, 10, 10, 10), ("甲", "茶", 0, 0, 5, 10), ("乙", "水", 10, 10, 10, 10)]
    found = gap_of(items, {"甲": 366, "乙": 366})
    behind, ahead = found.parts
    assert (behind.key, behind.gap, behind.steps["asks"]) == (("乙",), -82, -82)
    assert (ahead.key, ahead.gap, ahead.steps["new"]) == (("甲",), -32, 50)
    assert found.whole.gap == -114 and found.whole.steps["asks"] == -164


def test_what_no_member_was_asked_is_told_as_the_rest() -> None:
    """The whole is asked 732, its only member 366: 182 of the 364 that are due is nobody's."""
    found = gap_of([("甲", "水", 10, 10, 10, 10)], {"甲": 366}, own=732)
    assert [part.kind for part in found.parts] == ["member", "rest"]
    assert found.whole.gap == -264 and [part.gap for part in found.parts] == [-82, -182]
    assert found.whole.steps["asks"] == 100 - 364


def test_without_last_year_there_are_gaps_and_no_steps() -> None:
    found = gap_of([("甲", "水", 0, 0, 10, 10)], {"甲": 366})
    assert found.whole.gap == -82 and found.whole.base is None and found.whole.steps == {}
    assert largest(found.whole) is None


def test_rounding_is_carried() -> None:
    thirds = cents([D(1) / 3] * 3)
    assert sum(thirds) == 1 and sorted(thirds) == [D("0.33"), D("0.33"), D("0.34")]


_ITEM = st.tuples(
    st.sampled_from("甲乙丙"), st.sampled_from(("水", "茶", "果汁")),
    st.integers(0, 40), st.integers(1, 99), st.integers(0, 40), st.integers(1, 99),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(_ITEM, min_size=1, max_size=8, unique_by=lambda item: item[:2]),
    st.dictionaries(st.sampled_from("甲乙丙"), st.integers(1, 9999), min_size=1),
    st.none() | st.integers(1, 9999),
)
def test_steps_sum_to_gaps_and_gaps_to_the_whole(
    items: list[Item], set_: dict[str, int], own: int | None
) -> None:
    """Whatever is set and sold, every sum is exact."""
    found = gap_of(items, set_, own)
    assert sum(part.gap for part in found.parts) == found.whole.gap
    for part in (found.whole, *found.parts):
        assert part.gap == part.actual - part.due
        if part.base is not None:
            assert sum(part.steps.values()) == part.gap
            assert part.due - part.base == -part.steps["asks"]
