"""Where a series left its level: worked by hand, beside scipy's t, and what must never count."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from chanplan.analysis.landing.levels import levelled

NOISY = np.exp(np.random.default_rng(3).normal(3, 0.5, 24))[None, :]


def test_a_new_level_is_told_with_its_ratio_and_its_months() -> None:
    past = np.array([[100.0] * 18 + [20.0] * 4, [100.0] * 22, [10.0] * 18 + [40.0] * 4])
    found = levelled(past)
    assert found.since.tolist() == [4, 0, 4]
    assert found.times == pytest.approx([0.2, 1.0, 4.0])
    assert found.chance[[0, 2]].min() > 0.99 and found.chance[1] == 0
    # All of it stands at the level before.
    assert found.past == pytest.approx(np.array([[100.0] * 22, [100.0] * 22, [10.0] * 22]))


def test_silence_leaves_the_level_before() -> None:
    found = levelled(np.array([[50.0, 150.0] * 8 + [0.0, 0.0]]))
    assert (found.since[0], found.times[0]) == (2, 0.0)
    assert found.past[0, -2:] == pytest.approx([100.0, 100.0])


def test_the_chance_is_that_of_student_against_any_level() -> None:
    past = np.concatenate([NOISY, [[1.0]]], axis=1)
    year = np.log(past[0, -13:-1])
    scale = year.std(ddof=1) * np.sqrt(1 + 1 / 12)
    strayed = stats.t.pdf(0.0, 11, loc=year.mean(), scale=scale)
    # One in twenty leaves its level, for anywhere in eight logs.
    expected = (1 / 20 / 8) / (1 / 20 / 8 + 19 / 20 * strayed)
    assert levelled(past).chance[0] == pytest.approx(expected, rel=1e-6)
    assert expected > 0.9


def test_a_low_month_among_wild_ones_is_no_new_level() -> None:
    wild = np.array([[100.0, 5, 300, 20, 4, 150, 60, 9, 220, 30, 3, 90, 100, 12, 200, 2]])
    assert levelled(wild).since[0] == 0


def test_a_season_is_no_new_level() -> None:
    autumn = np.tile([1.0, 1, 1, 1, 1, 1, 30, 60, 30, 1, 1, 1], 3)[None, :32]
    assert levelled(autumn).since[0] == 0


def test_less_than_a_year_before_or_a_return_says_nothing() -> None:
    assert levelled(np.array([[100.0] * 11 + [1.0]])).since[0] == 0
    assert levelled(np.array([[100.0] * 20 + [-1.0] + [1.0] * 3])).since[0] == 0
    assert levelled(np.zeros((2, 20))).since.tolist() == [0, 0]


def test_a_partial_month_says_as_much_as_is_over_of_it() -> None:
    steady = np.full((1, 24), 100.0)
    found = levelled(steady, np.array([1.0]), 0.5)
    assert (found.since[0], found.times[0]) == (0, 0.02)
    assert found.chance[0] == pytest.approx(0.5, abs=0.05)
    assert levelled(steady, np.array([45.0]), 0.5).chance[0] == 0


def test_a_partial_month_back_at_the_old_level_takes_the_new_one_back() -> None:
    fallen = np.array([[100.0] * 20 + [2.0]])
    sure = levelled(fallen).chance[0]
    back = levelled(fallen, np.array([80.0]), 0.75)
    assert back.chance[0] == pytest.approx(sure / 4)
    assert levelled(fallen, np.array([1.5]), 0.75).chance[0] == sure


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.floats(0.01, 1e4))
def test_another_unit_changes_nothing(seed: int, unit: float) -> None:
    past = np.random.default_rng(seed).gamma(1.5, 10, (3, 20))
    past[:, -2:] /= 40
    one, other = levelled(past), levelled(past * unit)
    assert one.since.tolist() == other.since.tolist()
    assert one.chance == pytest.approx(other.chance)
    assert one.past * unit == pytest.approx(other.past)


def test_steady_companies_hardly_ever_leave_their_level() -> None:
    random = np.random.default_rng(8)
    assert (levelled(random.gamma(4, 10, (2000, 30))).since > 0).mean() < 0.01
