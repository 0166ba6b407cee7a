"""What a planner would say without chanplan: the run rate, last year, statsmodels' ETS."""

from __future__ import annotations

import importlib.util
import math
import warnings
from datetime import date
from functools import cache

import numpy as np

from benchmarks.landing_series import Series
from chanplan.analysis.landing.course import Numbers, ordinal_of
from chanplan.domain.period import MONTHS_A_YEAR

HAS_ETS = importlib.util.find_spec("statsmodels") is not None


def run_rate(series: Series, first: date, known: date, last: date) -> float:
    """What the period has so far, carried on evenly day by day to its end."""
    passed, whole = (known - first).days + 1, (last - first).days + 1
    return series.between(first, known) * whole / passed


def same_of_last_year(series: Series, first: date, known: date, last: date) -> float:
    """Seasonal naive: what the period has so far and what last year had from here to its end."""
    rest = series.between(_year_before(known), _year_before(last))
    rest -= series.between(_year_before(known), _year_before(known))
    return series.between(first, known) + rest


def usual_miss(past: Numbers, months: float) -> float:
    """How far sums of so many months lay from those of a year before, on average, in the past.

    The scale of MASE for a remainder (Hyndman and Koehler 2006), and the spread of the seasonal
    naive with normal errors."""
    width = max(1, math.ceil(months))
    sums = np.convolve(past, np.ones(width), "valid")
    apart = np.abs(sums[MONTHS_A_YEAR:] - sums[:-MONTHS_A_YEAR])
    if not len(apart):
        return float(np.abs(np.diff(past)).mean() * width)
    return float(apart.mean() * months / width)


def ets(past: Numbers, ahead: int) -> Numbers:
    """statsmodels' exponential smoothing: none or damped trend, none or additive or
    multiplicative season, chosen by AICc as its authors do (Hyndman et al. 2002)."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    seasons: list[str | None] = [None]
    if len(past) >= 2 * MONTHS_A_YEAR:
        seasons += ["add", "mul"] if (past > 0).all() else ["add"]
    best, said = math.inf, np.repeat(past[-MONTHS_A_YEAR:].mean(), ahead)
    for trend in (None, "add"):
        for season in seasons:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                fitted = ExponentialSmoothing(
                    past,
                    trend=trend,
                    damped_trend=trend is not None,
                    seasonal=season,
                    seasonal_periods=MONTHS_A_YEAR if season else None,
                    initialization_method="estimated",
                ).fit()
            # Too few months for so many parameters give no AICc.
            score = fitted.aicc if np.isfinite(fitted.aicc) else math.inf
            if score < best:
                best, said = score, np.asarray(fitted.forecast(ahead))
    return said


@cache
def _ets_from(series: Series, whole: int) -> Numbers:
    """A year from its first so many months on; quarters and years end within it."""
    return ets(series.months()[:whole], MONTHS_A_YEAR)


def by_ets(series: Series, first: date, known: date, last: date) -> float:
    """What the period has so far and ETS's months from here to its end, a part of the first."""
    course = series.course(known)
    whole = len(course.values) - (1 if course.covered < 1 else 0)
    ahead = ordinal_of(last) - (ordinal_of(series.start) + whole) + 1
    said = _ets_from(series, whole)[:ahead].copy()
    if course.covered < 1:
        said[0] *= 1 - course.covered
    return series.between(first, known) + float(said.sum())


def _year_before(day: date) -> date:
    # 29 February has none; the day before stands for it.
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
