"""One member of a target opened up: its curve, the level below, and price, volume and mix."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from chanplan.analysis.bridge import CHANNEL_GRAINS, PRODUCT_GRAINS
from chanplan.analysis.tracking_levels import LEVELS
from chanplan.domain import calendar, same_days
from chanplan.domain.period import Period
from chanplan.ui import (
    bridge,
    figure,
    session,
    sidebar,
    tracking,
    tracking_curve,
    tracking_gap,
    tracking_members,
    tracking_said,
)
from chanplan.ui.crumbs import keep_only
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.ui.tracking import Choice, Shown


def show(choice: Choice, shown: Shown, member: str) -> None:
    """Everything behind one member of the first level."""
    level = choice.by[0]
    name = plain(figure.name_of(level, member))
    row = shown.row(level, member)
    if sidebar.offers(level):
        keep_only(level, member, name)
    if row is not None and row["target"] is not None:
        tracking_curve.show(choice, shown, (member,), name, row)
        tracking_gap.show(choice, (member,), name)
        tracking_curve.what_if(choice, shown, (member,), name)
        tracking_curve.back_test(choice, shown, (member,), name)
    _below(choice, member, name)
    _bridge(choice, member)


def _below(choice: Choice, member: str, name: str) -> None:
    """The next level that has members: channel, then partner, then product."""
    at = LEVELS.index(choice.by[0]) + 1
    named = [each for each in LEVELS[at:] if session.members(each)]
    if not named:
        return
    scope = choice.scope.only(choice.by[0], member)
    below = replace(choice, scope=scope, by=(named[0],))
    found = tracking.found(below)
    st.header(say("targets.below", name=name, level=figure.dimension_name(named[0])), anchor=False)
    if found.frame["target"].notna().sum() == 0:
        st.caption(say("targets.below_none", level=figure.dimension_name(named[0])))
        return
    st.caption(tracking_said.sentence(below, found.total))
    tracking_members.table(below, found.frame, "target_below_table")


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
