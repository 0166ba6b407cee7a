"""When the sample company's customers buy: months by category, New Year's date, shopping events."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from chanplan.domain.calendar import last_day, new_years
from chanplan.domain.events import known
from chanplan.domain.period import Period

MONTHS = tuple(Period(202301, 202512))
# Weights of January to December without the festivals.
_PLAIN = {
    "气泡酒": (0.6, 0.6, 0.8, 1.0, 1.2, 1.4, 1.5, 1.5, 1.1, 0.9, 0.8, 0.7),
    "礼盒": (0.5, 0.4, 0.4, 0.5, 0.6, 0.7, 0.6, 0.9, 1.2, 0.6, 0.7, 0.9),
}
_MILD = (0.95, 0.85, 0.95, 1.0, 1.0, 1.0, 0.95, 0.95, 1.05, 1.0, 1.05, 1.1)
# Days before New Year on which people stock up, and what a day of it is worth.
_STOCKING = 28
_NEW_YEAR = {"礼盒": 3.2, "米酒": 1.2, "气泡酒": 0.3}
_EVENT_DAYS = 3.5
# 中秋 of the three years: boxes go in the three weeks before.
_AUTUMN = (date(2023, 9, 29), date(2024, 9, 17), date(2025, 10, 6))


@cache
def of_category(category: str) -> np.ndarray:
    """Weights of the 36 months, their mean 1; asked for each product, worked out once."""
    plain = _PLAIN.get(category, _MILD)
    weights = np.array([plain[month % 100 - 1] for month in MONTHS], dtype=float)
    for at, month in enumerate(MONTHS):
        first, last = date(month // 100, month % 100, 1), last_day(month)
        length = (last - first).days + 1
        for year in (first.year, first.year + 1):
            festival = new_years()[year]
            stocked = _overlap(first, last, festival - timedelta(days=_STOCKING), festival)
            weights[at] += _NEW_YEAR.get(category, 0.8) * stocked / length
        if category == "礼盒":
            weights[at] += sum(
                2.4 * _overlap(first, last, day - timedelta(days=21), day) / length
                for day in _AUTUMN
            )
    mean: float = weights.mean()
    weights /= mean
    weights.setflags(write=False)
    return weights


def of_days(month: int, event_times: float) -> np.ndarray:
    """Weights of a month's days; they sum to 1 plus what its events add.

    An event is worth `_EVENT_DAYS` ordinary days times what it lifts a day above one, however
    long the platforms make it.
    """
    first, last = date(month // 100, month % 100, 1), last_day(month)
    length = (last - first).days + 1
    weights = np.ones(length)
    for event in known([first.year]):
        extra = (event_times - 1) * _EVENT_DAYS / ((event.last - event.first).days + 1)
        for day in range(length):
            if event.first <= first + timedelta(days=day) <= event.last:
                weights[day] += extra
    return weights / length


def _overlap(first: date, last: date, start: date, end: date) -> int:
    """Days of [start, end) that lie in [first, last]."""
    return max(0, (min(last, end - timedelta(days=1)) - max(first, start)).days + 1)
