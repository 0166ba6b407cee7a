"""Where a series has left its level for another, what came before is carried to the new one."""

from __future__ import annotations

from typing import Final

import numpy as np

from chanplan.analysis.landing.course import Numbers
from chanplan.domain.period import MONTHS_A_YEAR

# Another level: this many times the year before, or this part of it.
_TIMES: Final = 3.0
# So many months show it at least: two freak months are a stock-out, or a holiday.
_FEWEST: Final = 3


def levelled(past: Numbers) -> tuple[Numbers, np.ndarray]:
    """`past` (series × months) with a broken series' older months at its new level, and which
    rows were broken. Only rows that are never below zero are looked at.

    Broken: the months since lie at more than three times the year before them, or less than a
    third, and their middle lies outside of all it had. A whole year stands
    before them, so that a season is no break. Of several places the sharpest counts.
    """
    series, months = past.shape
    times, place = np.ones(series), np.full(series, months)
    steady = (past >= 0).all(axis=1)
    for since in range(max(MONTHS_A_YEAR, months - MONTHS_A_YEAR + 1), months - _FEWEST + 1):
        before, after = past[:, since - MONTHS_A_YEAR : since], past[:, since:]
        usual, now = before.mean(axis=1), after.mean(axis=1)
        middle = np.median(after, axis=1)
        fell = (now < usual / _TIMES) & (middle < before.min(axis=1))
        rose = (now > usual * _TIMES) & (middle > before.max(axis=1)) & (usual > 0)
        ratio = now / np.where(usual > 0, usual, 1.0)
        sharper = np.abs(_log(ratio)) > np.abs(_log(times))
        found = steady & (fell | rose) & sharper
        times, place = np.where(found, ratio, times), np.where(found, since, place)
    old = np.arange(months) < place[:, None]
    return np.where(old, past * times[:, None], past), place < months


def _log(ratio: Numbers) -> Numbers:
    return np.log(np.maximum(ratio, 1e-9))
