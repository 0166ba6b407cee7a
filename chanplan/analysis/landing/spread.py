"""How far the remainder may stray from what is expected, and draws of it."""

from __future__ import annotations

import zlib
from collections.abc import Hashable, Sequence
from statistics import NormalDist
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import DRAWS, Numbers

# Rehearsals' worth of belief in the plain rule below beside what was rehearsed.
_RULE: Final = 4
# The plain rule: months stray each by themselves, and all of them together by this part of a month.
_TOGETHER: Final = 0.1
# Where a single month's error is not known: this part of a month.
_UNKNOWN: Final = 0.4
# Tails of a t distribution with so many degrees of freedom: a spread known from few months.
_FREEDOM: Final = 8


def spread(errors: Numbers, months: Numbers, first_share: float) -> Numbers:
    """Standard deviation of the sum of all months to come, one per series.

    errors: origins × series × ahead as `Chosen` has them; months: series × ahead as expected;
    first_share: how much of the first month is still to come. From the errors of the remainder
    itself, not of single months, since these go together; never less than of a shorter way.
    """
    ahead = months.shape[1]
    weights = np.ones(ahead)
    weights[0] = first_share
    sums = np.cumsum(errors * weights, axis=2)
    came = np.isfinite(sums)
    count = came.sum(axis=0)
    seen = np.where(came, sums, 0.0)
    rehearsed = (seen**2).sum(axis=0) / np.maximum(count, 1)
    usual = np.abs(months).mean(axis=1)
    single = np.isfinite(errors)
    one = (np.where(single, errors, 0.0) ** 2).sum(axis=(0, 2)) + (_UNKNOWN * usual) ** 2
    one /= single.sum(axis=(0, 2)) + 1
    steps = np.cumsum(weights)
    rule = one[:, None] * np.cumsum(weights**2) + (_TOGETHER * usual[:, None] * steps) ** 2
    # Rehearsals of a long way overlap; they are worth as many as would not.
    worth = count / np.maximum(np.sqrt(steps), 1)
    variance = (worth * rehearsed + _RULE * rule) / (worth + _RULE)
    return np.sqrt(np.maximum.accumulate(variance, axis=1)[:, -1])


def draws(
    keys: Sequence[Hashable], mean: Numbers, deviation: Numbers, bounded: np.ndarray, seed: int
) -> Numbers:
    """series × DRAWS with these means and deviations, each series' order its own.

    Where `bounded` (never below zero so far) they are skewed as a log-normal is, so that none is
    below zero; else symmetric. Quantiles are drawn without gaps: the same odds for any seed, up
    to how series go together.
    """
    shapes = _quantiles()[None, :]
    part = np.where(mean > 0, deviation / np.where(mean > 0, mean, 1.0), 0.0)
    sigma = np.sqrt(np.log1p(part**2))[:, None]
    skewed = np.exp(sigma * shapes)
    skewed *= (mean / skewed.mean(axis=1))[:, None]
    even = mean[:, None] + deviation[:, None] * shapes
    sorted_draws = np.where((bounded & (mean > 0))[:, None], skewed, even)
    for row, key in enumerate(keys):
        order = stream(key, seed).permutation(DRAWS)
        sorted_draws[row] = sorted_draws[row, order]
    return sorted_draws


def stream(key: Hashable, seed: int) -> np.random.Generator:
    """Chance of a series' own: what else is asked for does not change it."""
    return np.random.default_rng([seed, zlib.crc32(repr(key).encode())])


def _quantiles() -> Numbers:
    """DRAWS quantiles of a t distribution with variance one (Cornish and Fisher's expansion)."""
    at = (np.arange(DRAWS) + 0.5) / DRAWS
    z = np.array([NormalDist().inv_cdf(each) for each in at])
    t = z + (z**3 + z) / (4 * _FREEDOM) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * _FREEDOM**2)
    result: Numbers = t / t.std()
    return result
