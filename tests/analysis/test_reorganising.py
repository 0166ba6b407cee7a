"""What moving gave a group's growth, worked by hand; and sums that hold whatever moves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis.reorganising import (
    CARRIERS,
    STEPS,
    Move,
    Reorganised,
    carries,
    reorganised,
    told,
)

D = Decimal
PLACES = ["华东", "华中", "华南", None]


def compared(base: pd.DataFrame, now: pd.DataFrame | None = None) -> pd.DataFrame:
    """Two answers beside each other, as a compared query has them."""
    told = base.rename(columns={"net_sales": "net_sales__base"}).assign(net_sales=None)
    if now is None:
        return told
    return pd.concat([told, now.assign(net_sales__base=None)]).astype(object)


def bridged(then: pd.DataFrame, base: pd.DataFrame, now: pd.DataFrame) -> Reorganised:
    return reorganised(compared(then), compared(base, now))


def answer(*rows: tuple[str | None, str | None, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "region", "net_sales"], dtype=object)


# The base: D1 100 in 华东, D2 60 in 华中, D3 40 in 华南. D2 and D3 are 华东's now, D1 stays.
THEN = answer(
    ("D1", "华东", D(100)), ("D2", "华中", D(60)), ("D3", "华南", D(40)), ("D4", "华南", D(80))
)
BASE = answer(
    ("D1", "华东", D(100)), ("D2", "华东", D(60)), ("D3", "华东", D(40)), ("D4", "华南", D(80))
)
NOW = answer(
    ("D1", "华东", D(110)), ("D2", "华东", D(63)), ("D3", "华东", D(47)), ("D4", "华南", D(72))
)


def test_growth_falls_apart_into_what_moved_and_what_grew() -> None:
    """华东: 100 → 220 is +120 %, of which 100 points moved in; by itself 200 → 220, +10 %."""
    found = bridged(THEN, BASE, NOW)
    assert found.moves == (Move("D2", "华中", "华东", D(60)), Move("D3", "华南", "华东", D(40)))
    rows = {row["group"]: row for row in found.groups.to_dict("records")}
    assert [rows["华东"][step] for step in STEPS] == [100, 100, 0, 200, 20, 220]
    assert [rows["华南"][step] for step in STEPS] == [120, 0, 40, 80, -8, 72]
    assert [rows["华中"][step] for step in STEPS] == [60, 0, 60, 0, 0, 0]
    east = rows["华东"]
    assert (east["growth"], east["points"], east["like"]) == (D("1.2"), D(1), D("0.1"))
    assert (east["joined"], east["left"], rows["华中"]["like"]) == (2, 0, None)
    first, second = told(found, "region")
    assert first.code == "reorganised_in"
    assert (first.values["member"], first.values["count"]) == ("华东", 2)
    assert (second.code, second.values["growth"]) == ("grew_by_itself", D("0.1"))


def test_where_nobody_has_moved_it_is_said() -> None:
    found = bridged(BASE, BASE, NOW)
    assert not found.moves
    assert [one.code for one in told(found, "region")] == ["nothing_moved"]


def test_a_group_that_was_not_there_has_no_growth() -> None:
    found = bridged(answer(("D1", "华东", D(5))), answer(("D1", "华中", D(5))), NOW)
    (first,) = told(found, "region")[:1]
    assert first.code == "reorganised_out"  # of two alike the first now: 华东 lost what 华中 got


def test_a_member_that_sold_unlike_sums_carries_no_group() -> None:
    assert carries(compared(THEN), compared(BASE))
    assert not carries(compared(THEN), compared(NOW))
    with pytest.raises(ValueError, match="unlike"):
        bridged(THEN, NOW, NOW)


def test_regions_are_carried_by_partners_and_attributes_by_their_members() -> None:
    assert CARRIERS["region"] == CARRIERS["channel"] == CARRIERS["partner_level"] == "partner"
    assert (CARRIERS["category"], CARRIERS["manager"]) == ("product", "salesperson")


cells = st.tuples(
    st.sampled_from(["D1", "D2", "D3", None]),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
    st.decimals(-1000, 1000, places=2),
    st.decimals(-1000, 1000, places=2),
)


@given(st.lists(cells, max_size=12))
def test_all_steps_sum_whatever_moves(drawn: list[tuple[Any, ...]]) -> None:
    then = answer(*((one, was, base) for one, was, _, base, _ in drawn))
    base = answer(*((one, is_now, base) for one, _, is_now, base, _ in drawn))
    now = answer(*((one, is_now, sold) for one, _, is_now, _, sold in drawn))
    found = bridged(then, base, now)
    for row in found.groups.to_dict("records"):
        assert row["base_then"] + row["moved_in"] - row["moved_out"] == row["base"]
        assert row["base"] + row["organic"] == row["now"]
    assert sum(found.groups["moved_in"]) == sum(found.groups["moved_out"])
    assert sum(found.groups["base_then"]) == sum(row[3] for row in drawn)
    assert sum(found.groups["now"]) == sum(row[4] for row in drawn)
    assert all(move.money > 0 and move.source != move.target for move in found.moves)
