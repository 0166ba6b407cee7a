"""How far the remainder may stray from what is expected, and draws of it."""

from __future__ import annotations

import zlib
from collections.abc import Hashable, Sequence
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import DRAWS, Numbers

# Rehearsals' worth of belief in the plain rule below beside what was rehearsed.
_RULE: Final = 4
# The plain rule: months stray each by themselves, and all of them together by this part of that
# variance, since the level they stray from was estimated from a handful of months.
_TOGETHER: Final = 0.25
# Short of so many rehearsed months, each missing one counts as an error of this part of a month.
_FEW: Final = 6
_UNKNOWN: Final = 0.4
# Nothing is known better than this part of a month.
_LEAST: Final = 0.005
# An earlier error is carried to today's size at most by this.
_MOST_GROWN: Final = 4.0
# Tails of a t distribution with so many degrees of freedom: a spread known from a dozen months.
_FREEDOM: Final = 12


def spread(
    errors: Numbers, said: Numbers, months: Numbers, bounded: np.ndarray, first_share: float
) -> Numbers:
    """Standard deviation of the sum of all months to come, one per series.

    errors, said: origins × series × ahead as `Chosen` has them; months: series × ahead as
    expected; first_share: how much of the first month is still to come. From the errors of the
    remainder itself, not of single months, since these go together; never less than of a shorter
    way. Where `bounded`, an error counts as a part of what was said.
    """
    weights = np.ones(months.shape[1])
    # Days stray by themselves: a quarter of a month strays by half of what the month does.
    weights[0] = np.sqrt(first_share)
    sums = np.cumsum(errors * weights, axis=2) * _grown(said * weights, months * weights, bounded)
    came = np.isfinite(sums)
    count = came.sum(axis=0)
    rehearsed = (np.where(came, sums, 0.0) ** 2).sum(axis=0) / np.maximum(count, 1)
    steps = np.cumsum(weights)
    together = np.cumsum(weights**2) + _TOGETHER * steps**2
    rule = _of_a_month(errors * _grown(said, months, bounded), months)[:, None] * together
    # Rehearsals of a long way overlap; they are worth as many as would not.
    worth = count / np.maximum(np.sqrt(steps), 1)
    variance = (worth * rehearsed + _RULE * rule) / (worth + _RULE)
    result: Numbers = np.sqrt(np.maximum.accumulate(variance, axis=1)[:, -1])
    return result


def _grown(said: Numbers, months: Numbers, bounded: np.ndarray) -> Numbers:
    """origins × series × ahead: how much larger what is said now is than what was, up to each
    month; 1 where not `bounded`."""
    now, then = np.cumsum(months, axis=1), np.cumsum(said, axis=2)
    times = np.where(then > 0, now / np.where(then > 0, then, 1.0), 1.0)
    kept = np.clip(times, 1 / _MOST_GROWN, _MOST_GROWN)
    return np.asarray(np.where(bounded[:, None], kept, 1.0))


def _of_a_month(errors: Numbers, months: Numbers) -> Numbers:
    """The variance of a single month to come, one per series."""
    usual = np.abs(months).mean(axis=1)
    came = np.isfinite(errors)
    known = came.sum(axis=(0, 2))
    missing = np.maximum(_FEW - known, 0)
    sums = (np.where(came, errors, 0.0) ** 2).sum(axis=(0, 2)) + missing * (_UNKNOWN * usual) ** 2
    return np.asarray(np.maximum(sums / (known + missing), (_LEAST * usual) ** 2))


def month_strays(errors: Numbers, said: Numbers, months: Numbers) -> Numbers:
    """How far a single month strays, as a part of it, of series that are never below zero."""
    usual = months.mean(axis=1)
    grown = _grown(said, months, np.full(len(months), True))
    variance = _of_a_month(errors * grown, months)
    return np.asarray(np.sqrt(variance) / np.where(usual > 0, usual, np.inf))


def draws(
    keys: Sequence[Hashable],
    middle: Numbers,
    deviation: Numbers,
    bounded: np.ndarray,
    seed: int,
    factors: Numbers | float = 1.0,
) -> Numbers:
    """series × DRAWS around these middles with these deviations, each series' order its own.

    Where `bounded` (never below zero so far) they are skewed as a log-normal is, so that none is
    below zero; else symmetric. Quantiles are drawn without gaps: the same odds for any seed, up
    to how series go together. `factors`, one per quantile, come on top.
    """
    shapes = _quantiles()[None, :]
    part = np.where(middle > 0, deviation / np.where(middle > 0, middle, 1.0), 0.0)
    sigma = np.sqrt(np.log1p(part**2))[:, None]
    skewed = middle[:, None] * np.exp(sigma * shapes)
    even = middle[:, None] + deviation[:, None] * shapes
    sorted_draws = np.where((bounded & (middle > 0))[:, None], skewed, even) * factors
    for row, key in enumerate(keys):
        order = stream(key, seed).permutation(DRAWS)
        sorted_draws[row] = sorted_draws[row, order]
    return sorted_draws


def stream(key: Hashable, seed: int) -> np.random.Generator:
    """Chance of a series' own: what else is asked for does not change it."""
    return np.random.default_rng([seed, zlib.crc32(repr(key).encode())])


@cache
def _quantiles() -> Numbers:
    """DRAWS quantiles of a t distribution (the expansion of Cornish and Fisher)."""
    at = (np.arange(DRAWS) + 0.5) / DRAWS
    z = np.array([NormalDist().inv_cdf(each) for each in at])
    t = z + (z**3 + z) / (4 * _FREEDOM) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * _FREEDOM**2)
    return np.asarray(t)
