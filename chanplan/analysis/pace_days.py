"""Days of a target's months: how many have gone and how many are left, by the channel's calendar.

Calendar days for what people buy on any day (orders, sell-out, collection); working days for
what leaves a warehouse or an office (shipment, invoice).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from chanplan.domain import calendar
from chanplan.domain.scope import Basis

WORKING: Final[frozenset[Basis]] = frozenset({"shipment", "invoice"})
SATURDAY: Final = 5
# Days off by law, beside the first three of the New Year and its eve. How a decree moves weekends
# around them is known of some years (calendar.toml); of the others the law alone.
FIXED: Final = frozenset({(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)})
NEW_YEAR_DAYS: Final = range(-1, 3)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Gone:
    """Days of some months up to a day: all of them, and by the channel's own calendar.

    gone, left    days of the channel's calendar up to the day, and after it
    share         elapsed share of all calendar days, as 时间进度 has it
    """

    gone: int
    left: int
    share: Decimal


@lru_cache(maxsize=4096)
def gone(months: tuple[int, ...], until: date, basis: Basis, cut_off_day: int) -> Gone:
    """The days of these months up to `until`, that day included."""
    days = [day for month in months for day in _days(month, cut_off_day)]
    over = sum(day <= until for day in days)
    counted = [day for day in days if basis not in WORKING or is_working(day)]
    worked = sum(day <= until for day in counted)
    return Gone(worked, len(counted) - worked, Decimal(over) / len(days))


@lru_cache(maxsize=4096)
def month_share(month: int, until: date, cut_off_day: int) -> float:
    """The part of one month's days that lies up to `until`: from 0 to 1."""
    days = list(_days(month, cut_off_day))
    return sum(day <= until for day in days) / len(days)


@lru_cache(maxsize=4096)
def exact_share(month: int, until: date, cut_off_day: int) -> Decimal:
    """The same to six places."""
    return Decimal(repr(round(month_share(month, until, cut_off_day), 6)))


@lru_cache(maxsize=16384)
def is_working(day: date) -> bool:
    """Whether offices work: as it was decreed for the year; where that is not known Monday to
    Friday, but for days off by law."""
    decreed = calendar.decreed(day.year)
    if decreed is not None:
        off, worked = decreed
        return day in worked or (day.weekday() < SATURDAY and day not in off)
    if day.weekday() >= SATURDAY or (day.month, day.day) in FIXED:
        return False
    new_year = calendar.new_years().get(day.year)
    return new_year is None or (day - new_year).days not in NEW_YEAR_DAYS


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
