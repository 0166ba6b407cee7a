"""Draws of a series that has left its level: it stays at the new one, or goes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from chanplan.analysis.landing.choosing import Chosen
from chanplan.analysis.landing.course import DRAWS, Batch, Numbers
from chanplan.analysis.landing.levels import Levels
from chanplan.analysis.landing.spread import draws, month_strays, stream

# A stray time goes on for another month as often as not, and is as likely as a new level before
# its first month was over.
_GOES_ON: Final = 0.5
# Small sales stray more than large ones: their deviation, as a part of them, grows with this
# power of how much smaller they are (Taylor's law of 1961 with an exponent of one and a half).
_SMALLER: Final = 0.25
_LEAST: Final = 1e-4
# A level of less than so much of a month is not known better than that.
_SEEN: Final = 0.3
# Levels are the same up to this part.
_EXACT: Final = 1e-9
# A chance of less is none.
_NONE: Final = 0.02


@dataclass(frozen=True, eq=False)
class Draft:
    """Months to come at the new level (series × ahead), and how far their sum strays, as a part
    of it (one per series)."""

    months: Numbers
    strays: Numbers


def shifted(
    batch: Batch, levels: Levels, months: Numbers, drawn: Numbers, new: Draft, seed: int
) -> tuple[Numbers, Numbers]:
    """Months and draws (series × ahead, series × DRAWS) where rows may have left their level.

    months, drawn: as if none had; new: as if all were at `levels.times` for good. In each draw a
    share of what is to come is drawn at the new level and the rest at the old one; the months lie
    where the middle of the draws does.
    """
    months, drawn = months.copy(), drawn.copy()
    rows = np.flatnonzero((levels.chance > _NONE) & (months.sum(axis=1) > 0))
    keys = [("new", batch.keys[row]) for row in rows]
    middle = new.months[rows].sum(axis=1)
    fresh = draws(keys, middle, new.strays[rows] * middle, np.full(len(rows), True), seed)
    for at, row in enumerate(rows):
        share = shares(int(levels.since[row]), levels.chance[row], batch.ahead, batch.covered)
        share = stream(("share", batch.keys[row]), seed).permutation(share)
        drawn[row] = share * fresh[at] + (1 - share) * drawn[row]
        months[row] = between(new.months[row], months[row], float(np.median(drawn[row])))
    return months, drawn


def strays(usual: Chosen, deviation: Numbers, levels: Levels, covered: float) -> Numbers:
    """The deviation of what is to come at the new level, as a part of it, one per series.

    As at the old one, and that of a level known from a few months only; both the more the smaller
    the level is. `deviation` is that of the sum at the old level.
    """
    whole = usual.months.sum(axis=1)
    part = deviation / np.where(whole > 0, whole, np.inf)
    seen = np.maximum(levels.since + covered, _SEEN)
    off = month_strays(usual.errors, usual.said, usual.months) / np.sqrt(seen)
    smaller = np.clip(levels.times, _LEAST, 1.0) ** -_SMALLER
    return np.asarray(smaller * np.hypot(part, off))


def shares(since: int, chance: float, ahead: int, covered: float) -> Numbers:
    """How much of what is to come lies at the new level, in each of DRAWS draws, ascending.

    None of it if nothing left (1 − chance); all of it if the level is new for good; else as many
    months as the stray time goes on. `since` months of it were seen; `covered` is how much of the
    first month to come is over.
    """
    times = np.arange(ahead + 1)
    goes_on = np.where(times < ahead, (1 - _GOES_ON) * _GOES_ON**times, _GOES_ON**ahead)
    if since == 0:
        # Told by a partial month alone, which itself belongs to it.
        goes_on = np.append(0.0, np.append(goes_on[:-2], goes_on[-2:].sum()))
    months = np.append(1 - covered, np.ones(ahead - 1))
    upto = np.append(0.0, months.cumsum()) / months.sum()
    stays = 1 / (1 + _GOES_ON ** (max(since, 1) - 1))
    weights = np.concatenate([[1 - chance], chance * (1 - stays) * goes_on, [chance * stays]])
    at = (np.arange(DRAWS) + 0.5) / DRAWS
    place = np.searchsorted(weights.cumsum(), at)
    return np.asarray(np.concatenate([[0.0], upto, [1.0]])[np.minimum(place, len(upto) + 1)])


def between(new: Numbers, old: Numbers, middle: float) -> Numbers:
    """Months that sum to `middle`, as far from those at one level to those at the other as their
    sums ask for; never below zero."""
    apart = old.sum() - new.sum()
    part = (middle - new.sum()) / apart if abs(apart) > _EXACT * old.sum() else 0.0
    mixed = np.maximum(new + part * (old - new), 0.0)
    return np.asarray(mixed * (middle / mixed.sum()) if mixed.sum() > 0 else mixed)
