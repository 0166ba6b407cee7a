"""ISO weeks at the ends of years, and 4-4-5 years of 52 and 53 weeks, by other people's tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.domain import calendar, weeks
from chanplan.domain.period import Period, shift

MONDAYS = date(2024, 1, 1)
# The retail calendar of the National Retail Federation: Sundays near the first of February.
RETAIL = date(2024, 2, 4)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2020, 12, 27), "2020-W52"),
        (date(2020, 12, 28), "2020-W53"),
        (date(2020, 12, 31), "2020-W53"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2021, 1, 4), "2021-W01"),
        (date(2024, 12, 29), "2024-W52"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2025, 6, 2), "2025-W23"),
    ],
)
def test_iso_weeks_at_the_ends_of_years(day: date, week: str) -> None:
    assert weeks.iso_week(day) == week


def test_the_retail_years_begin_where_the_federation_says() -> None:
    told = {2017: date(2017, 1, 29), 2018: date(2018, 2, 4), 2022: date(2022, 1, 30),
            2023: date(2023, 1, 29), 2024: date(2024, 2, 4), 2025: date(2025, 2, 2)}  # fmt: skip
    assert {year: weeks.starts(RETAIL, year) for year in told} == told
    of_53 = [year for year in range(2000, 2030) if weeks.weeks_of(RETAIL, year) == 53]
    assert of_53 == [2000, 2006, 2012, 2017, 2023, 2028]


def test_with_mondays_and_january_they_are_the_years_of_iso_8601() -> None:
    for year in range(1990, 2080):
        assert weeks.starts(MONDAYS, year) == date.fromisocalendar(year, 1, 1)
    assert [year for year in range(2015, 2035) if weeks.weeks_of(MONDAYS, year) == 53] == [
        2015, 2020, 2026, 2032,
    ]  # fmt: skip


def test_months_of_4_4_and_5_weeks_and_the_53rd_in_the_last() -> None:
    cut = calendar.weekly(MONDAYS)
    rows = calendar.months(1, cut, Period(202001, 202101))
    assert [row.days // 7 for row in rows] == [4, 4, 5] * 3 + [4, 4, 6] + [4]
    assert (rows[0].first_day, rows[0].last_day) == (date(2019, 12, 30), date(2020, 1, 26))
    assert (rows[11].first_day, rows[11].last_day) == (date(2020, 11, 23), date(2021, 1, 3))
    assert calendar.month_of(date(2020, 12, 31), cut) == 202012
    assert calendar.month_of(date(2021, 1, 3), cut) == 202012
    assert calendar.month_of(date(2021, 1, 4), cut) == 202101


def test_retail_months_are_named_by_the_month_their_year_begins_with() -> None:
    cut = calendar.weekly(RETAIL)
    assert weeks.first_month(RETAIL) == 2
    # The year 2023 has 53 weeks, the last of them at the end of January.
    assert calendar.first_day(202302, cut) == date(2023, 1, 29)
    assert calendar.last_day(202401, cut) == date(2024, 2, 3)
    assert calendar.month_of(date(2024, 2, 3), cut) == 202401
    assert calendar.month_of(date(2024, 2, 4), cut) == 202402
    assert calendar.month_of(date(2024, 3, 2), cut) == 202402
    assert calendar.month_of(date(2024, 3, 3), cut) == 202403


@pytest.mark.parametrize("first", [date(2024, 2, 10), date(2023, 12, 28), date(2024, 6, 15)])
def test_a_day_too_far_from_the_first_of_a_month_is_none(first: date) -> None:
    assert weeks.first_month(first) is None
    with pytest.raises(ValueError, match="no first day"):
        calendar.weekly(first)


@given(
    st.dates(date(1990, 1, 1), date(2080, 12, 31)).filter(lambda day: weeks.first_month(day)),
    st.dates(date(1990, 1, 1), date(2080, 12, 31)),
)
def test_every_day_is_in_one_month_and_months_follow_without_a_gap(first: date, day: date) -> None:
    cut = calendar.weekly(first)
    month = calendar.month_of(day, cut)
    assert calendar.first_day(month, cut) <= day <= calendar.last_day(month, cut)
    after = calendar.last_day(month, cut) + timedelta(days=1)
    assert calendar.month_of(after, cut) == shift(month, 1)
    assert calendar.first_day(month, cut).weekday() == first.weekday()
