"""Members of one dimension on a page: who leads, their ranking, one opened up."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from chanplan.analysis import movers, standing, story, titles
from chanplan.analysis.shares import folded, shares
from chanplan.charts import bars
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.ui import address, crumbs, figure, findings, lines, session, share_table, sidebar
from chanplan.ui.figure import NOT_STATED
from chanplan.ui.findings import Sentences
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.view import View

# Bars and the table beside them.
BESIDE = [4, 5]
# Wide enough for a product's name; a list as wide as the page would look like a bar.
PICKER_WIDTH = 420


def headline(view: View, dimensions: Sequence[str]) -> Sentences:
    """What a page opens with: who leads, who gained and lost share, who moved the total."""
    first, *others = [
        standing.standing(session.ask(query(view, name)), name) for name in dimensions
    ]
    more = [found[0] for found in others if found[0].code not in ("no_sales", "negative_total")]
    told = [*first, *more]
    if view.base is not None:
        told += story.new_year(view.period, view.compare, session.workspace().counting.cut)
    return findings.show(told, view.compare)


def ranking(
    view: View, dimension: str, frame: pd.DataFrame, opened_key: str, drawn: str
) -> str | None:
    """Bars and table of an answer by `dimension`; returns the member opened by a click.

    `drawn` says what the bars are. The opened member is part of the address, so that a link
    opens it too.
    """
    everyone = shares(frame, dimension)
    findings.title(titles.concentration(everyone, dimension), drawn)
    if everyone.empty:
        st.caption(say("members.none"))
        return None
    name = figure.dimension_name(dimension)
    shown, said = folded(everyone), figure.words(view, dimension)
    left, right = st.columns(BESIDE, gap="medium")
    with left:
        ranked = bars.share_bars(
            shown, figure.bar_colours(dimension), figures(), said, look=figure.look()
        )
        alt = say("ranking.alt", dimension=name)

        def opened(member: str | None) -> None:
            st.session_state[opened_key] = _code(member)

        figure.show(ranked, f"{opened_key}_bars", alt, clicked=opened)
    with right:
        share_table.show(view, dimension, everyone, f"{opened_key}_table")
    return _opened(dimension, everyone, opened_key, name)


def behind(view: View, scope: Scope, dimensions: Sequence[str], key: str) -> None:
    """What stands behind one opened member: a tab per dimension that is known."""
    known = [name for name in dimensions if session.members(name)]
    if not known:
        lines.behind(scope, f"{key}_lines")
        return
    for name, tab in address.tabs(key, {name: figure.dimension_name(name) for name in known}):
        if tab.open:
            with tab:
                _one_behind(view, scope, name, f"{key}_{name}")
    lines.behind(scope, f"{key}_lines")


def query(view: View, dimension: str, scope: Scope | None = None) -> MetricQuery:
    """Net sales by a dimension, compared as the sidebar says."""
    return movers.query(scope or view.scope, dimension, view.compare)


def _one_behind(view: View, scope: Scope, dimension: str, key: str) -> None:
    everyone = shares(session.ask(query(view, dimension, scope)), dimension)
    if everyone.empty:
        st.caption(say("members.none"))
        return
    said, name = figure.words(view, dimension), figure.dimension_name(dimension)
    left, right = st.columns(BESIDE, gap="medium")
    with left:
        drawn = bars.share_bars(
            folded(everyone), figure.bar_colours(dimension), figures(), said, look=figure.look()
        )
        alt = say("ranking.alt", dimension=name)
        figure.show(drawn, f"{key}_bars", alt, clicked=sidebar.narrowing(dimension))
    with right:
        share_table.show(view, dimension, everyone, f"{key}_table")


def _opened(dimension: str, everyone: pd.DataFrame, key: str, name: str) -> str | None:
    """The selectbox that opens a member without a mouse; a click on a bar sets it too."""
    show = {"": say("ranking.nothing")}
    codes = [_code(member) for member in everyone["member"]]
    show |= dict(zip(codes, figure.names_of(dimension, everyone["member"]), strict=True))
    label = say("ranking.open", dimension=name)
    with st.container(width=PICKER_WIDTH):
        chosen = address.choice(key, list(show), "", label, show.__getitem__)
        member = _member(chosen) if chosen else None
        if member is not None and sidebar.offers(dimension):
            crumbs.keep_only(dimension, member, heading(dimension, member))
    return member


# In the address "not stated" needs a code of its own: the empty one means "nothing opened".
_MISSING_CODE = "-"


def _code(member: str | None) -> str:
    return _MISSING_CODE if member is None or member == NOT_STATED else member


def _member(code: str) -> str:
    return NOT_STATED if code == _MISSING_CODE else code


def heading(dimension: str, member: str) -> str:
    """The heading above an opened member, its name shown as it is."""
    return plain(figure.name_of(dimension, member))
