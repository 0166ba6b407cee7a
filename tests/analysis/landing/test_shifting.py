"""Draws where a level was left, or may be: counted by hand, and what always holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.analysis.landing import interval
from chanplan.analysis.landing.course import DRAWS
from chanplan.analysis.landing.shifting import between, shares
from chanplan.analysis.landing.unforeseen import unforeseen
from tests.analysis.landing.courses import ahead, day


def test_after_one_month_it_stays_as_often_as_it_goes_back() -> None:
    # Half is new for good; of the other half a half is over now, a quarter a month later …
    found = shares(1, 1.0, 3, 0.0)
    part = {share: (found == share).mean() for share in np.unique(found)}
    assert list(part) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert list(part.values()) == pytest.approx([0.25, 0.125, 0.0625, 0.5 + 0.0625], abs=0.002)


def test_the_longer_it_lasts_the_likelier_it_stays() -> None:
    means = [shares(since, 1.0, 6, 0.0).mean() for since in range(1, 8)]
    assert means == sorted(means)
    assert (shares(3, 1.0, 6, 0.0) == 1).mean() > 0.8 and means[-1] > 0.98


def test_a_partial_month_belongs_to_what_it_tells() -> None:
    # Three quarters are over: what is left of it is a quarter of 1.25 months.
    found = shares(0, 0.4, 2, 0.75)
    assert (found == 0).mean() == pytest.approx(0.6, abs=0.002)
    assert found[found > 0].min() == pytest.approx(0.2)


@given(st.integers(0, 11), st.floats(0.03, 1), st.integers(1, 12), st.floats(0, 0.99))
def test_shares_are_shares(since: int, chance: float, ahead_: int, covered: float) -> None:
    found = shares(since, chance, ahead_, covered)
    assert len(found) == DRAWS and found.min() >= 0 and found.max() <= 1 + 1e-12
    assert (np.diff(found) >= 0).all()


def test_months_lie_between_both_levels() -> None:
    new, old = np.array([1.0, 2.0]), np.array([10.0, 20.0])
    assert between(new, old, 16.5) == pytest.approx([5.5, 11.0])
    assert between(old, old, 30.0) == pytest.approx([10.0, 20.0])


def test_a_fall_of_one_month_leaves_both_ways_open() -> None:
    random = np.random.default_rng(4)
    past = np.append(random.gamma(20, 5, 24), 3.0)
    found = ahead(past, day(2024, 7))
    low, high = interval(0, found, 0.8)
    assert low < 40 < 400 < high
    assert found.by_month.sum() == pytest.approx(found.expected)
    # After three months at it the new level is thought likely.
    later = ahead(np.append(past, [3.0, 4.0]), day(2024, 9))
    assert np.mean(later.draws < 200) > 0.75 and later.expected < 60


def test_small_sales_stray_more_than_large_ones() -> None:
    random = np.random.default_rng(5)
    past = random.gamma(20, 5, 22)
    wide = []
    for times in (1 / 5, 1 / 50):
        found = ahead(np.append(past, past[-6:] * times), day(2024, 12))
        low, high = interval(0, found, 0.5)
        wide.append((high - low) / found.expected)
    assert wide[1] > wide[0] * 1.2


def test_what_nobody_sees_comes_as_often_down_as_up_and_less_with_history() -> None:
    found = unforeseen(12, 12)
    broken = found != 1
    # 1 − (1 − 0.5 / 60)^12 of the draws.
    assert broken.mean() == pytest.approx(1 - (1 - 0.5 / 60) ** 12, abs=0.005)
    assert (found[broken] < 1).mean() == pytest.approx(0.5, abs=0.1)
    assert found.min() > 0 and found.max() < 10
    assert (unforeseen(60, 12) != 1).mean() < broken.mean() / 1.5
    assert (unforeseen(12, 1) != 1).mean() < broken.mean() / 5


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([1, 2, 3, 6]), st.sampled_from([1.0, 0.4]))
def test_a_fallen_series_is_whole_and_says_the_same_again(
    seed: int, months: int, covered: float
) -> None:
    random = np.random.default_rng(seed)
    past = np.append(random.gamma(9, 10, 20), random.gamma(0.5, 2, months))
    one, other = (ahead(past, day(2024, 12), covered) for _ in range(2))
    assert np.array_equal(one.draws, other.draws)
    assert one.draws.min() >= 0 and np.isfinite(one.draws).all()
    assert one.by_month.sum() == pytest.approx(one.expected)
    assert (one.by_month >= 0).all()
