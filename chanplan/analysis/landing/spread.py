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
# The plain rule: months stray each by themselves, and all of them together by this part of a month.
_TOGETHER: Final = 0.15
# A level since a few months only may be off by as much as itself.
_NEW_LEVEL: Final = 1.0
# Where a single month's error is not known: this part of a month.
_UNKNOWN: Final = 0.4
# Tails of a t distribution with so many degrees of freedom: a spread known from few months.
_FREEDOM: Final = 8


# An earlier error is carried to today's size at most by this.
_MOST_GROWN: Final = 4.0


def spread(
    errors: Numbers, said: Numbers, months: Numbers, bounded: np.ndarray, first_share: float
) -> Numbers:
    """Standard deviation of the sum of all months to come, one per series.

    errors, said: origins × series × ahead as `Chosen` has them; months: series × ahead as
    expected; first_share: how much of the first month is still to come. From the errors of the
    remainder itself, not of single months, since these go together; never less than of a shorter
    way. Where `bounded`, an error counts as a part of what was said.
    """
    ahead = months.shape[1]
    weights = np.ones(ahead)
    # Days stray by themselves: a quarter of a month strays by half of what the month does.
    weights[0] = np.sqrt(first_share)
    sums = np.cumsum(errors * weights, axis=2)
    now = np.cumsum(months * weights, axis=1)
    then = np.cumsum(said * weights, axis=2)
    grown = np.where(then > 0, now / np.where(then > 0, then, 1.0), 1.0)
    grown = np.where(bounded[:, None], np.clip(grown, 1 / _MOST_GROWN, _MOST_GROWN), 1.0)
    sums *= grown
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


def adrift(deviation: Numbers, months: Numbers, broken: np.ndarray) -> Numbers:
    """The deviation where a level is new: it may be off by _NEW_LEVEL in all months together."""
    off = np.where(broken, _NEW_LEVEL * np.abs(months.sum(axis=1)), 0.0)
    return np.hypot(deviation, off)


def draws(
    keys: Sequence[Hashable], middle: Numbers, deviation: Numbers, bounded: np.ndarray, seed: int
) -> Numbers:
    """series × DRAWS around these middles with these deviations, each series' order its own.

    Where `bounded` (never below zero so far) they are skewed as a log-normal is, so that none is
    below zero; else symmetric. Quantiles are drawn without gaps: the same odds for any seed, up
    to how series go together.
    """
    shapes = _quantiles()[None, :]
    part = np.where(middle > 0, deviation / np.where(middle > 0, middle, 1.0), 0.0)
    sigma = np.sqrt(np.log1p(part**2))[:, None]
    skewed = middle[:, None] * np.exp(sigma * shapes)
    even = middle[:, None] + deviation[:, None] * shapes
    sorted_draws = np.where((bounded & (middle > 0))[:, None], skewed, even)
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
