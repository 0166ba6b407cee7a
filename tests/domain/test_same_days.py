"""Days beside days, worked by hand."""

from __future__ import annotations

from datetime import date

from chanplan.domain import events, same_days
from chanplan.domain.period import Period
from chanplan.domain.scope import Days


def test_a_month_that_has_only_begun() -> None:
    march, before = Period(202403, 202403), Period(202303, 202303)
    found = same_days.to_date(march, before, date(2024, 3, 10))
    assert found == Days(date(2024, 3, 1), date(2024, 3, 10), date(2023, 3, 1), date(2023, 3, 10))


def test_the_29th_of_february_stands_beside_the_28th() -> None:
    year, before = Period(202401, 202402), Period(202301, 202302)
    assert same_days.to_date(year, before, date(2024, 2, 29)).base_last == date(2023, 2, 28)


def test_the_31st_stands_beside_the_end_of_a_shorter_month() -> None:
    found = same_days.to_date(Period(202403, 202403), Period(202402, 202402), date(2024, 3, 31))
    assert found.base_last == date(2024, 2, 29)


def test_months_that_close_on_the_25th() -> None:
    found = same_days.to_date(Period(202403, 202403), Period(202303, 202303), date(2024, 3, 2), 25)
    assert (found.first, found.base_first) == (date(2024, 2, 26), date(2023, 2, 26))
    assert found.base_last == date(2023, 3, 3)  # five days further, as 2024 had a 29th


def test_new_year_moved_from_february_into_january() -> None:
    """春节: 10 February 2024, 29 January 2025."""
    now, base = events.new_year(2025), events.new_year(2024)
    assert now is not None and base is not None
    period, days = same_days.of_event(now, base)
    assert (now.start, now.last) == (date(2025, 1, 1), date(2025, 2, 12))
    assert (base.start, base.last) == (date(2024, 1, 13), date(2024, 2, 24))
    assert period == Period(202501, 202502)
    assert days == Days(now.start, now.last, base.start, base.last, months_whole=False)


def test_an_event_that_is_still_going_on() -> None:
    [now] = [e for e in events.known([2025]) if e.code == "double_11"]
    [base] = [e for e in events.known([2024]) if e.code == "double_11"]
    _, days = same_days.of_event(now, base, data_date=date(2025, 11, 10))
    # Four of its days are still to come: 11 November less four.
    assert (days.last, days.base_last) == (date(2025, 11, 10), date(2024, 11, 7))


def test_events_by_day() -> None:
    told = [(e.code, e.start.year) for e in events.comparable([2024, 2025])]
    assert told == [
        ("new_year", 2024), ("618", 2024), ("double_11", 2024),
        ("new_year", 2025), ("618", 2025), ("double_11", 2025),
    ]  # fmt: skip
    assert events.new_year(1990) is None


def test_spans_of_days_and_of_whole_months() -> None:
    def days(*texts: str) -> tuple[date, date]:
        first, last = map(date.fromisoformat, texts)
        return first, last

    march, before = days("2024-03-01", "2024-03-31"), days("2023-03-01", "2023-03-31")
    months = Period(202403, 202403), Period(202303, 202303)
    assert same_days.between(march, before) == (*months, None)
    begun = same_days.between(days("2024-03-01", "2024-03-10"), before)
    assert begun == (*months, Days(date(2024, 3, 1), date(2024, 3, 10), *before))
    within = same_days.between(days("2024-03-05", "2024-03-10"), before)[2]
    assert within is not None and not within.months_whole
    assert same_days.year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert same_days.year_before(date(2025, 2, 28)) == date(2024, 2, 28)
