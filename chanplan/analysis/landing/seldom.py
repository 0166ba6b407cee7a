"""Series that sell seldom, stop, or never sold: what came is drawn again, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import DRAWS, Batch, Numbers, Outlook
from chanplan.analysis.landing.spread import stream
from chanplan.domain.period import MONTHS_A_YEAR

# Of a dying series the last months count, the silent ones and as many before them (it may come
# back); each month to come keeps so much of it.
_LAST: Final = 6
_KEPT: Final = 0.8
# How far the level of all months to come together may be off: by half, or by a quarter.
_ADRIFT: Final = {"intermittent": 0.25, "dying": 0.5, "none": 0.0}


def meant(kinds: Sequence[str], broken: np.ndarray, months: Numbers) -> list[bool]:
    """Which series go on this way: all that sell seldom or never, and the dying ones unless they
    have a new level above zero, which the usual methods carry on."""
    level = broken & (months > 0).any(axis=1)
    return [
        kind in ("intermittent", "none") or (kind == "dying" and not carried)
        for kind, carried in zip(kinds, level, strict=True)
    ]


def outlook(kind: str, batch: Batch, row: int, seed: int) -> Outlook:
    """One series' remainder, of months drawn with replacement from its own.

    Intermittent: from its last two years. Dying: from its last six months, fading further.
    The level of a whole draw strays as well, since it is known from few sales.
    """
    past = batch.past[row]
    own = past[-_LAST:] if kind == "dying" else past[-2 * MONTHS_A_YEAR :]
    shares = np.ones(batch.ahead)
    shares[0] = 1 - batch.covered
    if kind == "dying":
        shares *= _KEPT ** np.arange(1, batch.ahead + 1)
    random = stream(batch.keys[row], seed)
    picked = random.choice(own, (DRAWS, batch.ahead))
    adrift = _ADRIFT[kind]
    level = np.exp(adrift * random.standard_normal(DRAWS) - adrift**2 / 2)
    drawn = (picked @ shares) * level
    by_month = own.mean() * shares
    method = {"intermittent": "drawn_again", "dying": "fading", "none": "none"}[kind]
    return Outlook(kind, method, float(by_month.sum()), drawn, by_month)
