"""How a mix moves: money stacked, shares of 100 %, or a little course for every member."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from chanplan.analysis import maturity, over_time, titles
from chanplan.analysis.arithmetic import Member
from chanplan.charts import multiples, trend
from chanplan.domain.period import Period
from chanplan.ui import address, crumbs, figure, findings, over_time_table, session, sidebar
from chanplan.ui.session import figures, say
from chanplan.ui.view import View

VIEWS = {"money": trend.columns, "share": trend.shares, "multiples": multiples.multiples}
# Panels of small multiples: the others are one more.
MOST_PANELS = 11
# Dimensions of which two members tell something together.
_FEWEST = 2


def show(view: View, dimension: str, groupings: Sequence[str] = ()) -> None:
    """The mix of a dimension month by month, or of what its members are: `groupings` names other
    dimensions, or maturity."""
    by = _grouping(dimension, groupings)
    kind = st.session_state.get(f"{dimension}_mix", "money")
    monthly = _monthly(view, dimension, by, MOST_PANELS if kind == "multiples" else None)
    drawn = say("mix.title", dimension=figure.dimension_name(by).lower())
    findings.title(titles.share_moved(monthly, by), drawn)
    if monthly.empty:
        st.caption(say("members.none"))
        return
    with st.container(horizontal=True):
        shown = {name: say(f"mix.{name}") for name in VIEWS}
        kind = address.switch(f"{dimension}_mix", shown, say("mix.label"))
        _switch(dimension, groupings)
    draw, said = VIEWS[kind], figure.words(view, by)
    picture = draw(monthly, figure.colours(by), figures(), said, look=figure.look())
    alt = say("mix.alt", dimension=figure.dimension_name(by))
    figure.show(picture, f"{dimension}_trend", alt, clicked=_clicked(view, dimension, by))
    over_time_table.of_members(view, monthly, by, f"{dimension}_trend", alt)


def _grouping(dimension: str, groupings: Sequence[str]) -> str:
    """What the members are told by, as the switch below the title says."""
    return address.current(f"{dimension}_by", _known(dimension, groupings), dimension)


def _switch(dimension: str, groupings: Sequence[str]) -> None:
    known = _known(dimension, groupings)
    if len(known) > 1:
        names = {name: _short(name) for name in known}
        address.switch(f"{dimension}_by", names, say("mix.by"))


def _short(name: str) -> str:
    """As short as it fits on a phone beside the others."""
    return say("maturities.short") if name == maturity.DIMENSION else figure.dimension_name(name)


def _known(dimension: str, groupings: Sequence[str]) -> list[str]:
    told = [name for name in groupings if len(session.members(name)) >= _FEWEST]
    return [dimension, *told]


def _monthly(view: View, dimension: str, by: str, most: int | None) -> pd.DataFrame:
    limit = most or over_time.MOST_MEMBERS
    if by != maturity.DIMENSION:
        return over_time.by_month(session.ask(over_time.query(view.scope, by)), by, most=limit)
    frame = session.ask(over_time.query(view.scope, dimension))
    firsts, beginning = _firsts(view, dimension)
    told = maturity.grouped(frame, dimension, firsts, beginning)
    return over_time.by_month(told, maturity.DIMENSION)


def _firsts(view: View, dimension: str) -> tuple[dict[Member, int], int]:
    """The first month of every member, and of the data."""
    coverage = session.coverage()
    assert coverage is not None  # an analysis page has data
    everything = Period(coverage.first, coverage.last)
    all_time = session.ask(over_time.query(view.scope.at(everything), dimension))
    return maturity.first_months(all_time, dimension), coverage.first


def _clicked(view: View, dimension: str, by: str) -> Callable[[str | None], None] | None:
    """A click keeps the member; of new or mature ones, all that are so in the last month."""
    if by != maturity.DIMENSION or not sidebar.offers(dimension):
        return sidebar.narrowing(by)

    def kept(group: str | None) -> None:
        firsts, beginning = _firsts(view, dimension)
        members = maturity.members_of(str(group), firsts, view.period.last, beginning)
        if members:
            crumbs.keep(dimension, *members)

    return kept
