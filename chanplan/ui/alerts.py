"""Alerts on targets: the list on the overview, each muted until a day or brought back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import streamlit as st

from chanplan.analysis import alerts
from chanplan.analysis.alerts import Alert
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import figure, navigation, session
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tracking.said import odds
from chanplan.ui.view import View
from chanplan.workspace import alerting

# The measure that a reader takes for granted where none is named.
USUAL: Final = "net_sales"
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
    with st.spinner(say("targets.working"), show_time=True):
        found = session.worked_out(_found, scope)
    if not found:
        return
    awake, silent = alerts.waking(found, workspace().alerts.muted(_today()))
    if not awake and not silent:
        return
    st.header(say("alerts.title", count=len(awake)), anchor=False)
    st.caption(say("alerts.says") if awake else say("alerts.none"))
    for at, alert in enumerate(awake[:MOST]):
        _row(alert, at)
    if len(awake) > MOST:
        with st.expander(say("alerts.more", count=len(awake) - MOST)):
            for at, alert in enumerate(awake[MOST:], start=MOST):
                _row(alert, at)
    _silent(silent)
    navigation.link("targets")


def _found(scope: Scope) -> list[Alert]:
    return alerting.found(workspace(), scope)


def _year_start(month: int, starts: int) -> int:
    back = (month % 100 - starts) % MONTHS_A_YEAR
    return shift(month, -back)


def _row(alert: Alert, at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"alert_{at}"):
        st.markdown(f":material/notifications: {_said(alert)}")
        with st.popover(say("alerts.mute"), type="tertiary", icon=":material/notifications_off:"):
            st.caption(say("alerts.until"))
            for days in MUTES:
                st.button(
                    say(f"alerts.days_{days}"),
                    key=f"mute_{at}_{days}",
                    on_click=_mute,
                    args=(alert.key, days),
                )


def _silent(silent: list[Alert]) -> None:
    """What is muted, and how long; each can be brought back."""
    if not silent:
        return
    until = workspace().alerts.muted(_today())
    with st.expander(say("alerts.muted", count=len(silent))):
        for at, alert in enumerate(silent):
            with st.container(horizontal=True, vertical_alignment="center"):
                said, day = _said(alert), figures().date(until[alert.key])
                st.markdown(say("alerts.muted_until", said=said, day=day))
                st.button(
                    say("alerts.back"), key=f"unmute_{at}", type="tertiary",
                    on_click=_back, args=(alert.key,),
                )  # fmt: skip


def _mute(key: str, days: int) -> None:
    workspace().alerts.mute(key, _today() + timedelta(days=days))


def _today() -> date:
    """By this computer's clock: a person mutes by the calendar on the wall."""
    return datetime.now().astimezone().date()


def _back(key: str) -> None:
    workspace().alerts.mute(key, None)


def _said(alert: Alert) -> str:
    """One alert as a sentence, with its measure where that is not the usual one."""
    write, values = figures(), alert.values
    unit = catalogue().measures[alert.measure].unit
    if alert.rule in ("milestone", "milestone_ahead"):
        return say(
            f"alerts.{alert.rule}",
            name=plain(values["milestone"]),
            day=write.date(values["due"]),
            odds=odds(values["p_hit"]),
        )
    name = plain(figure.name_of(alert.level, alert.member)) if alert.level else say("targets.whole")
    if alert.measure != USUAL:
        name = say("alerts.of_measure", name=name, measure=figure.measure_name(alert.measure))
    span = write.span(values["first"], values["last"])
    if alert.rule in ("rate_missed", "rate_short"):
        told = {each: write.by_unit(values[each], unit) for each in ("actual", "target")}
        return say(f"alerts.{alert.rule}", name=name, span=span, **told)
    return say(
        f"alerts.{alert.rule}",
        name=name,
        span=span,
        amount=write.by_unit(alert.money, unit),
        attainment=write.percent(values["attainment"]),
        pace=write.percent(values["pace"]),
        rate=write.percent(values["rate"], 0),
        odds=odds(values["p_hit"]),
    )
