"""One member of a target opened up: its curve, the level below, and price, volume and mix."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chanplan.analysis.bridge import CHANNEL_GRAINS, PRODUCT_GRAINS
from chanplan.analysis.tracking_levels import LEVELS
from chanplan.domain import calendar, same_days
from chanplan.domain.period import Period
from chanplan.ui import bridge, figure, session, sidebar
from chanplan.ui.crumbs import keep_only
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.ui.tracking import curve, gap, members, said
from chanplan.ui.tracking.choice import OPENED, Choice
from chanplan.ui.tracking.state import Shown, found

# States of members that have a target of their own.
OWN: Final = ("open", "done", "no_sales")


def show(
    choice: Choice, shown: Shown, member: str, above: tuple[tuple[str, str], ...] = ()
) -> None:
    """The level below an opened member, one of which may be opened in turn; then everything
    behind the last one that is open.

    above  (level, member) of those opened on the way here
    """
    level = choice.by[0]
    name = plain(figure.name_of(level, member))
    trail = (*above, (level, member))
    deeper = _below(choice, member, name, len(trail))
    if deeper is not None:
        below, opened = deeper
        show(below, found(below, opened), opened, trail)
        return
    _crumbs(trail)
    row = shown.row(level, member)
    if sidebar.offers(level):
        keep_only(level, member, name)
    if row is not None and row["target"] is not None:
        curve.show(choice, shown, (member,), name, row)
        gap.show(choice, (member,), name)
        curve.what_if(choice, shown, (member,), name)
        curve.back_test(choice, shown, (member,), name)
    _bridge(choice, member)


def _crumbs(trail: tuple[tuple[str, str], ...]) -> None:
    """合计 › 天猫 › 甲: each goes back to where it stands."""
    with st.container(horizontal=True, vertical_alignment="center", key="target_crumbs"):
        names = [say("targets.whole")]
        names += [plain(figure.name_of(level, member)) for level, member in trail]
        for at, name in enumerate(names[:-1]):
            st.button(f"{name} ›", key=f"target_crumb_{at}", type="tertiary",
                      on_click=_back, args=(at,))  # fmt: skip
        st.markdown(f"**{names[-1]}**", width="content")


def _back(depth: int) -> None:
    """Close what was opened at this depth; what was opened below it is open no more."""
    for at in range(depth, len(LEVELS)):
        st.session_state[OPENED + (f"_{at}" if at else "")] = ""


def _below(choice: Choice, member: str, name: str, depth: int) -> tuple[Choice, str] | None:
    """The next level that targets below this member are set for: channel, then partner, then
    product; and which of its members is open."""
    level = choice.by[0]
    at = LEVELS.index(level) + 1
    named = [each for each in LEVELS[at:] if session.members(each)]
    scope = choice.scope.only(level, member)
    for each in named:
        below = replace(choice, scope=scope, by=(each,))
        state = found(below)
        if not state.frame["state"].iloc[1:].isin(OWN).any():
            continue  # what is set above or beside this level is not split into it
        told = say("targets.below", name=name, level=figure.dimension_name(each))
        st.header(told, anchor=False)
        st.caption(said.sentence(below, state.total))
        opened = members.show(below, state.frame, state.events, depth)
        return None if opened is None else (below, opened)
    if named:
        levels = say("crumbs.join").join(figure.dimension_name(each) for each in named)
        st.caption(say("targets.below_none", level=levels))
    return None


def _bridge(choice: Choice, member: str) -> None:
    """Against last year: which of volume, price and mix stands behind it."""
    coverage = session.coverage()
    if coverage is None or coverage.last < choice.period.first:
        return
    cut_off = session.settings().cut_off_day or calendar.MONTH_END
    until = choice.as_of or coverage.latest or calendar.last_day(coverage.last, cut_off)
    last = min(choice.period.last, calendar.month_of(until, cut_off))
    if last < choice.period.first:
        return
    months = Period(choice.period.first, last)
    scope = choice.scope.only(choice.by[0], member).at(months)
    if until < calendar.last_day(last, cut_off):  # the same days of last year
        days = same_days.to_date(months, months.last_year(), until, cut_off)
        scope = replace(scope, days=days)
    view = replace(choice.view, scope=scope, compare="last_year")
    grains = PRODUCT_GRAINS if choice.by[0] == "channel" else CHANNEL_GRAINS
    bridge.section(view, grains, "target_bridge")
