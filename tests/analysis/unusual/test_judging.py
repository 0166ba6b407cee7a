"""The scale, the limits and the steps, by hand and against an independent library."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from chanplan.analysis.unusual import judging
from chanplan.analysis.unusual.candidate import CHANCES, large_enough, limit, quantile
from chanplan.analysis.unusual.steps import Steps, month_of, number, steps
from chanplan.domain.period import Period


@pytest.mark.parametrize("df", [5, 10, 21, 40, 400])
@pytest.mark.parametrize("chance", [0.2, 0.01, 0.0002, 0.00001])
def test_the_quantile_is_student_s(chance: float, df: float) -> None:
    assert quantile(chance, df) == pytest.approx(stats.t.isf(chance, df), rel=2e-5)
    assert quantile(chance) == pytest.approx(stats.norm.isf(chance), rel=1e-6)


def test_a_family_of_more_tests_asks_for_more() -> None:
    assert limit("channel", 8, 20) == pytest.approx(stats.t.isf(0.004 / 16, 20), rel=1e-5)
    assert limit("channel", 9, 20) > limit("channel", 8, 20) > limit("channel", 8, 40)
    assert sum(CHANCES.values()) <= 0.03


def test_january_and_february_are_one_step() -> None:
    assert number(202401) == number(202402) == number(202403) - 1 == number(202312) + 1
    assert [month_of(number(month)) for month in (202402, 202403, 202412)] == [
        202401, 202403, 202412,
    ]  # fmt: skip
    over = steps(202301, Period(202502, 202503))
    assert (len(over.history), len(over.scope)) == (22, 2)
    assert not steps(202301, Period(202501, 202501)).is_enough  # its February is to come
    assert len(steps(202302, Period(202401, 202402)).history) == 10  # begun in the middle


def test_eighteen_months_are_enough_and_fewer_are_not() -> None:
    assert steps(202301, Period(202407, 202407)).is_enough
    assert not steps(202301, Period(202405, 202405)).is_enough


def test_t_of_a_plain_history_by_hand() -> None:
    """Sixteen steps that swing by ±d about m, of two years; one new step at m + 4d."""
    swing = np.array([0.5 + 0.01 * (-1) ** at for at in range(16)])
    shares = judging.from_scale(np.append(swing, 0.5 + 0.04))[None, :]
    over = Steps(0, 16, 17)
    judged = judging.judge(shares, over, season=False, drift=0.0)
    # Two years of 11 and 5 steps have means of their own: Σ r² = 0.0001·(16 − 1/11 − 1/5).
    error = np.sqrt(0.0001 * (16 - 1 / 11 - 1 / 5) / 14 * (1 + 1 / 16))
    assert judged.df == 14
    assert judged.t[0] == pytest.approx(0.04 / error, rel=1e-9)
    low, high = judged.ordinary(2.0)
    assert low[0] == pytest.approx(np.sin(0.5 - 2 * error) ** 2)
    assert high[0] == pytest.approx(np.sin(0.5 + 2 * error) ** 2)


def test_a_season_of_two_years_is_no_news() -> None:
    """A peak in every June is ordinary in the third, and unusual only without its season."""
    step = np.arange(33)
    noise = 0.004 * np.sin(step * 2.4)
    scaled = 0.4 + 0.2 * (step % 11 == 4) + noise
    shares = judging.from_scale(scaled[: 22 + 5])[None, :]
    over = Steps(0, 26, 27)
    assert abs(judging.judge(shares, over, season=True).t[0]) < 2
    assert abs(judging.judge(shares, over, season=False).t[0]) > 2


def test_runs_of_good_and_bad_steps_make_a_mean_less_sure() -> None:
    over = Steps(0, 20, 24)
    apart = np.array([[0.4 + 0.02 * (-1) ** at for at in range(20)] + [0.46] * 4])
    runs = np.array([[0.4 + 0.02 * (-1) ** (at // 4) for at in range(20)] + [0.46] * 4])
    t = [judging.judge(judging.from_scale(each), over, season=False).t[0] for each in (apart, runs)]
    assert t[0] > 1.3 * t[1] > 0


def test_small_members_are_not_tested_by_name() -> None:
    history, scope = np.array([990.0, 9.0, 1.0]), np.array([100.0, 0.5, 1.1])
    assert large_enough(history, scope).tolist() == [True, False, True]
    assert large_enough(np.ones(50), np.ones(50)).sum() == 40
