"""Where a series has left its level for another, and how likely that is after so few months."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log, pi
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import Numbers
from chanplan.domain.period import MONTHS_A_YEAR

# Another level: this many times the year before, or this part of it.
TIMES: Final = 3.0
# Before anything is seen, one series in so many has just left its level.
_ONE_IN: Final = 20
# Where a level may go: anywhere in so wide a span of logs, down or up.
_WIDE: Final = 8.0
# No month counts as less than this part of the usual, and none strays by less than a tenth.
_LEAST: Final = 0.01
_CALM: Final = 0.1
# Half over, a month strays by this more (in logs), since days go by their own rules.
_PARTIAL: Final = 0.5


@dataclass(frozen=True, eq=False)
class Levels:
    """One of each per row.

    past    series × months, all at the level that the row has had before
    since   for so many whole months it lies elsewhere; 0: not yet, or only in a partial month
    times   where it lies now, beside the level before: 1 where it never left, perhaps 0
    chance  that it did leave, and did not merely stray
    """

    past: Numbers
    since: np.ndarray
    times: Numbers
    chance: Numbers


def levelled(past: Numbers, so_far: Numbers | None = None, covered: float = 0.0) -> Levels:
    """The levels of each row of `past`; `so_far` is what a partial month after it has shown.

    Left: the last months lie at more than three times the year before them, or less than a third.
    How likely that is no chance: by Bayes' rule from what Student's t says of the mean of so many
    more logs (the year's mean and spread being estimated) against any level at all. Of several
    places the likeliest counts. Where a row was ever below zero or has no year, nothing left.
    """
    series, months = past.shape
    since, times, chance = np.zeros(series, dtype=int), np.ones(series), np.zeros(series)
    steady = np.asarray((past >= 0).all(axis=1))
    for count in range(1, min(MONTHS_A_YEAR - 1, months - MONTHS_A_YEAR) + 1):
        year, after = past[:, months - count - MONTHS_A_YEAR : months - count], past[:, -count:]
        ratio, likely = _left(year, after)
        better = steady & (likely > chance)
        since, times = np.where(better, count, since), np.where(better, ratio, times)
        chance = np.where(better, likely, chance)
    # What is as likely to have strayed goes on as it is.
    sure = chance > 1 / 2
    since, times = np.where(sure, since, 0), np.where(sure, times, 1.0)
    chance = np.where(sure, chance, 0.0)
    found = Levels(_lifted(past, times, since), since, times, chance)
    return found if so_far is None or not covered else _also(found, past, so_far, covered)


def _left(year: Numbers, after: Numbers, more: float = 0.0) -> tuple[Numbers, Numbers]:
    """How far months lie from the year before them, and the chance that it is another level."""
    usual, count = year.mean(axis=1), after.shape[1]
    ratio = np.where(usual > 0, after.mean(axis=1) / np.where(usual > 0, usual, 1.0), 1.0)
    floor = np.where(usual > 0, _LEAST * usual, 1.0)[:, None]
    before, now = np.log(np.maximum(year, floor)), np.log(np.maximum(after, floor))
    strays = np.hypot(np.maximum(before.std(axis=1, ddof=1), _CALM), more)
    scale = strays * np.sqrt(1 / count + 1 / MONTHS_A_YEAR)
    away = (now.mean(axis=1) - before.mean(axis=1)) / scale
    odds = _log_density(away, MONTHS_A_YEAR - 1) - np.log(scale) + log(_WIDE) + log(_ONE_IN - 1)
    likely = 1 / (1 + np.exp(np.clip(odds, -50, 50)))
    far = (usual > 0) & (np.maximum(ratio, 1 / np.maximum(ratio, 1e-9)) > TIMES)
    return ratio, np.asarray(np.where(far, likely, 0.0))


def _log_density(at: Numbers, freedom: int) -> Numbers:
    """Of Student's t."""
    height = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2
    return np.asarray(height - (freedom + 1) / 2 * np.log1p(at**2 / freedom))


def _also(found: Levels, past: Numbers, so_far: Numbers, covered: float) -> Levels:
    """What a partial month says besides: that a row is leaving, or that it is back."""
    if past.shape[1] < MONTHS_A_YEAR:
        return found
    more = _PARTIAL * np.sqrt((1 - covered) / covered)
    pace = so_far[:, None] / covered
    ratio, likely = _left(found.past[:, -MONTHS_A_YEAR:], pace, more)
    likely = np.where((past >= 0).all(axis=1), covered * likely, 0.0)
    first = found.since == 0
    # Nearer to the level before than to the one since.
    away = np.abs(np.log(np.maximum(found.times, _LEAST)))
    back = ~first & (np.abs(np.log(np.maximum(ratio, _LEAST))) < away / 2)
    chance = np.where(back, (1 - covered) * found.chance, found.chance)
    return Levels(
        past=found.past,
        since=found.since,
        times=np.where(first & (likely > 0), ratio, found.times),
        chance=np.where(first, likely, chance),
    )


def _lifted(past: Numbers, times: Numbers, since: np.ndarray) -> Numbers:
    """The months since put back to the level before; silent ones stand at its mean."""
    place = np.arange(past.shape[1])
    new = place >= past.shape[1] - since[:, None]
    year = ~new & (place >= past.shape[1] - since[:, None] - MONTHS_A_YEAR)
    usual = (past * year).sum(axis=1) / np.maximum(year.sum(axis=1), 1)
    sold = times > 0
    lifted = past / np.where(sold, times, 1.0)[:, None]
    return np.where(new, np.where(sold[:, None], lifted, usual[:, None]), past)
