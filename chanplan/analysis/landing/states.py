"""What kind of history a series has, where it needs another way on than the usual."""

from __future__ import annotations

from typing import Final

import numpy as np

from chanplan.analysis.landing.course import Numbers
from chanplan.domain.period import MONTHS_A_YEAR

# A course is short below two years, which show each month of the year no more than once or twice.
_SHORT: Final = 2 * MONTHS_A_YEAR
# Sold in fewer than three of four months: on average more than 1.32 months from sale to sale,
# from where Syntetos, Boylan and Croston (2005) call demand intermittent.
_OFTEN: Final = 1 / 1.32
# Three months that bring less than a fifth of the same months a year ago and of the year before,
# and less than half of any three months since.
_RECENT: Final = 3
_FADED: Final = 0.2


def states(past: Numbers, earlier: int) -> list[str]:
    """The state of each row of `past`, which begins with its first sale; `earlier` is how many
    months without one the course has before that. See `Outlook` for the states."""
    months = past.shape[1]
    if months == 0:
        return ["none"] * len(past)
    usual = "new" if earlier > 0 and months < MONTHS_A_YEAR else "ok"
    usual = "short" if usual == "ok" and months + earlier < _SHORT else usual
    found = np.full(len(past), usual, dtype=object)
    lately = past[:, -_SHORT:]
    found[(lately != 0).mean(axis=1) < _OFTEN] = "intermittent"
    found[dying(past)] = "dying"
    found[(past == 0).all(axis=1)] = "none"
    return [str(state) for state in found]


def dying(past: Numbers) -> np.ndarray:
    """Which rows have all but stopped: not merely out of season, not merely seldom."""
    months = past.shape[1]
    if months < 2 * _RECENT:
        return np.zeros(len(past), dtype=bool)
    now = past[:, -_RECENT:].sum(axis=1)
    before = past[:, -_RECENT - MONTHS_A_YEAR : -_RECENT]
    usual = before.mean(axis=1) * _RECENT
    faded = (usual > 0) & (now < _FADED * usual) & ((before != 0).mean(axis=1) >= _OFTEN)
    threes = np.lib.stride_tricks.sliding_window_view(before, _RECENT, axis=1).sum(axis=2)
    faded &= now < threes.min(axis=1) / 2
    if months >= MONTHS_A_YEAR + _RECENT:
        then = past[:, -_RECENT - MONTHS_A_YEAR : -MONTHS_A_YEAR].sum(axis=1)
        faded &= now < _FADED * then
    return np.asarray(faded)
