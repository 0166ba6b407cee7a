"""Alerts on targets: the list on the overview, each muted until a day or brought back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import streamlit as st

from chanplan.analysis import alerts
from chanplan.analysis.alerts import Alert
from chanplan.analysis.tracking_levels import level_of
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import figure, navigation, session
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tracking_said import odds
from chanplan.ui.view import View

MEASURE: Final = "net_sales"
# Alerts in sight; the others are one click away.
MOST: Final = 5
MUTES: Final = (7, 30, 90)


def show(view: View) -> None:
    """The alerts of this fiscal year's targets; nothing where none are set."""
    coverage = session.coverage()
    if coverage is None:
        return
    starts = session.settings().fiscal_year_start_month
    first = _year_start(coverage.last, starts)
    scope = view.scope.at(Period(first, shift(first, MONTHS_A_YEAR - 1)))
    by, found = session.worked_out(_found, scope)
    if not found:
        return
    awake, silent = alerts.waking(found, workspace().muted_alerts(_today()))
    if not awake and not silent:
        return
    st.header(say("alerts.title", count=len(awake)), anchor=False)
    st.caption(say("alerts.says") if awake else say("alerts.none"))
    for at, alert in enumerate(awake[:MOST]):
        _row(scope, by, alert, at)
    if len(awake) > MOST:
        with st.expander(say("alerts.more", count=len(awake) - MOST)):
            for at, alert in enumerate(awake[MOST:], start=MOST):
                _row(scope, by, alert, at)
    _silent(scope, by, silent)
    navigation.link("targets")


def _found(scope: Scope) -> tuple[str, list[Alert]]:
    """The level looked at, and what needs somebody there."""
    space = workspace()
    levels = space.target_levels()
    if MEASURE not in set(levels["measure"]):
        return "", []
    by = level_of(levels, MEASURE)
    made = space.tracked(scope, (by,) if by else (), None, MEASURE)
    found = alerts.alerts(made.frame, made.asked.by, MEASURE)
    return by, [*found, *alerts.milestones(space.milestones(), made.asked.as_of)]


def _year_start(month: int, starts: int) -> int:
    back = (month % 100 - starts) % MONTHS_A_YEAR
    return shift(month, -back)


def _row(scope: Scope, by: str, alert: Alert, at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"alert_{at}"):
        st.markdown(f":material/notifications: {_said(scope, by, alert)}")
        with st.popover(say("alerts.mute"), type="tertiary", icon=":material/notifications_off:"):
            st.caption(say("alerts.until"))
            for days in MUTES:
                st.button(
                    say(f"alerts.days_{days}"),
                    key=f"mute_{at}_{days}",
                    on_click=_mute,
                    args=(alert.key, days),
                )


def _silent(scope: Scope, by: str, silent: list[Alert]) -> None:
    """What is muted, and how long; each can be brought back."""
    if not silent:
        return
    until = workspace().muted_alerts(_today())
    with st.expander(say("alerts.muted", count=len(silent))):
        for at, alert in enumerate(silent):
            with st.container(horizontal=True, vertical_alignment="center"):
                said, day = _said(scope, by, alert), figures().date(until[alert.key])
                st.markdown(say("alerts.muted_until", said=said, day=day))
                st.button(
                    say("alerts.back"), key=f"unmute_{at}", type="tertiary",
                    on_click=_back, args=(alert.key,),
                )  # fmt: skip


def _mute(key: str, days: int) -> None:
    workspace().mute_alert(key, _today() + timedelta(days=days))


def _today() -> date:
    """By this computer's clock: a person mutes by the calendar on the wall."""
    return datetime.now().astimezone().date()


def _back(key: str) -> None:
    workspace().mute_alert(key, None)


def _said(scope: Scope, by: str, alert: Alert) -> str:
    """One alert as a sentence."""
    write, values = figures(), alert.values
    if alert.rule == "milestone":
        return say("alerts.milestone", name=plain(values["milestone"]),
                   day=write.date(values["due"]))  # fmt: skip
    name = say("targets.whole") if alert.is_total else plain(figure.name_of(by, alert.member))
    return say(
        f"alerts.{alert.rule}",
        name=name,
        span=write.span(values["first"], values["last"]),
        amount=write.by_unit(alert.money, catalogue().measures[MEASURE].unit),
        attainment=write.percent(values["attainment"]),
        pace=write.percent(values["pace"]),
        rate=write.percent(values["rate"], 0),
        odds=odds(values["p_hit"]),
    )
