"""What needs somebody among all targets of a year: every measure and level that has any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd

from chanplan.analysis import alerts, arithmetic
from chanplan.analysis.alerts import Alert
from chanplan.analysis.tracking_levels import levels_of
from chanplan.analysis.tracking_milestones import chance
from chanplan.domain import calendar
from chanplan.domain.period import Period
from chanplan.domain.scope import Days, Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.workspace.workspace import Workspace


def found(workspace: Workspace, scope: Scope) -> list[Alert]:
    """Alerts of the scope's period, in the order they matter; none before there are sales."""
    levels, known = workspace.targets.levels(), catalogue().measures
    moneys = {name for name, measure in known.items() if measure.unit == "money"}
    told: list[Alert] = []
    for measure in (str(name) for name in levels["measure"] if name in known):
        for level in levels_of(levels, measure) or [""]:
            told += _of(workspace, scope, measure, level)
    told += _milestones(workspace, scope)
    return alerts.ranked(told, moneys)


def _of(workspace: Workspace, scope: Scope, measure: str, level: str) -> list[Alert]:
    if not catalogue().measures[measure].additive:
        return alerts.rates(workspace.targets.rated(scope, level, measure), level, measure)
    by = (level,) if level else ()
    return alerts.alerts(workspace.targets.tracked(scope, by, None, measure).frame, by, measure)


def _milestones(workspace: Workspace, scope: Scope) -> list[Alert]:
    """Those of measures that add up with their chance, from the first month of the year on."""
    frame = workspace.targets.milestones()
    if frame.empty:
        return []
    values = arithmetic.numbers(frame, "value")
    chances: list[float | None] = []
    as_of = workspace.targets.tracked(scope, ("channel",)).asked.as_of
    for row, value in zip(frame.to_dict("records"), values, strict=True):
        measure = "net_sales" if pd.isna(row["measure"]) else str(row["measure"])
        if value is None or pd.isna(row["due"]) or not _adds_up(measure):
            chances.append(None)
            continue
        made = workspace.targets.tracked(scope, ("channel",), None, measure)
        channel = None if pd.isna(row["channel"]) else str(row["channel"])
        due = pd.Timestamp(row["due"]).date()
        told = chance(made.asked, made.known, channel, value, due)
        if told is not None and due <= as_of:
            told = float(_sold_by(workspace, scope, measure, channel, due) >= value)
        chances.append(told)
    frame = frame.assign(chance=pd.Series(chances, index=frame.index, dtype=object))
    return alerts.milestones(frame, as_of)


def _sold_by(
    workspace: Workspace, scope: Scope, measure: str, channel: str | None, due: date
) -> Decimal:
    """From the first day of the year to a day, that day included."""
    cut_off = workspace.settings.cut_off_day or calendar.MONTH_END
    first, last = scope.period.first, calendar.month_of(due, cut_off)
    start = calendar.first_day(first, cut_off)
    days = None if due >= calendar.last_day(last, cut_off) else Days(start, due, start, due)
    within = replace(scope, period=Period(first, last), days=days)
    if channel is not None:
        within = within.only("channel", channel)
    frame = workspace.ask(MetricQuery((measure,), within)).frame
    return arithmetic.total(arithmetic.numbers(frame, measure)) or arithmetic.ZERO


def _adds_up(measure: str) -> bool:
    known = catalogue().measures.get(measure)
    return known is not None and known.additive
