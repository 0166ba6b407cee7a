"""Months, fiscal years, cut-off days; New Years against the sun and the moon."""

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest

from chanplan.domain import calendar
from chanplan.domain.period import Period

# Beijing is eight hours ahead of universal time; Δt is about 1.2 minutes in these years.
BEIJING, DELTA_T = 8 / 24, 72 / 86400
J2000 = 2451545.0


def sun_longitude(day: float) -> float:
    """Apparent longitude of the sun in degrees at a Julian ephemeris day (Meeus, ch. 25)."""
    t = (day - J2000) / 36525
    mean = 280.46646 + 36000.76983 * t
    anomaly = math.radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    centre += 0.000289 * math.sin(3 * anomaly)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(math.radians(125.04 - 1934.136 * t))) % 360


def new_moon(k: int) -> float:
    """Julian ephemeris day of new moon number k since 2000 (Meeus, ch. 49, largest terms)."""
    t = k / 1236.85
    day = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    e = 1 - 0.002516 * t
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k)
    node = math.radians(160.7108 + 390.67050284 * k)
    terms = (
        (-0.40720, moon), (0.17241 * e, sun), (0.01608, 2 * moon), (0.01039, 2 * node),
        (0.00739 * e, moon - sun), (-0.00514 * e, moon + sun), (0.00208 * e * e, 2 * sun),
        (-0.00111, moon - 2 * node), (-0.00057, moon + 2 * node), (0.00056 * e, 2 * moon + sun),
        (-0.00042, 3 * moon), (0.00042 * e, sun + 2 * node), (0.00038 * e, sun - 2 * node),
        (-0.00024 * e, 2 * moon - sun),
    )  # fmt: skip
    return day + sum(size * math.sin(angle) for size, angle in terms)


def beijing_date(day: float) -> date:
    return date(2000, 1, 1) + timedelta(days=math.floor(day - DELTA_T + BEIJING - J2000 + 0.5))


def first_days(year: int) -> list[date]:
    """The new moons of a span that holds two winter solstices and a little more."""
    k = round((year - 2000) * 12.3685) - 3
    return [beijing_date(new_moon(k + step)) for step in range(18)]


def sector(day: date) -> int:
    """Which twelfth of its way the sun is in at the beginning of a day in Beijing."""
    return int(sun_longitude(J2000 - 0.5 + (day - date(2000, 1, 1)).days - BEIJING) // 30)


def holds_solstice(first: date, after: date) -> bool:
    return sector(first) < 9 <= sector(after)


def computed_new_year(year: int) -> date:
    """The second month after the one with the winter solstice, a leap month not counted.

    A year of thirteen months from solstice to solstice has one; it is the first month in which
    the sun enters no new twelfth (无中气). That order matters in 2034.
    """
    days = first_days(year)
    months = list(pairwise(days))
    eleventh, next_eleventh = [at for at, month in enumerate(months) if holds_solstice(*month)][:2]
    leap = None
    if next_eleventh - eleventh == 13:
        after = range(eleventh + 1, next_eleventh)
        leap = next(at for at in after if sector(months[at][0]) == sector(months[at][1]))
    return days[eleventh + (3 if leap is not None and leap <= eleventh + 2 else 2)]


def test_new_years_are_those_of_the_sky() -> None:
    assert calendar.new_years() == {year: computed_new_year(year) for year in range(2010, 2041)}


def test_new_years_are_those_of_the_holidays_library() -> None:
    holidays = pytest.importorskip("holidays", reason="the holidays library is not installed")
    known = holidays.country_holidays("SG", years=range(2010, 2041), language="en_US")
    for year, day in calendar.new_years().items():
        assert "Chinese New Year" in known.get(day, ""), year
        assert "Chinese New Year" not in known.get(day - timedelta(days=1), ""), year


def test_a_month_and_its_quarter() -> None:
    march = calendar.months(within=Period(202403, 202403))[0]
    assert (march.month, march.year, march.quarter, march.quarter_number) == (
        202403,
        2024,
        20241,
        1,
    )
    assert (march.ordinal, march.days) == (2024 * 12 + 2, 31)
    assert (march.fiscal_year, march.fiscal_quarter) == (2024, 20241)


def test_every_month_has_one_row_and_days_add_up() -> None:
    rows = calendar.months()
    assert [row.month for row in rows] == list(Period(190001, 219912))
    assert sum(row.days for row in rows) == (date(2200, 1, 1) - date(1900, 1, 1)).days


@pytest.mark.parametrize("cut_off", [1, 20, 25, 28, 29, 30, 31])
def test_every_day_is_in_the_month_that_holds_it(cut_off: int) -> None:
    rows = calendar.months(cut_off_day=cut_off, within=Period(202301, 202412))
    for row in rows:
        for step in range(row.days):
            day = row.first_day + timedelta(days=step)
            assert calendar.month_of(day, cut_off) == row.month
        assert day == row.last_day


def test_cut_off_by_hand() -> None:
    assert calendar.month_of(date(2024, 2, 25), 25) == 202402
    assert calendar.month_of(date(2024, 2, 26), 25) == 202403
    assert calendar.month_of(date(2024, 12, 26), 25) == 202501
    assert calendar.month_of(date(2023, 2, 28), 30) == 202302  # February ends before its cut-off
    row = calendar.months(cut_off_day=25, within=Period(202403, 202403))[0]
    assert (row.first_day, row.last_day, row.days) == (date(2024, 2, 26), date(2024, 3, 25), 29)


def test_fiscal_years_are_named_by_their_end() -> None:
    assert calendar.fiscal_year(202403, 4) == 2024
    assert calendar.fiscal_year(202404, 4) == 2025
    assert calendar.fiscal_quarter(202404, 4) == 20251
    assert calendar.fiscal_quarter(202403, 4) == 20244
    assert calendar.fiscal_quarter(202412, 1) == 20244


def test_new_year_stands_in_its_month_only() -> None:
    rows = {row.month: row for row in calendar.months(within=Period(202301, 202403))}
    found = {month: row.chinese_new_year for month, row in rows.items() if row.chinese_new_year}
    assert found == {202301: date(2023, 1, 22), 202402: date(2024, 2, 10)}


def test_new_year_follows_the_cut_off() -> None:
    assert calendar.new_year_month(2025) == 202501
    assert calendar.new_year_month(2025, cut_off_day=25) == 202502
    assert calendar.new_year_month(2009) is None


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="no month of a year"):
        calendar.months(fiscal_start=13)
    with pytest.raises(ValueError, match="no day of a month"):
        calendar.month_of(date(2024, 1, 1), 0)


@pytest.mark.parametrize(("year", "by_law"), [(2023, 11), (2024, 11), (2025, 13), (2026, 13)])
def test_decrees_move_days_and_make_none(year: int, by_law: int) -> None:
    """A holiday by law on a weekend is made up for: so whatever is swapped, a year has its days
    less its weekends less the holidays by law (11, from 2025 on 13)."""
    days = [date(year, 1, 1) + timedelta(days=at) for at in range(366)]
    days = [day for day in days if day.year == year]
    found = calendar.decreed(year)
    assert found is not None
    off, worked = found
    assert all(day.weekday() >= 5 for day in worked) and not off & worked
    weekends = sum(day.weekday() >= 5 for day in days)
    working = sum(day in worked or (day.weekday() < 5 and day not in off) for day in days)
    assert working == len(days) - weekends - by_law
    assert calendar.new_years()[year] in off


def test_a_year_without_a_known_decree_has_none() -> None:
    assert calendar.decreed(2031) is None
