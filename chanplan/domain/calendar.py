"""The company's calendar: months with their quarters and fiscal years, and Chinese New Year.

How months are cut is one number everywhere, the "cut-off": 1–31 is the day on which a month
closes, 31 its own end; a greater one is the first day of a year of whole weeks (`weekly`), whose
months have 4, 4 and 5 of them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chanplan.domain import weeks
from chanplan.domain.period import MONTHS_A_YEAR, Period, ordinal, shift

# A cut-off day that no month exceeds: the month ends where the calendar ends it.
MONTH_END = 31
# Every month that `period.is_month` admits, so that no line can miss its calendar row.
ALL_MONTHS = Period(190001, 219912)
DATA = Path(__file__).with_name("calendar.toml")


@dataclass(frozen=True)
class MonthRow:
    """One month of the company. Quarters are integers such as 20241 (year × 10 + number)."""

    month: int
    ordinal: int
    year: int
    quarter: int
    quarter_number: int
    fiscal_year: int
    fiscal_quarter: int
    days: int
    first_day: date
    last_day: date
    chinese_new_year: date | None


def weekly(first: date) -> int:
    """The cut-off of months of 4, 4 and 5 weeks, in years that begin as one begins on `first`.

    ValueError where that is further than three days from the first of a month."""
    if weeks.first_month(first) is None:
        raise ValueError(f"no first day of a 4-4-5 year: {first}")
    return first.toordinal()


def weeks_from(cut_off_day: int) -> date | None:
    """The first day that `weekly` was told; None where months are cut by a day of the month."""
    return date.fromordinal(cut_off_day) if cut_off_day > MONTH_END else None


@lru_cache(maxsize=4096)
def last_day(month: int, cut_off_day: int = MONTH_END) -> date:
    """The day on which a month closes: its cut-off day, or its own end where that comes first."""
    if first := weeks_from(cut_off_day):
        return weeks.last_day(month, first)
    after = shift(month, 1)
    end = date(after // 100, after % 100, 1) - timedelta(days=1)
    return end.replace(day=min(cut_off_day, end.day))


def first_day(month: int, cut_off_day: int = MONTH_END) -> date:
    """The day after the month before has closed."""
    return last_day(shift(month, -1), cut_off_day) + timedelta(days=1)


def month_of(day: date, cut_off_day: int = MONTH_END) -> int:
    """The month a day belongs to: with cut-off 25, 26 February 2024 is in 202403."""
    if first := weeks_from(cut_off_day):
        return weeks.month_of(day, first)
    if cut_off_day < 1:
        raise ValueError(f"no day of a month: {cut_off_day}")
    month = day.year * 100 + day.month
    return month if day <= last_day(month, cut_off_day) else shift(month, 1)


def fiscal_year(month: int, fiscal_start: int = 1) -> int:
    """The fiscal year of a month, named by the calendar year in which it ends.

    With April as the first month, 202403 is in 2024 and 202404 in 2025.
    """
    runs_over = fiscal_start > 1 and month % 100 >= fiscal_start
    return month // 100 + (1 if runs_over else 0)


def fiscal_quarter(month: int, fiscal_start: int = 1) -> int:
    """The quarter counted from the fiscal year's first month, as 20241."""
    months_in = (month % 100 - fiscal_start) % MONTHS_A_YEAR
    return fiscal_year(month, fiscal_start) * 10 + months_in // 3 + 1


@cache
def declared() -> dict[str, Any]:
    """The dates of calendar.toml as they stand there."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def new_years() -> dict[int, date]:
    """Calendar year → first day of the Chinese New Year, 2010–2040."""
    return {day.year: day for day in declared()["new_years"]}


@cache
def decreed(year: int) -> tuple[frozenset[date], frozenset[date]] | None:
    """(days off, weekends worked) of a year as they were decreed; None where that is not known."""
    told = declared().get("working_days", {}).get(str(year))
    if told is None:
        return None
    off = (day for text in told["off"] for day in _days_of(year, text))
    return frozenset(off), frozenset(day for text in told["on"] for day in _days_of(year, text))


def _days_of(year: int, text: str) -> list[date]:
    """ "05-01/05-05" → its days."""
    first, _, last = text.partition("/")
    start, end = (date.fromisoformat(f"{year}-{each}") for each in (first, last or first))
    return [start + timedelta(days=at) for at in range((end - start).days + 1)]


def new_year_month(year: int, cut_off_day: int = MONTH_END) -> int | None:
    """The month in which Chinese New Year falls; None outside the table."""
    day = new_years().get(year)
    return None if day is None else month_of(day, cut_off_day)


def months(
    fiscal_start: int = 1, cut_off_day: int = MONTH_END, within: Period = ALL_MONTHS
) -> list[MonthRow]:
    """The calendar table, one row per month of `within`, in order.

    `fiscal_start` is the first month of the fiscal year (1–12), `cut_off_day` the day on which
    a month closes (31: its own end), or the cut-off of `weekly`. `chinese_new_year` is None
    where it falls in another month, and outside 2010–2040, where it is not known.
    """
    if not 1 <= fiscal_start <= MONTHS_A_YEAR:
        raise ValueError(f"no month of a year: {fiscal_start}")
    return list(_rows(fiscal_start, cut_off_day, within))


@cache
def _rows(fiscal_start: int, cut_off_day: int, within: Period) -> tuple[MonthRow, ...]:
    """Worked out once: every opening of a store lays all of them anew."""
    holiday = {month_of(day, cut_off_day): day for day in new_years().values()}
    return tuple(_row(month, fiscal_start, cut_off_day, holiday.get(month)) for month in within)


def _row(month: int, fiscal_start: int, cut_off_day: int, new_year: date | None) -> MonthRow:
    year, number = month // 100, (month % 100 - 1) // 3 + 1
    first, last = first_day(month, cut_off_day), last_day(month, cut_off_day)
    return MonthRow(
        month=month,
        ordinal=ordinal(month),
        year=year,
        quarter=year * 10 + number,
        quarter_number=number,
        fiscal_year=fiscal_year(month, fiscal_start),
        fiscal_quarter=fiscal_quarter(month, fiscal_start),
        days=(last - first).days + 1,
        first_day=first,
        last_day=last,
        chinese_new_year=new_year,
    )
