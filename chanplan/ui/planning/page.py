"""The page of planning from top to bottom."""

from __future__ import annotations

import streamlit as st

from chanplan.domain.targets import target_measures
from chanplan.ui import session, shell
from chanplan.ui.planning import (
    asked,
    checks,
    choosing,
    grid,
    head,
    milestones,
    points,
    saving,
    versions,
)
from chanplan.ui.session import say


def show() -> None:
    """What the plan of the year says first, then the plan in the making, then what is kept."""
    if not session.has_data() and not asked.any_told():
        shell.empty("planning")
        return
    saving.told()
    opening = st.container()
    wish = choosing.wish()
    if session.is_dated():
        st.caption(say("planning.history_as", view=say("attributes.current")))
    head.show(opening, wish)
    st.header(say("planning.set"), anchor=False)
    if target_measures()[wish.measure].additive:
        grid.show(choosing.amount(wish))
    else:
        points.show(wish)
    st.header(say("planning.versions"), anchor=False)
    versions.show(wish.year)
    st.header(say("planning.checks"), anchor=False)
    checks.show(wish)
    st.header(say("planning.milestones"), anchor=False)
    milestones.show(wish.year)
