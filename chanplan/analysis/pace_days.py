"""Days of a target's months: how many have gone and how many are left, by the channel's calendar.

Calendar days for what people buy on any day (orders, sell-out, collection); working days for
what leaves a warehouse or an office (shipment, invoice). Days of an event to come may be worth
several ordinary ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from chanplan.analysis.pace_events import Weights
from chanplan.analysis.pace_working import counts
from chanplan.domain import calendar
from chanplan.domain.scope import Basis

_DAY: Final = timedelta(days=1)
_ONE: Final = Decimal(1)


@dataclass(frozen=True)
class Gone:
    """Days of some months up to a day: all of them, and by the channel's own calendar.

    gone, left    days of the channel's calendar up to the day, and after it
    share         elapsed share of all calendar days, as 时间进度 has it
    worth         the days that are left in ordinary days, each of an event by its weight
    """

    gone: int
    left: int
    share: Decimal
    worth: Decimal


@lru_cache(maxsize=4096)
def gone(
    months: tuple[int, ...], until: date, basis: Basis, cut_off_day: int, weights: Weights = ()
) -> Gone:
    """The days of these months up to `until`, that day included."""
    days = [day for month in months for day in _days(month, cut_off_day)]
    over = sum(day <= until for day in days)
    counted = [day for day in days if counts(day, basis)]
    left = [day for day in counted if day > until]
    worth = sum((_worth(day, weights) for day in left), Decimal())
    return Gone(len(counted) - len(left), len(left), Decimal(over) / len(days), worth)


def _worth(day: date, weights: Weights) -> Decimal:
    """How many ordinary days a day is worth."""
    return next((w.times for w in weights if w.event.start <= day <= w.event.last), _ONE)


@lru_cache(maxsize=4096)
def month_share(month: int, until: date, cut_off_day: int) -> float:
    """The part of one month's days that lies up to `until`: from 0 to 1."""
    days = list(_days(month, cut_off_day))
    return sum(day <= until for day in days) / len(days)


@lru_cache(maxsize=4096)
def exact_share(month: int, until: date, cut_off_day: int) -> Decimal:
    """The same to six places."""
    return Decimal(repr(round(month_share(month, until, cut_off_day), 6)))


def _days(month: int, cut_off_day: int) -> Iterator[date]:
    first, last = calendar.first_day(month, cut_off_day), calendar.last_day(month, cut_off_day)
    return (first + _DAY * at for at in range((last - first).days + 1))


def ends(months: Iterable[int], cut_off_day: int) -> tuple[date, date]:
    """The first and the last day of months."""
    told = list(months)
    return (
        calendar.first_day(min(told), cut_off_day),
        calendar.last_day(max(told), cut_off_day),
    )
