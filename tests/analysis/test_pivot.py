"""The pivot by hand: cells, totals that were asked, order, heat, and what cannot be told."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from chanplan.analysis import pivot
from chanplan.analysis.pivot import MOST_CELLS, TOTAL, Head, Layout, Pivot
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

LAYOUT = Layout(("channel",), ("net_sales", "active_customers"), "month")
SALES, BUYERS = (Head(TOTAL, name, "value") for name in LAYOUT.measures)


def frame(names: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=names.split(), dtype=object)


def answers() -> list[pd.DataFrame]:
    """One customer buys in both channels and both months; a third channel is not stated."""
    both = "net_sales active_customers net_sales__base active_customers__base"
    return [
        frame(
            f"channel {both}",
            ("b", Decimal(30), 2, Decimal(40), 1),
            ("a", Decimal(70), 2, Decimal(20), 1),
            (None, Decimal(-5), 1, Decimal(0), 0),
        ),
        frame(both, (Decimal(95), 3, Decimal(60), 2)),
        frame(
            f"channel month {both}",
            ("a", 202401, Decimal(50), 1, Decimal(20), 1),
            ("a", 202402, Decimal(20), 2, None, None),
            ("b", 202401, Decimal(30), 2, Decimal(40), 1),
            (None, 202402, Decimal(-5), 1, Decimal(0), 0),
        ),
        frame(
            f"month {both}",
            (202401, Decimal(80), 2, Decimal(60), 2),
            (202402, Decimal(15), 2, None, None),
        ),
    ]


@pytest.fixture
def found() -> Pivot:
    return pivot.pivot(LAYOUT, answers())


def test_every_total_is_a_question_of_its_own() -> None:
    scope = Scope(Period(202401, 202402))
    asked = pivot.queries(LAYOUT, scope, "last_year")
    assert [one.by for one in asked] == [("channel",), (), ("channel", "month"), ("month",)]
    assert {one.compare for one in asked} == {"last_year"}
    alone = pivot.queries(Layout(("channel", "product"), ("orders",)), scope, "none")
    assert [one.by for one in alone] == [("channel", "product"), ()]


def test_cells_and_totals_are_the_answers(found: Pivot) -> None:
    assert found.keys == (("a",), ("b",), (None,)) and found.across == (("202401",), ("202402",))
    assert found.cell(("a",), Head(("202402",), "net_sales", "value")) == 20
    assert found.cell(("b",), Head(("202402",), "net_sales", "value")) is None
    # Two and two and one are three: a customer counts once in the total.
    assert [found.cell(key, BUYERS) for key in (*found.keys, TOTAL)] == [2, 2, 1, 3]
    assert found.cell(TOTAL, Head(("202401",), "active_customers", "value")) == 2


def test_change_and_growth_follow_from_both_sides(found: Pivot) -> None:
    assert found.cell(("a",), Head(TOTAL, "net_sales", "change")) == 50
    assert found.cell(("a",), Head(TOTAL, "net_sales", "growth")) == Decimal("2.5")
    assert found.cell((None,), Head(TOTAL, "net_sales", "growth")) is None  # a base of zero
    assert found.cell(TOTAL, Head(("202402",), "net_sales", "change")) is None


def test_heads_stand_by_measure_part_and_member(found: Pivot) -> None:
    heads = found.heads()
    assert len(heads) == 2 * 3 * 3
    assert heads[:3] == [SALES, *(Head(each, "net_sales", "value") for each in found.across)]
    assert all(head.across for head in found.heads(totals=False))
    rate = Layout(("channel",), ("gross_margin_rate",))
    now = frame(
        "channel gross_margin_rate gross_margin_rate__base", ("a", Decimal("0.5"), Decimal("0.4"))
    )
    told = pivot.pivot(rate, [now, now.drop(columns="channel")])
    assert [head.part for head in told.heads(False)] == ["value", "change"]


@pytest.mark.parametrize(
    ("order", "names"),
    [("size", "ab-"), ("change", "a-b"), ("growth", "ab-"), ("name", "ab-")],
)
def test_rows_stand_in_the_order_asked_for(order: pivot.Order, names: str) -> None:
    keys = pivot.pivot(LAYOUT, answers(), order).keys
    assert "".join(member or "-" for (member,) in keys) == names


def test_the_lead_tells_the_largest_and_who_rose_most(found: Pivot) -> None:
    told = pivot.lead(found)
    assert told is not None and told.largest == ("a",) and told.value == 70
    assert told.share == Decimal(70) / 95 and (told.mover, told.change) == (("a",), 50)


def test_where_nobody_rose_the_lead_tells_who_fell_most() -> None:
    layout = Layout(("channel",), ("active_customers",))
    names = "channel active_customers active_customers__base"
    now = frame(names, ("a", 3, 4), ("b", 1, 9))
    told = pivot.lead(pivot.pivot(layout, [now, frame(names[8:], (4, 11))]))
    assert told is not None and (told.mover, told.change) == (("b",), -8)
    assert told.share is None  # distinct counts do not add up
    alone = pivot.pivot(layout, [now.head(1), frame(names[8:], (3, 4))])
    assert pivot.lead(alone) is None


def test_heat_runs_from_the_least_to_the_most_of_a_measure(found: Pivot) -> None:
    shades = pivot.heat(found)
    january, february = (Head(each, "net_sales", "value") for each in found.across)
    assert shades[("a",), january] == 1 and shades[(None,), february] == 0
    assert shades[("b",), january] == pytest.approx(35 / 55)
    assert (("b",), february) not in shades and (("a",), SALES) not in shades


def test_unlike_units_and_unknown_costs_are_told() -> None:
    layout = Layout(("product",), ("quantity", "cost", "net_sales"))
    rows = frame("product quantity cost net_sales", ("p", Decimal(1), None, Decimal(5)))
    found = pivot.pivot(layout, [rows, frame("quantity cost net_sales", (None, None, Decimal(5)))])
    assert pivot.unanswered(found) == ["cost"] and pivot.without_total(found) == ["quantity"]


def test_more_cells_than_anyone_reads_are_refused() -> None:
    wide = frame(
        "channel month net_sales", *((str(at), 202401 + at % 2, 1) for at in range(30_000))
    )
    tall = frame("channel net_sales", *((str(at), 1) for at in range(30_000)))
    months = frame("month net_sales", (202401, 1), (202402, 1))
    layout = Layout(("channel",), ("net_sales",), "month")
    with pytest.raises(BadQueryError) as raised:
        pivot.pivot(layout, [tall, frame("net_sales", (1,)), wide, months])
    assert raised.value.code == "too_many_cells" and MOST_CELLS < 60_000
    assert len(pivot.pivot(Layout(("channel",), ("net_sales",)), [tall, months]).keys) == 30_000


def test_an_empty_scope_gives_no_rows() -> None:
    layout = Layout(("channel",), ("net_sales",))
    nothing = pivot.pivot(layout, [frame("channel net_sales"), frame("net_sales", (None,))])
    assert nothing.keys == () and pivot.lead(nothing) is None and pivot.heat(nothing) == {}


def test_groups_have_subtotals_that_are_asked_and_stand_before_their_rows() -> None:
    """Customer counts are not sums: a sells to 2 in both products together, b to 1."""
    layout = Layout(("channel", "product"), ("net_sales", "active_customers"), "month", True)
    both = "net_sales active_customers"
    cells = [("a", "x", 10, 2), ("a", "y", 30, 2), ("b", "x", 50, 1), (None, "x", 5, 1)]
    sums = [("a", 40, 2), ("b", 50, 1), (None, 5, 1)]
    across = [(*cell[:2], 202401, *cell[2:]) for cell in cells]
    told = [
        frame(f"channel product {both}", *cells),
        frame(both, (95, 3)),
        frame(f"channel {both}", *sums),
        frame(f"channel product month {both}", *across),
        frame(f"month {both}", (202401, 95, 3)),
        frame(f"channel month {both}", *[(name, 202401, *rest) for name, *rest in sums]),
    ]
    scope = Scope(Period(202401, 202401))
    asked = [one.by for one in pivot.queries(layout, scope, "none")]
    assert asked == [
        ("channel", "product"), (), ("channel",),
        ("channel", "product", "month"), ("month",), ("channel", "month"),
    ]  # fmt: skip
    found = pivot.pivot(layout, told)
    assert found.rows() == [
        ("b",), ("b", "x"), ("a",), ("a", "y"), ("a", "x"), (None,), (None, "x"),
    ]  # fmt: skip
    assert [found.cell(("a",), head) for head in (SALES, BUYERS)] == [40, 2]
    assert found.cell(("a",), Head(("202401",), "active_customers", "value")) == 2
    assert set(found.keys) == {tuple(cell[:2]) for cell in cells}
    assert pivot.pivot(layout, told, "name").rows()[:2] == [("a",), ("a", "x")]


def test_a_single_dimension_has_no_groups() -> None:
    layout = Layout(("channel",), ("net_sales",), None, True)
    assert layout.splits() == {(1, 0): ("channel",), (0, 0): ()}
