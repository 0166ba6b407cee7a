"""Which days count: all of them for what people buy any day, working days for what leaves a
warehouse or an office (shipment, invoice)."""

from __future__ import annotations

from datetime import date
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


def counts(day: date, basis: Basis) -> bool:
    """Whether a day is one of the calendar of channels on this basis."""
    return basis not in WORKING or is_working(day)


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
