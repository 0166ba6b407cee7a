"""A year's own season: which part of it each month is, with Chinese New Year moved by its date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from decimal import Decimal

from chanplan.domain.calendar import new_years
from chanplan.domain.period import MONTHS_A_YEAR

ZERO = Decimal(0)
# Years that a season is told from: older ones tell of another company.
MOST_YEARS = 3
# Chinese New Year falls on 21 January to 20 February: only these months are moved with it.
_MOVED = 3
Months = Mapping[int, Decimal]


def season(history: Months, year: int) -> tuple[Decimal, ...] | None:
    """The twelve shares of a year's months, Σ = 1, from month → value; None without a whole year.

    The mean of the shares of the last three whole years before `year` whose sum is positive and
    none of whose months is negative. Of each of them the course of January to March is moved by
    the days between its Chinese New Year and that of `year`, day by day, the three months' sum
    as it was.
    """
    told = [
        shares for known in _whole_years(history, year) if (shares := _moved(history, known, year))
    ]
    if not told:
        return None
    return tuple(sum(column, ZERO) / len(told) for column in zip(*told, strict=True))


def _whole_years(history: Months, year: int) -> Sequence[int]:
    years = sorted({month // 100 for month in history if month // 100 < year}, reverse=True)
    whole = [one for one in years if all(one * 100 + m in history for m in _NUMBERS)]
    return whole[:MOST_YEARS]


_NUMBERS = range(1, MONTHS_A_YEAR + 1)


def _moved(history: Months, known: int, year: int) -> list[Decimal] | None:
    values = [history[known * 100 + month] for month in _NUMBERS]
    whole = sum(values, ZERO)
    if whole <= 0 or min(values) < 0:
        return None
    first = _shifted(values[:_MOVED], known, year)
    return [value / whole for value in (*first, *values[_MOVED:])]


def _shifted(values: Sequence[Decimal], known: int, year: int) -> list[Decimal]:
    """January to March of `known` as they would be with the Chinese New Year of `year`."""
    days = new_years()
    whole = sum(values, ZERO)
    if known not in days or year not in days or whole <= 0:
        return list(values)
    by = days[known].timetuple().tm_yday - days[year].timetuple().tm_yday
    a_day = [value / n for value, n in zip(values, _lengths(known), strict=True)]
    course = [rate for rate, n in zip(a_day, _lengths(known), strict=True) for _ in range(n)]
    last = len(course) - 1
    told, start = [], 0
    for length in _lengths(year):
        ats = (min(max(day + by, 0), last) for day in range(start, start + length))
        told.append(sum((course[at] for at in ats), ZERO))
        start += length
    return [value * whole / sum(told, ZERO) for value in told]


def _lengths(year: int) -> list[int]:
    return [monthrange(year, month)[1] for month in range(1, _MOVED + 1)]
