"""The sections of the page of concentration: headline, key figures, curve and course, ranking."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.analysis import concentration as analysis
from chanplan.analysis import own_history
from chanplan.analysis.concentration_story import concentration_story
from chanplan.charts import course, pareto
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.ui import crumbs, figure, findings, over_time_table, session, tables
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

CUSTOMER = "customer"
# Two cards side by side on a phone.
NARROWEST_CARD = 150
# Of more members the months one by one would be millions of rows.
MOST_WITH_HISTORY = 20_000
# Rows put before a reader's browser; the download has all that are listed.
MOST_ROWS_SHOWN = 2_000


@dataclass(frozen=True)
class Found:
    """What the page knows of one dimension: `analysis.members` and `unnamed`, the course of the
    effective number (`own_history.course`) and where today stands in it; None, or no course,
    where it cannot be told."""

    dimension: str
    ranked: pd.DataFrame
    shares: analysis.Concentration | None
    unnamed: Decimal | None
    spans: dict[int, Decimal]
    usual: own_history.Standing | None


def dimensions(view: View) -> list[str]:
    """Those of DIMENSIONS that files tell of."""
    return [name for name in analysis.DIMENSIONS if _is_told(view, name)]


def find(view: View, dimension: str) -> Found:
    """Ask for the members, largest first, and for their months."""
    return session.worked_out(_found, view.scope, dimension)


def _found(scope: Scope, dimension: str) -> Found:
    frame = session.ask(analysis.query(scope, dimension))
    full = len(frame) >= analysis.MOST_ROWS
    told = session.ask(analysis.question(scope, dimension)) if full else None
    ranked, shares = analysis.members(frame, dimension, told)
    unnamed = analysis.unnamed(frame, dimension)
    if shares is None or shares.members > MOST_WITH_HISTORY:
        return Found(dimension, ranked, shares, unnamed, {}, None)
    by_month, totals = own_history.queries(scope, dimension)
    spans = own_history.course(session.ask(by_month), session.ask(totals), dimension, scope.period)
    usual = own_history.standing(spans, scope.period.last)
    return Found(dimension, ranked, shares, unnamed, spans, usual)


def headline(view: View, found: Found) -> None:
    """The first lines of the page."""
    told = concentration_story(
        found.ranked, found.shares, found.usual, found.dimension, found.unnamed
    )
    findings.show(told, view.compare)


def key_figures(found: Found) -> None:
    """Effective number, HHI, CR3 and how many members there are."""
    shares = found.shares
    if shares is None:
        return
    cards = (
        ("effective", figures().tenths(shares.effective)),
        ("hhi", figures().exact(shares.hhi, 3)),
        ("top", figures().percent(shares.top)),
        ("members", figures().count(shares.members)),
    )
    with st.grid(len(cards), min_column_width=NARROWEST_CARD, gap="small"):
        for name, value in cards:
            label, told = say(f"concentration.{name}"), say(f"concentration.{name}_help")
            st.metric(label, value, help=told, border=True, height="stretch")


def charts(view: View, found: Found) -> None:
    """The curve of Pareto with its classes, and the effective number over the spans before."""
    if found.shares is None:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _curve(view, found, found.shares)
    with right:
        _course(view, found, found.shares)


def table(view: View, found: Found) -> None:
    """The ranking with running share and class."""
    name = figure.dimension_name(found.dimension)
    st.header(say("concentration.ranking", dimension=name.lower()), anchor=False)
    if found.ranked.empty:
        st.caption(say("members.none"))
        return
    named = found.ranked.assign(name=figure.names_of(found.dimension, found.ranked["member"]))
    columns = [
        Column("name", name, width=220),
        Column("rank", say("concentration.rank"), "count"),
        Column("value", figure.measure_name("net_sales"), "money"),
        Column("share", say("figures.share"), "rate"),
        Column("cumulative", say("concentration.cumulative"), "rate"),
        Column("abc", say("concentration.abc"), help=say("concentration.abc_help")),
    ]
    key, alt = f"concentration_{found.dimension}", say("concentration.table", dimension=name)
    tables.show(named.head(MOST_ROWS_SHOWN), columns, key, alt)
    span = figures().span(view.period.first, view.period.last)
    file_name = say("download.name", what=f"{say('concentration.title')}-{name}", period=span)
    about = [(say("download.about"), " · ".join(view.told))]
    tables.downloads(named, columns, file_name, key, about)
    if found.shares and found.shares.listed < found.shares.members:
        listed = figures().count(found.shares.listed)
        rest = figures().percent(found.shares.rest)
        st.caption(say("concentration.not_listed", listed=listed, rest=rest))


def _curve(view: View, found: Found, shares: analysis.Concentration) -> None:
    dimension = found.dimension
    st.header(say("concentration.curve"), anchor=False)
    counts = {name: figures().count(count) for name, (count, _) in shares.classes.items()}
    st.caption(say("concentration.classes", a=counts["A"], b=counts["B"], c=counts["C"]))
    said = figure.words(view, dimension)
    running = say("concentration.cumulative")
    drawn = pareto.pareto(found.ranked, shares, figures(), said, running, figure.look())

    def leaves(member: str | None) -> None:
        st.session_state[f"leaving_{dimension}"] = str(member)

    alt = say("concentration.curve_alt", dimension=figure.dimension_name(dimension))
    figure.show(drawn, f"concentration_{dimension}_curve", alt, clicked=leaves)


def _course(view: View, found: Found, shares: analysis.Concentration) -> None:
    st.header(say("concentration.course"), anchor=False)
    if len(found.spans) < 2:
        too_many = shares.members > MOST_WITH_HISTORY
        st.caption(say("concentration.too_many" if too_many else "concentration.no_course"))
        return
    st.caption(say("concentration.course_says"))
    usual = found.usual
    band = (usual.low, usual.high) if usual and usual.low and usual.high else None
    drawn = course.course(found.spans, figures(), figures().tenths, figure.look(), band=band)
    key, alt = f"concentration_{found.dimension}_course", say("concentration.course_alt")
    figure.show(drawn, key, alt, clicked=crumbs.keep_months(len(view.period)))
    told = alt, say("concentration.effective")
    over_time_table.of_course(view, found.spans, "quantity", key, told)


def _is_told(view: View, dimension: str) -> bool:
    """Customers are counted, not listed: there may be a million."""
    return bool(_customers(view.scope) if dimension == CUSTOMER else session.members(dimension))


def _customers(scope: Scope) -> int:
    frame = session.ask(MetricQuery(("active_customers",), scope))
    [count] = frame["active_customers"].tolist() or [None]
    return int(count or 0)
