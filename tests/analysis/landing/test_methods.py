"""Each way on by itself, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from chanplan.analysis.landing import newyear
from chanplan.analysis.landing.methods import METHODS, damped, last_year, regression
from chanplan.analysis.landing.seasons import season

START = 2022 * 12
YEAR = np.array([4.0, 2, 3, 3, 3, 5, 4, 3, 3, 2, 3, 1])


def test_last_year_moves_by_the_growth_on_the_year_before() -> None:
    # 12 × 10, then 12 × 20: (240 + 3 × 20) / (120 + 3 × 20) = 5/3, of last year's 20.
    past = np.array([[10.0] * 12 + [20.0] * 12])
    assert last_year(past, START, 2) == pytest.approx(np.array([[100 / 3, 100 / 3]]))


def test_last_year_of_sums_below_zero_moves_by_an_amount() -> None:
    # −5 a month more: (−120 + 60) / 15 = −4 are believed.
    past = np.array([[-5.0] * 12 + [-10.0] * 12])
    assert last_year(past, START, 1) == pytest.approx(np.array([[-14.0]]))


def test_a_season_seen_three_times_alike_is_nearly_believed() -> None:
    # Three equal years leave no noise but the doubt: 3 × spread / (24 + 6), a third of it in
    # each mean of three, so 1 − 1/30 of the effects are kept.
    found = season(np.tile(YEAR, 3)[None, :], START)
    assert found.relative.tolist() == [True]
    assert found.effects[0] == pytest.approx((YEAR / 3 - 1) * (29 / 30))


def test_a_season_seen_once_is_half_believed() -> None:
    # One year: nothing left over, doubt 6 × spread / 2 over 0 + 6 months: half of it.
    found = season(YEAR[None, :], START)
    assert found.effects[0] == pytest.approx((YEAR / 3 - 1) / 2)


def test_noise_is_no_season() -> None:
    noise = np.random.default_rng(3).normal(100, 20, (200, 36))
    kept = np.abs(season(noise, START).effects).mean()
    raw = np.abs(noise.reshape(200, 3, 12).mean(axis=1) / 100 - 1).mean()
    assert kept < raw / 2


def test_taking_a_season_out_and_putting_it_back_changes_nothing() -> None:
    past = np.array([np.tile(YEAR, 3), np.tile(YEAR - 3, 3)])
    found = season(past, START)
    assert found.put_back(found.without(past, START), START) == pytest.approx(past)
    assert found.relative.tolist() == [True, False]


def test_the_damped_trend_carries_a_line_on_but_less_and_less() -> None:
    said = damped(np.arange(1.0, 37)[None, :], START, 12)[0]
    steps = np.diff(said)
    assert said[0] > 36 and (steps > 0).all() and steps[-1] < steps[0] < 1.2


def test_the_regression_finds_a_season_and_speaks_of_no_log_of_zero() -> None:
    past = np.array([np.tile(YEAR, 3), np.tile(YEAR, 3)])
    past[1, 5] = 0
    said = regression(past, START, 12)
    assert said[0] == pytest.approx(YEAR, rel=0.1)
    assert np.isnan(said[1]).all()


def test_the_regression_moves_new_year_by_its_date() -> None:
    # A month sells 100 and twice that in the weeks of buying: January 2022 and 2023 (New Year on
    # 1 February and 22 January) hold them, February 2024 (10 February) has a part.
    festival = newyear.shares(START, 60)[:, 0]
    sold = 100 * np.exp(festival)
    said = regression(sold[None, :48], START, 2)[0]
    # 2026: New Year on 17 February, so February sells more than January.
    assert said[1] > said[0]
    assert said == pytest.approx(sold[48:50], rel=0.12)


def test_days_before_new_year_and_its_holidays() -> None:
    # 2024: New Year on 10 February, its eve on the 9th; 28 days before are 12 January to
    # 8 February: 20 of 31 and 8 of 29 days. The holidays are 9 to 16 February.
    january, february = newyear.shares(2024 * 12, 2)
    assert january == pytest.approx([20 / 31, 0])
    assert february == pytest.approx([8 / 29, 8 / 29])


def test_every_method_says_something_of_one_month_except_in_logs() -> None:
    for name, method in METHODS.items():
        said = method(np.array([[7.0]]), START, 3)
        if name == "regression":
            assert np.isnan(said).all()
        else:
            assert said == pytest.approx(np.full((1, 3), 7.0))


def test_last_year_is_half_of_a_mean_year() -> None:
    # June has 2 of 24 and 4 of 26: half of its 4, half of 26 by the mean share. The growth is
    # (26 + 3 · 26/12) / (24 + 3 · 26/12).
    first, second = np.full(12, 2.0), np.array([2.0] * 5 + [4.0] + [2.0] * 6)
    past = np.concatenate([first, second])[None, :]
    doubt = 3 * 26 / 12
    times = (26 + doubt) / (24 + doubt)
    mean = 26 * (1 / 12 + 4 / 26) / 2
    assert last_year(past, START, 6)[0, 5] == pytest.approx((4 + mean) / 2 * times)


def test_the_damped_trend_believes_half_of_a_season() -> None:
    """Three equal years: the season comes back with its level in one half, the other is near the
    year's mean; so a month lies about half as far from it as it did."""
    said = damped(np.tile(YEAR, 3)[None, :], START, 12)[0]
    away, was = said - said.mean(), YEAR - YEAR.mean()
    assert np.corrcoef(away, was)[0, 1] > 0.95
    assert 0.4 < away.std() / was.std() < 0.6
