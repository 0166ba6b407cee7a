"""What is still to come, worked by hand where the past leaves no doubt, and what always holds."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.analysis.landing import Course, interval, outlooks
from chanplan.analysis.landing.course import DRAWS
from tests.analysis.landing.courses import ahead, course, day


def test_a_constant_goes_on() -> None:
    found = ahead([5.0] * 36, day(2025, 6))
    assert found.state == "ok"
    assert found.by_month == pytest.approx([5.0] * 6)
    assert found.expected == pytest.approx(30.0)
    assert np.median(found.draws) == pytest.approx(30.0, rel=0.01)


def test_a_pure_season_repeats() -> None:
    found = ahead(list(range(1, 13)) * 3, day(2025, 6))
    assert found.method == "last_year"
    assert found.by_month == pytest.approx([1, 2, 3, 4, 5, 6], rel=1e-3)


def test_a_season_that_grows_by_a_tenth_grows_on() -> None:
    year = np.arange(1.0, 13)
    found = ahead(np.concatenate([year, year * 1.1, year * 1.21]), day(2025, 12))
    # A year and a half of months say so; some growth is held back.
    assert 78 * 1.21 * 1.05 < found.expected < 78 * 1.331


def test_a_line_goes_on_but_fades() -> None:
    found = ahead(np.arange(1.0, 37), day(2025, 6))
    assert sum(range(34, 40)) < found.expected < sum(range(37, 43))


def test_nothing_ever_is_told_as_none() -> None:
    found = ahead([0.0] * 36, day(2025, 6))
    assert (found.state, found.method, found.expected) == ("none", "none", 0.0)
    assert not found.draws.any()
    assert len(found.by_month) == 6


def test_one_month_is_carried_on_with_doubt() -> None:
    found = ahead([4.0], day(2022, 4))
    assert found.state == "short"
    assert found.by_month == pytest.approx([4.0] * 3)
    low, high = interval(0, found, 0.8)
    assert low < 9 and high > 15


def test_no_month_at_all_has_no_outlook() -> None:
    found = outlooks({"empty": Course((), np.zeros(0))}, day(2025, 6))["empty"]
    assert (found.state, found.expected, len(found.draws)) == ("none", 0.0, DRAWS)


def test_returns_may_outweigh_sales() -> None:
    found = ahead([-5.0, 3.0] * 18, day(2025, 6))
    assert found.state == "ok"
    assert found.by_month == pytest.approx([-5, 3] * 3, abs=0.01)
    assert found.draws.min() < -6 < found.draws.max()


def test_what_was_never_below_zero_never_falls_below_it() -> None:
    noisy = np.random.default_rng(1).gamma(0.8, 10, 36)
    assert ahead(noisy, day(2025, 1)).draws.min() >= 0


def test_a_few_sales_are_drawn_again() -> None:
    found = ahead([0.0, 0.0, 9.0] * 12, day(2025, 6))
    assert (found.state, found.method) == ("intermittent", "drawn_again")
    assert found.expected == pytest.approx(18.0)
    # Six months without any sale: (2/3)^6 of the draws.
    assert np.mean(found.draws == 0) == pytest.approx((2 / 3) ** 6, abs=0.03)


def test_a_new_series_is_not_taken_for_a_short_one() -> None:
    found = ahead([0.0] * 30 + [5.0, 6, 7, 6], day(2024, 12))
    assert found.state == "new"
    assert found.by_month == pytest.approx([6.0, 6.0], abs=0.7)


def test_three_silent_months_after_steady_sales_are_dying() -> None:
    found = ahead([10.0] * 33 + [0.0] * 3, day(2025, 12))
    assert (found.state, found.method) == ("dying", "fading")
    # It may come back: half of the last six months were sales, and each month keeps 0.8.
    assert found.by_month[:2] == pytest.approx([4.0, 3.2])
    assert (found.draws > 0).any()


def test_out_of_season_is_not_dying() -> None:
    autumn = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 20.0, 60.0, 40.0, 0.5, 0.5, 0.5]
    assert ahead(autumn * 3, day(2025, 6)).state == "ok"


def test_a_fall_to_a_tenth_is_carried_on_at_the_new_level() -> None:
    found = ahead([100.0] * 20 + [10.0] * 4, day(2024, 6))
    assert found.state == "dying"
    assert found.by_month == pytest.approx([10.0] * 6, rel=0.01)


def test_a_partial_month_counts_by_how_much_of_it_is_over() -> None:
    # Expected 10, a quarter over with 4 so far: 0.75 × (0.75 × 10 + 4), then two whole months.
    found = ahead([10.0] * 36 + [4.0], day(2025, 3), covered=0.25)
    assert found.by_month == pytest.approx([0.75 * 11.5, 10.0, 10.0])


def test_a_month_that_is_all_but_over_leaves_all_but_nothing() -> None:
    whole = ahead([10.0] * 36, day(2024, 12))
    nearly = ahead([10.0] * 37, day(2025, 1), covered=0.999)
    assert whole.expected == 0 and not whole.draws.any() and len(whole.by_month) == 0
    assert nearly.expected == pytest.approx(0.01, rel=0.01)


def test_the_same_course_looks_the_same_in_any_company() -> None:
    random = np.random.default_rng(2)
    many = {name: course(random.gamma(4, 10, 36)) for name in "abc"}
    alone = outlooks({"b": many["b"]}, day(2025, 9), seed=3)["b"]
    among = outlooks(many, day(2025, 9), seed=3)["b"]
    assert alone.draws == pytest.approx(among.draws, rel=1e-9)
    other = outlooks({"b": many["b"]}, day(2025, 9), seed=4)["b"]
    assert not np.array_equal(other.draws, alone.draws)


@settings(max_examples=25)
@given(
    st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40),
    st.sampled_from([1.0, 0.3]),
)
def test_whatever_came_the_outlook_is_whole(values: list[float], covered: float) -> None:
    found = ahead(values, day(2026, 3), covered)
    assert np.isfinite(found.draws).all() and len(found.draws) == DRAWS
    assert found.by_month.sum() == pytest.approx(found.expected)
    assert found.draws.min() >= 0


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(13, 40))
def test_intervals_widen_with_the_way_to_go(seed: int, months: int) -> None:
    values = np.random.default_rng(seed).gamma(6, 10, months)
    spans = []
    for further in range(1, 13):
        number = 2022 * 12 + months - 1 + further
        found = ahead(values, date(number // 12, number % 12 + 1, 1))
        low, high = interval(0, found, 0.8)
        spans.append(high - low)
    # Of draws at skewed quantiles a longer way that is expected to bring nothing may round down.
    assert all(after > before * 0.98 for before, after in pairwise(spans))


def test_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        Course((day(2024, 1), day(2024, 3)), np.ones(2))
    with pytest.raises(ValueError, match="number"):
        Course((day(2024, 1),), np.array([np.nan]))
    with pytest.raises(ValueError, match="share"):
        Course((day(2024, 1),), np.ones(1), 1.2)
