"""The sections of the overview: what happened and why, key figures, trend, movers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from chanplan.analysis import (
    arithmetic,
    movers,
    over_time,
    overview,
    reach,
    shares,
    story,
    titles,
)
from chanplan.analysis.overview import Kpi
from chanplan.charts import movers as mover_bars
from chanplan.charts import trend
from chanplan.language.numbers import UNKNOWN
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import (
    address,
    figure,
    findings,
    members,
    over_time_table,
    session,
    share_table,
    sidebar,
)
from chanplan.ui.findings import Sentences
from chanplan.ui.session import figures, language, say
from chanplan.ui.view import View

# What is asked for drivers, in the order they are told.
DRIVERS = ("channel", "product")
MOVERS = ("channel", "product", "region")
KPI_COLUMNS = 4
# Rows without a hole where other numbers of cards allow it.
EVEN_COLUMNS = {3: 3, 5: 5, 6: 3}
# From here on a count is read in 万 or K; below it every digit fits and is wanted.
SHORT_FROM = 1_000_000
# Two cards side by side on a phone.
NARROWEST_CARD = 150


def headline(view: View) -> Sentences:
    """The first lines of the page: what happened, and who drove it, which is handed back."""
    total = session.ask(overview.query(view.scope, view.compare))
    drivers = [
        (name, session.ask(movers.query(view.scope, name, view.compare)))
        for name in DRIVERS
        if session.members(name)
    ]
    cut = session.workspace().counting.cut
    return findings.show(story.story(total, drivers, view.period, view.compare, cut), view.compare)


def key_figures(view: View) -> None:
    """Each known key figure with its change and its course over the months."""
    total = session.ask(overview.query(view.scope, view.compare))
    wide = view.scope.at(over_time.window(view.period))
    monthly = session.ask(overview.by_month_query(wide))
    shown = overview.kpis(total, catalogue().measures)
    unlike = _has_unlike_units(view, total)
    with st.grid(
        EVEN_COLUMNS.get(len(shown), KPI_COLUMNS), min_column_width=NARROWEST_CARD, gap="small"
    ):
        for kpi in shown:
            _metric(kpi, monthly, view)
    if unlike:
        st.caption(say("reach.unlike_units"))


def _has_unlike_units(view: View, total: pd.DataFrame) -> bool:
    """Asked by product only where the whole has no quantity."""
    [whole] = arithmetic.numbers(total, reach.QUANTITY) or [None]
    if whole is not None or not session.members("product"):
        return False
    by_product = session.ask(reach.unit_query(view.scope))
    return reach.unlike_units(whole, arithmetic.numbers(by_product, reach.QUANTITY))


def sales_trend(view: View) -> None:
    """Net sales by month and channel (by region where no file names a channel)."""
    dimension = next(
        (name for name in ("channel", "region", "source") if session.members(name)), "source"
    )
    name = figure.dimension_name(dimension)
    frame = session.ask(over_time.query(view.scope, dimension))
    monthly, said = over_time.by_month(frame, dimension), figure.words(view, dimension)
    title = titles.high_and_low(monthly)
    findings.title(title, say("overview.trend", dimension=name.lower()))
    if monthly.empty:
        st.caption(say("members.none"))
        return
    drawn = trend.columns(monthly, figure.colours(dimension), figures(), said, look=figure.look())
    alt = say("overview.trend_alt", dimension=name)
    figure.show(drawn, "overview_trend", alt, clicked=sidebar.narrowing(dimension))
    over_time_table.of_members(view, monthly, dimension, "overview_trend", alt)


def biggest_movers(view: View) -> None:
    """Who moved the total, up and down, summing with others to the change."""
    st.header(say("movers.title"), anchor=False)
    if view.base is None:
        st.caption(say("movers.no_comparison"))
        return
    known = [name for name in MOVERS if session.members(name)]
    if not known:
        st.caption(say("members.none"))
        return
    for name, tab in address.tabs("movers", {name: figure.dimension_name(name) for name in known}):
        if tab.open:
            with tab:
                _movers_of(view, name)


def _movers_of(view: View, dimension: str) -> None:
    answer = session.ask(movers.query(view.scope, dimension, view.compare))
    moved = movers.movers(answer, dimension)
    if moved.empty:
        st.caption(say("movers.no_base"))
        return
    change = arithmetic.total(arithmetic.numbers(moved, "change"))
    title = titles.ups_and_downs(shares.shares(answer, dimension), dimension)
    findings.title(title, say("movers.sum", change=figures().signed_money(change)))
    said, name = figure.words(view, dimension), figure.dimension_name(dimension)
    left, right = st.columns(members.BESIDE, gap="medium")
    with left:
        drawn = mover_bars.movers(moved, figures(), said, look=figure.look())
        alt = say("movers.alt", dimension=name)
        figure.show(drawn, f"movers_{dimension}", alt, clicked=sidebar.narrowing(dimension))
    with right:
        key = f"movers_{dimension}_table"
        share_table.show(view, dimension, moved, key, share_table.MOVED)


def _metric(kpi: Kpi, monthly: pd.DataFrame, view: View) -> None:
    declared = catalogue().measures[kpi.measure]
    zh = language() == "zh"
    delta = _delta(kpi, view)
    moved = any(digit in (delta or "") for digit in "123456789")  # +0.0 pp is no rise
    st.metric(
        declared.zh if zh else declared.en,
        _value(kpi),
        delta=delta,
        delta_color=_judged(kpi) if moved else "off",
        delta_arrow="auto" if moved else "off",
        delta_description=say(f"compare.short_{view.compare}") if view.base else None,
        help=declared.meaning_zh if zh else declared.meaning_en,
        border=True,
        height="stretch",
        chart_data=_course(monthly, kpi.measure),
        chart_type="line",
    )


def _value(kpi: Kpi) -> str:
    if kpi.unit in ("count", "quantity") and kpi.value is not None and abs(kpi.value) < SHORT_FROM:
        return figures().quantity(kpi.value)
    return figures().by_unit(kpi.value, kpi.unit)


def _delta(kpi: Kpi, view: View) -> str | None:
    """The change as text: a growth rate, or points for a rate."""
    if view.base is None:
        return None
    if kpi.change is None:
        return UNKNOWN
    write = figures().points if kpi.change_unit == "points" else figures().change
    return write(kpi.change)


def _judged(kpi: Kpi) -> Literal["normal", "inverse", "off"]:
    """Streamlit colours by the sign; ours by what is welcome."""
    if kpi.good is None or not kpi.change:
        return "off"
    return "normal" if kpi.good == (kpi.change > 0) else "inverse"


def _course(monthly: pd.DataFrame, measure: str) -> Sequence[float] | None:
    """The months' values for the small line; None where there are too few to be a course."""
    known = [float(value) for value in arithmetic.numbers(monthly, measure) if value is not None]
    return known if len(known) > 1 else None
