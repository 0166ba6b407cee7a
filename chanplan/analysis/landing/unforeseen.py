"""What nobody can see coming: a series may leave its level at any time of what is still to come."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import DRAWS, Numbers
from chanplan.analysis.landing.levels import TIMES

# Half a break in four years before anything is seen (Jeffreys' prior of a rate), and none in the
# months that are: those that were seen are carried.
_BREAKS: Final = 0.5
_YEARS_OF_DOUBT: Final = 48
# A level that rises does so by ten times at most; one that falls may come to nothing.
_MOST: Final = 10.0
# Steps whose multiples fill the unit interval evenly, each unlike the other (Weyl 1916).
_EVEN: Final = (0.6180339887498949, 0.7548776662466927)


@cache
def unforeseen(known: int, ahead: float) -> Numbers:
    """DRAWS factors of what is to come: mostly 1, else what a new level makes of it.

    known: months of history; ahead: months still to come. The chance of a break within them falls
    with history. It comes at any time, as often down as up, by TIMES and more (half of them by
    twice that). The factors are spread evenly over the draws, without chance.
    """
    monthly = _BREAKS / (_YEARS_OF_DOUBT + known)
    breaks = 1 - (1 - monthly) ** ahead
    at = np.arange(DRAWS) + 0.5
    first, second = (at * step % 1 for step in _EVEN)
    # Of those that break, how much of what is to come lies after it.
    after = np.where(first < breaks, first / max(breaks, 1e-9), 0.0)
    down = second < 1 / 2
    times = TIMES / np.maximum(1 - 2 * second % 1, 1e-4)
    level = np.where(down, 1 / times, np.minimum(times, _MOST))
    return np.asarray(1 + after * (level - 1))
