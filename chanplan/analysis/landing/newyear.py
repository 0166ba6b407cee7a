"""How much of each month lies before Chinese New Year, and how much in its holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import Numbers
from chanplan.domain.calendar import declared, first_day, last_day, new_years
from chanplan.domain.period import from_ordinal

# The holidays themselves: the eve and seven days, when shipments and offices rest.
_RESTING: Final = 8


def shares(first: int, months: int) -> Numbers:
    """months × 2: the share of each month's days in the weeks of buying before New Year, and in
    the holidays. `first` is the ordinal of the first month; beyond the known dates they are 0."""
    return np.array([_of(first + at) for at in range(months)], dtype=float).reshape(months, 2)


@cache
def _of(number: int) -> tuple[float, float]:
    month = from_ordinal(number)
    first, last = first_day(month), last_day(month)
    buying = timedelta(days=int(declared()["new_year_window"]["days_before"]))
    before = resting = 0
    for year in (first.year, first.year + 1):
        if festival := new_years().get(year):
            eve = festival - timedelta(days=1)
            before += _overlap(first, last, eve - buying, eve)
            resting += _overlap(first, last, eve, eve + timedelta(days=_RESTING))
    days = (last - first).days + 1
    return before / days, resting / days


def _overlap(first: date, last: date, start: date, end: date) -> int:
    """Days of [start, end) that lie in [first, last]."""
    return max(0, (min(last, end - timedelta(days=1)) - max(first, start)).days + 1)
