"""Which days stand beside which: a period up to the day its data ends, an event as it moved."""

from __future__ import annotations

from datetime import date

from chanplan.domain import calendar
from chanplan.domain.events import Event
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Days


def to_date(
    period: Period, base: Period, data_date: date, cut_off_day: int = calendar.MONTH_END
) -> Days:
    """Both periods from their first day on; the last month of either as far into it as the data
    goes. 29 February stands beside the 28th."""
    gone = data_date - calendar.first_day(period.last, cut_off_day)
    end = calendar.last_day(base.last, cut_off_day)
    return Days(
        first=calendar.first_day(period.first, cut_off_day),
        last=data_date,
        base_first=calendar.first_day(base.first, cut_off_day),
        base_last=min(calendar.first_day(base.last, cut_off_day) + gone, end),
    )


def of_event(
    now: Event, base: Event, cut_off_day: int = calendar.MONTH_END, data_date: date | None = None
) -> tuple[Period, Days]:
    """An event of this year beside its holding a year before, wherever it lay then.

    The period spans the months of either, so that the same months a year before hold the other
    one's. An event that is still going on is compared with as many days of the one before.
    """
    touched = [
        *now.months(cut_off_day),
        *(shift(m, MONTHS_A_YEAR) for m in base.months(cut_off_day)),
    ]
    last = now.last if data_date is None else max(now.start, min(now.last, data_date))
    short = now.last - last
    base_last = max(base.start, base.last - short) if short else base.last
    days = Days(now.start, last, base.start, base_last, months_whole=False)
    return Period(min(touched), max(touched)), days


def year_before(day: date) -> date:
    """The same day a year before; of 29 February the 28th."""
    year = day.year - 1
    return (
        day.replace(year=year, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=year)
    )


def between(
    now: tuple[date, date], base: tuple[date, date], cut_off_day: int = calendar.MONTH_END
) -> tuple[Period, Period, Days | None]:
    """The months that two spans of days touch, and the days; None where both are whole months.

    Where both begin with a month, what a source tells by months only counts whole, as it does
    up to the day data ends; between other days it does not count.
    """
    sides = [_months(*span, cut_off_day) for span in (now, base)]
    begins = [calendar.first_day(months.first, cut_off_day) == span[0]
              for months, span in zip(sides, (now, base), strict=True)]  # fmt: skip
    ends = [calendar.last_day(months.last, cut_off_day) == span[1]
            for months, span in zip(sides, (now, base), strict=True)]  # fmt: skip
    days = None if all(begins + ends) else Days(*now, *base, months_whole=all(begins))
    return sides[0], sides[1], days


def _months(first: date, last: date, cut_off_day: int) -> Period:
    return Period(calendar.month_of(first, cut_off_day), calendar.month_of(last, cut_off_day))
