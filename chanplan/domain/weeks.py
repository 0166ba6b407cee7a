"""Weeks: those of ISO 8601, and years of whole weeks in months of 4, 4 and 5 (4-4-5)."""

from __future__ import annotations

from datetime import date, timedelta

from chanplan.domain.period import ordinal, shift

# Weeks of each month of a quarter; a year of 53 weeks gives the last one to its last month.
PATTERN = (4, 4, 5)
WEEK = timedelta(days=7)
# A year begins on the first day's weekday, on that one nearest to the first of its month: so
# never further from it than this. With Mondays and January these are the years of ISO 8601.
NEAREST = 3


def iso_week(day: date) -> str:
    """The ISO 8601 year and week of a day: 2020-12-31 and 2021-01-03 are in 2020-W53."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def first_month(first: date) -> int | None:
    """The number of the month that a 4-4-5 year with this first day begins with; None where the
    day is further than three days from the first of any month."""
    near = first + timedelta(days=NEAREST)
    return near.month if near.day <= 2 * NEAREST + 1 else None


def starts(first: date, year: int) -> date:
    """The first day of the 4-4-5 year whose first month lies in a calendar year.

    `first` is the first day of any such year. ValueError where it cannot be one."""
    month = first_month(first)
    if month is None:
        raise ValueError(f"no first day of a 4-4-5 year: {first}")
    middle = date(year, month, 1)
    ahead = (first.weekday() - middle.weekday() + NEAREST) % 7 - NEAREST
    return middle + timedelta(days=ahead)


def weeks_of(first: date, year: int) -> int:
    """52, or 53 where that brings the next year's first day near its month again."""
    return (starts(first, year + 1) - starts(first, year)) // WEEK


def first_day(month: int, first: date) -> date:
    """The first day of a month (202403) of the 4-4-5 calendar."""
    begins = first_month(first) or 1
    year = month // 100 - (month % 100 < begins)
    gone = ordinal(month) - ordinal(year * 100 + begins)
    weeks = sum(PATTERN[at % len(PATTERN)] for at in range(gone))
    return starts(first, year) + weeks * WEEK


def last_day(month: int, first: date) -> date:
    """The day before the next month begins."""
    return first_day(shift(month, 1), first) - timedelta(days=1)


def month_of(day: date, first: date) -> int:
    """The month of the 4-4-5 calendar that a day is in."""
    near = day.year * 100 + day.month
    return next(
        month
        for month in (shift(near, by) for by in (0, -1, 1))
        if first_day(month, first) <= day <= last_day(month, first)
    )
