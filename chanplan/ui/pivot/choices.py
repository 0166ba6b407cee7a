"""What a reader asks of the pivot: every choice is in the address, as a code of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import streamlit as st

from chanplan.analysis.pivot import MOST_ROWS_BY, ORDERS, Layout, Order
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import address, figure, session
from chanplan.ui.session import say
from chanplan.ui.view import View

ROWS, COLUMN, MEASURES = "pivot_rows", "pivot_column", "pivot_measures"
SORT, CHART, HEAT, TOTALS = "pivot_sort", "pivot_chart", "pivot_heat", "pivot_totals"
CHARTS = ("table", "bars", "lines", "stacked")
# Places to begin from: what stands where, and how it is shown.
PRESETS: Mapping[str, Mapping[str, Any]] = {
    "channel_month": {ROWS: ["channel"], COLUMN: "month", CHART: "stacked"},
    "channel_figures": {
        ROWS: ["channel"],
        MEASURES: ["net_sales", "orders", "active_customers", "average_price"],
    },
    "product_channel": {ROWS: ["product"], COLUMN: "channel", HEAT: "heat"},
    "partner_quarter": {ROWS: ["partner"], COLUMN: "quarter"},
    "sales_tree": {ROWS: ["department", "manager", "salesperson"]},
    "place_tree": {ROWS: ["region", "province", "city"]},
    "region_category": {ROWS: ["region"], COLUMN: "category", HEAT: "heat"},
    "month_figures": {
        ROWS: ["month"],
        MEASURES: ["net_sales", "gross_margin", "gross_margin_rate"],
        CHART: "lines",
    },
}
_PLAIN: Mapping[str, Any] = {
    ROWS: [], COLUMN: "", MEASURES: ["net_sales"], SORT: "", CHART: "table", HEAT: "plain",
    TOTALS: "totals",
}  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """The layout, the order of its rows, how it is drawn; heat shades cells by their size. The
    layout knows whether there are subtotals, `totals` whether there is any total."""

    layout: Layout
    order: Order
    chart: str
    heat: bool
    totals: bool


def presets() -> None:
    """Buttons that begin a question; one whose dimensions nobody has told of is left out."""
    known = _dimensions()
    with st.container(horizontal=True):
        for code, told in PRESETS.items():
            if {*told[ROWS], told.get(COLUMN, told[ROWS][0])} <= set(known):
                st.button(
                    say(f"pivot.preset_{code}"), f"pivot_{code}", on_click=_begin, args=(code,)
                )


def choices(view: View) -> Choices | None:
    """Draw the inputs; None where something is still to be chosen."""
    known = _dimensions()
    if ROWS not in st.session_state and not any(name in st.query_params for name in _PLAIN):
        _begin(next(iter(PRESETS)))
    left, middle, right = st.columns([3, 2, 3])
    with left:
        label, hint = say("pivot.rows", most=MOST_ROWS_BY), say("pivot.choose")
        rows = address.choices(ROWS, known, label, figure.dimension_name, hint, MOST_ROWS_BY)
    with middle:
        column = _column([name for name in known if name not in rows])
    with right:
        measures = address.choices(
            MEASURES, _measures(), say("pivot.measures"), figure.measure_name, say("pivot.choose")
        )
    drawn = _drawn(view, rows)
    if not rows or not measures:
        return None
    layout = Layout(tuple(rows), tuple(measures), column or None, drawn[-1] == "groups")
    return Choices(layout, *drawn[:-1], drawn[-1] != "bare")


def _column(others: Sequence[str]) -> str:
    show = {"": say("pivot.nothing_across")}
    show |= {name: figure.dimension_name(name) for name in others}
    return address.choice(COLUMN, list(show), "", say("pivot.column"), show.__getitem__)


def _drawn(view: View, rows: Sequence[str]) -> tuple[Order, str, bool, str]:
    """How it is shown. Months and weeks stand in their own order unless told otherwise."""
    timed = bool(rows) and (catalogue().dimensions[rows[0]].calendar or rows[0] == "week")
    orders = [name for name in ORDERS if view.base or name in ("size", "name")]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show: dict[str, str] = {name: say(f"pivot.sort_{name}") for name in orders}
        usual = "name" if timed else "size"
        with st.container(width=230):
            order = address.choice(SORT, list(show), usual, say("pivot.sort"), show.__getitem__)
        charts = {name: say(f"pivot.chart_{name}") for name in CHARTS}
        chart = address.switch(CHART, charts, say("pivot.chart"))
        heats = {name: say(f"pivot.{name}") for name in ("plain", "heat")}
        heat = address.switch(HEAT, heats, say("pivot.heat_label"))
        # Of a single dimension down every row is its own group.
        kinds = ("totals", "groups", "bare") if len(rows) > 1 else ("totals", "bare")
        totals = {name: say(f"pivot.{name}") for name in kinds}
        total = address.switch(TOTALS, totals, say("pivot.totals_label"))
    return cast(Order, order), chart, heat == "heat", total


def _begin(code: str) -> None:
    st.session_state.update({**_PLAIN, **PRESETS[code]})


def _measures() -> list[str]:
    return [measure.name for measure in catalogue().shown()]


def _dimensions() -> list[str]:
    """Those of which any member is told; fiscal ones only where they are not the calendar's, and
    weeks, for which every line is read, only where the company counts by them."""
    left_out = set()
    if session.settings().fiscal_year_start_month == 1:
        left_out |= {"fiscal_quarter", "fiscal_year"}
    if session.workspace().counting.week != "iso":
        left_out.add("week")
    return [
        name
        for name, one in catalogue().dimensions.items()
        if name not in left_out and (one.calendar or session.members(name))
    ]
