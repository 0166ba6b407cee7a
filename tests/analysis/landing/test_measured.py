"""What landings are compared with, worked by hand on a series of ones and twos."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from benchmarks.landing_references import run_rate, same_of_last_year, usual_miss
from benchmarks.landing_replay import stands
from benchmarks.landing_series import Series
from benchmarks.landing_worlds import MONTHS, WORLDS, simulated
from benchmarks.landing_worlds import SERIES as SERIES_EACH

# 2023: one a day; 2024 (366 days): two a day.
SERIES = Series("made", "one", date(2023, 1, 1), np.array([1.0] * 365 + [2.0] * 366))


def test_a_course_knows_what_was_known_that_evening() -> None:
    course = SERIES.course(date(2024, 2, 10))
    assert course.values[-3:].tolist() == [31.0, 62.0, 20.0]
    assert course.covered == 10 / 29
    assert len(course.months) == 14 and course.months[-1] == date(2024, 2, 1)


def test_run_rate_and_last_year() -> None:
    span = date(2024, 1, 1), date(2024, 3, 31), date(2024, 12, 31)
    assert run_rate(SERIES, *span) == pytest.approx(732.0)
    # 91 days of two, and the 275 days of one from April to December 2023.
    assert same_of_last_year(SERIES, *span) == 182 + 275


def test_the_usual_miss_is_that_of_sums_a_year_apart() -> None:
    # 24 months: 22 sums of three, of which ten have one a year later. That of months i to i + 2
    # is 3, the later one 6.
    past = np.array([1.0] * 12 + [2.0] * 12)
    assert usual_miss(past, 3) == pytest.approx(3.0)
    # Two and a half months are told as five sixths of three.
    assert usual_miss(past, 2.5) == pytest.approx(2.5)


def test_periods_begin_after_a_year_and_end_with_the_data() -> None:
    told = list(stands(SERIES.start, SERIES.last))
    years = [each for each in told if each.kind == "year"]
    assert {each.last for each in years} == {date(2024, 12, 31)}
    assert len(years) == 11 and len(told) == 11 + 4 * 5
    assert [each.known for each in years if each.part] == [
        date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30),
    ]  # fmt: skip
    assert all(each.first <= each.known < each.last for each in told)


def test_a_period_may_have_less_than_a_year_before_it() -> None:
    told = list(stands(SERIES.start, SERIES.last, 6))
    assert min(each.first for each in told) == date(2023, 7, 1)


def test_simulated_worlds_come_again_and_groups_differ() -> None:
    one, again, other = (list(simulated(group)) for group in ("A", "A", "B"))
    assert len(one) == len(WORLDS) * SERIES_EACH
    assert all(np.array_equal(a.days, b.days) for a, b in zip(one, again, strict=True))
    assert not np.array_equal(one[0].days, other[0].days)
    assert all(len(each.months()) == MONTHS for each in one[::SERIES_EACH])
