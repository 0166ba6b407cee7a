"""How many ordinary days a day of an event to come is worth: asked of the days that were sold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from chanplan.analysis import pace_events
from chanplan.analysis.pace_events import NO_EVENTS, ByMember
from chanplan.domain import calendar, events
from chanplan.domain.errors import BadQueryError
from chanplan.domain.events import Event
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

Ask = Callable[[MetricQuery | Question], pd.DataFrame]
# The level whose members differ in what an event brings them.
LEVEL: Final = "channel"


def worth(ask: Ask, scope: Scope, by: Sequence[str], until: date, cut_off_day: int) -> ByMember:
    """Of the whole, and of each channel where targets are split by channel. By net sales, of
    whatever measure the targets are; nothing is asked where no day of an event is to come."""
    ahead = coming(scope.period, until, cut_off_day)
    if not ahead:
        return NO_EVENTS
    last = calendar.month_of(until, cut_off_day)
    first = shift(last, -pace_events.MOST_HOLDINGS * MONTHS_A_YEAR - MONTHS_A_YEAR)
    past = replace(scope, period=Period(first, last), days=None)
    for level in dict.fromkeys((LEVEL if LEVEL in by else None, None)):
        split = (level,) if level else ()
        try:
            frame = ask(Question("daily_sales", past, by=split))
        except BadQueryError as fault:
            if fault.code != "answer_too_long":
                raise
            continue
        return pace_events.by_member(frame, level, ahead, scope.basis, until)
    return NO_EVENTS


def coming(period: Period, until: date, cut_off_day: int) -> list[Event]:
    """The events with days after `until` in the period."""
    last = calendar.last_day(period.last, cut_off_day)
    first = calendar.first_day(period.first, cut_off_day)
    near = events.known(range(first.year, last.year + 1))
    return [
        each for each in near if each.last > until and first <= each.last and each.start <= last
    ]
