"""Targets of rates and prices: each beside its own actual of its own months."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pandas as pd

from chanplan.analysis.tracking_rates import Cell, rates
from chanplan.domain import calendar
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.workspace import actuals
from chanplan.workspace.answers import Answer
from chanplan.workspace.looking import Coverage
from chanplan.workspace.tracking.sold import until_day


def rated(
    ask: Callable[[MetricQuery | Question], Answer],
    covered: Coverage | None,
    scope: Scope,
    by: str,
    measure: str,
    fiscal_start: int,
    cut_off_day: int,
) -> pd.DataFrame:
    """Targets of a measure that does not add up, each beside its own actual of its own months:
    see `tracking_rates.rates`."""
    split = (by,) if by else ()
    question = Question(
        "targets", scope, by=split, measure=measure, basis=scope.basis, plan="in_force"
    )
    frame = ask(question).frame
    until = until_day(None, covered, scope, cut_off_day)
    last = min(scope.period.last, calendar.month_of(until, cut_off_day))
    found: dict[Cell, Decimal | None] = {}
    if last >= scope.period.first:
        months = Period(scope.period.first, last)
        for kind in dict.fromkeys(str(each) for each in frame["period"]):
            each = _told_by(kind, fiscal_start)
            for names in dict.fromkeys(((), split)):
                told = actuals.actuals(ask, measure, scope, names, months, each).frame
                for row in told.to_dict("records"):
                    member = row[by] if names else None
                    if not names or member is not None:
                        found[kind, int(row["month"]), member] = row["value"]
    levels = [name for name, _ in scope.where]
    better = catalogue().measures[measure].better
    return rates(frame, found, by, levels, scope.period, until, better, cut_off_day)


def _told_by(kind: str, fiscal_start: int) -> actuals.Each:
    if kind == "year":
        return "year" if fiscal_start == 1 else "fiscal_year"
    return "quarter" if kind == "quarter" else "month"
