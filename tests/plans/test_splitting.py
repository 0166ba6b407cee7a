"""Splits worked by hand; and, for any plan: sums are exact, locks hold, again is the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.domain.errors import TargetError
from chanplan.plans.rounding import Margins, distributed, gridded
from chanplan.plans.seasonal import season
from chanplan.plans.splitting import Lock, Node, Split, resplit, split

D = Decimal
FLAT = {2025 * 100 + m: D(100) for m in range(1, 13)}


def test_largest_remainder_by_hand() -> None:
    # 10 over 1:1:1 is 3.33 each: the first takes the step that is left.
    assert distributed(10, [D(1), D(1), D(1)]) == [4, 3, 3]
    # 7 over 5:3:2 is 3.5, 2.1, 1.4: floors 3, 2, 1, the step goes to the remainder .5
    assert distributed(7, [D(5), D(3), D(2)]) == [4, 2, 1]
    # One holds 5 and one has 3 at the least, though it is due (10 - 5) · 1/5 = 1 only.
    assert distributed(10, [D(9), D(1), D(4)], {0: 5}, {1: 3}) == [5, 3, 2]


@pytest.mark.parametrize(
    ("total", "fixed", "code"),
    [(5, {0: 6}, "locked_more_than_total"), (9, {0: 4, 1: 4}, "locked_less_than_total")],
)
def test_what_is_fixed_must_leave_a_split(total: int, fixed: dict[int, int], code: str) -> None:
    with pytest.raises(TargetError) as fault:
        distributed(total, [D(1), D(1)], fixed)
    assert fault.value.code == code


def test_a_grid_by_hand() -> None:
    # Rows of 3 and 3 over three even columns of 2: each cell is 1.
    assert gridded([[D(1)] * 3] * 2, Margins([3, 3], {0: 2, 1: 2, 2: 2})) == [[1] * 3] * 2
    # With one cell held at 2, its row has 1 left, its column 0: all others follow.
    found = gridded([[D(1)] * 2] * 2, Margins([3, 1], {0: 2, 1: 2}, {(0, 0): 2}))
    assert found == [[2, 1], [0, 1]]
    with pytest.raises(TargetError, match="locks_contradict"):
        gridded([[D(1)] * 2] * 2, Margins([3, 1], {0: 2, 1: 2}, {(0, 0): 2, (0, 1): 0}))


def test_a_season_by_hand_moves_the_holiday() -> None:
    # 2025 began its year on 29 January (day 29), 2026 on 17 February (day 48): 19 days later.
    told = {202501: D(31), 202502: D(56), 202503: D(93), **{202500 + m: D(0) for m in range(4, 13)}}
    # A day is 1, 2 and 3. Each day of 2026 is as the one 19 days before it in 2025: January
    # 31 · 1; February: 19 days as January, 9 as February; March: 19 as February, 12 as March.
    january, february, march = 31, 19 * 1 + 9 * 2, 19 * 2 + 12 * 3
    whole = january + february + march
    assert (
        season(told, 2026)
        == tuple(D(one) * 180 / whole / 180 for one in (january, february, march)) + (D(0),) * 9
    )
    assert season({m: v for m, v in told.items() if m != 202512}, 2026) is None


def test_members_by_the_last_year_and_months_by_their_own_season() -> None:
    other = {month: D(300) for month in FLAT}
    found = split(2026, D(1200), [("A",), ("B",)], {("A",): FLAT, ("B",): other}, "mix")
    assert (found.sum_of(("A",)), found.sum_of(("B",))) == (300, 900)
    assert {found.cells[month, ("A",)] for month in found.months} == {25}
    assert found.defaults == {}


def test_a_member_without_history_gets_the_smallest_share_and_says_so() -> None:
    history = {("A",): FLAT, ("B",): {m: D(300) for m in FLAT}, ("D",): {m: D(-5) for m in FLAT}}
    found = split(2026, D(1200), [("A",), ("B",), ("C",), ("D",)], history, "season")
    assert found.defaults == {("C",): "no_history", ("D",): "no_history"}
    assert [found.sum_of((one,)) for one in "ABCD"] == [200, 600, 200, 200]


def test_ratios_and_distinct_counts_are_not_split() -> None:
    for measure in ("numeric_distribution", "market_share", "active_customers", "average_order"):
        with pytest.raises(TargetError) as fault:
            split(2026, D(100), [("A",)], {}, measure=measure)
        assert fault.value.code == "not_additive"


def test_locks_of_a_month_a_quarter_a_member_and_deep_below() -> None:
    leaves = [("天猫", "华东"), ("天猫", "华南"), ("京东", "华东")]
    history = dict.fromkeys(leaves, FLAT)
    locks = [
        Lock(("天猫",), D(300)),
        Lock((), D(150), (202602,)),
        Lock(("京东",), D(90), (202604, 202605, 202606)),
        Lock(("天猫", "华南"), D(77), (202601,)),
    ]
    found = split(2026, D(1200), leaves, history, "even", locks)
    assert found.sum_of() == 1200
    assert found.sum_of(("天猫",)) == 300
    assert found.sum_of((), [202602]) == 150
    assert found.sum_of(("京东",), (202604, 202605, 202606)) == 90
    assert found.cells[202601, ("天猫", "华南")] == 77
    assert found.sum_of((), [202603]) == sum(found.cells[202603, leaf] for leaf in leaves)


def test_cents_stay_cents() -> None:
    found = split(2026, D("100.01"), [("A",), ("B",)], {}, "even")
    assert found.sum_of() == D("100.01")
    assert set(found.defaults.values()) <= {"no_history_at_all"}


# --- for any plan -------------------------------------------------------------------

MEMBERS = st.integers(1, 4)
VALUES = st.integers(-50, 5_000)


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Node], dict[Node, dict[int, Decimal]], Decimal, str]:
    leaves = [
        (f"c{c}", f"p{p}") for c in range(draw(MEMBERS)) for p in range(draw(st.integers(1, 3)))
    ]
    history = {
        leaf: {year * 100 + m: D(draw(VALUES)) for year in (2024, 2025) for m in range(1, 13)}
        for leaf in leaves
        if draw(st.booleans())
    }
    how = draw(st.sampled_from(["season", "mix", "even"]))
    return leaves, history, D(draw(st.integers(0, 1_000_000))), how


def crossings_hold(found: Split, total: Decimal) -> None:
    channels = {leaf[:1] for leaf in found.leaves}
    assert found.sum_of() == total
    assert sum(found.sum_of(one) for one in channels) == total
    assert sum(found.sum_of((), [month]) for month in found.months) == total
    assert min(found.cells.values()) >= 0
    for month in found.months:
        assert sum(found.sum_of(one, [month]) for one in channels) == found.sum_of((), [month])


@settings(max_examples=40)
@given(plans())
def test_every_crossing_sums_exactly_and_again_is_the_same(
    plan: tuple[list[Node], dict[Node, dict[int, Decimal]], Decimal, str],
) -> None:
    leaves, history, total, how = plan
    found = split(2026, total, leaves, history, how)  # type: ignore[arg-type]
    crossings_hold(found, total)
    assert resplit(found).cells == found.cells


@settings(max_examples=40)
@given(plans(), st.data())
def test_locks_hold_while_the_rest_moves(
    plan: tuple[list[Node], dict[Node, dict[int, Decimal]], Decimal, str], data: st.DataObject
) -> None:
    leaves, history, total, how = plan
    found = split(2026, total, leaves, history, how)  # type: ignore[arg-type]
    chosen = data.draw(st.lists(st.sampled_from(sorted(found.cells)), max_size=6, unique=True))
    share = total // 12
    locks = [
        Lock(node, D(data.draw(st.integers(0, int(share) // 6))), (month,))
        for month, node in chosen
    ]
    again = resplit(found, total, locks)
    crossings_hold(again, total)
    assert all(again.cells[lock.months[0], lock.node] == lock.amount for lock in locks)
    assert resplit(again, total, locks).cells == again.cells


def test_a_member_that_is_shut_in_the_only_month_leaves_its_share_to_the_others() -> None:
    # All of the year is in August, and the tie gives the one step to A: locked there, B takes it.
    august = {202500 + m: D(m == 8) for m in range(1, 13)}
    found = split(2026, D(1), [("c", "A"), ("c", "B")], {("c", "B"): august}, "mix")
    again = resplit(found, D(1), [Lock(("c", "A"), D(0), (202608,))])
    assert {at for at, amount in again.cells.items() if amount} == {(202608, ("c", "B"))}
