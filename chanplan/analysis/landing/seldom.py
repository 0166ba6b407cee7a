"""Series that sell seldom, stop, or never sold: what came is drawn again, month by month."""

from __future__ import annotations

from typing import Final

import numpy as np

from chanplan.analysis.landing.course import DRAWS, Batch, Outlook
from chanplan.analysis.landing.spread import stream
from chanplan.domain.period import MONTHS_A_YEAR

KINDS: Final = ("intermittent", "dying", "none")
# Of a dying series only the last months count, and each month to come keeps so much of it.
_LAST: Final = 3
_KEPT: Final = 0.9
# How far the level of all months to come together may be off: by half, or by a quarter.
_ADRIFT: Final = {"intermittent": 0.25, "dying": 0.5, "none": 0.0}


def outlook(kind: str, batch: Batch, row: int, seed: int) -> Outlook:
    """One series' remainder, of months drawn with replacement from its own.

    Intermittent: from its last two years. Dying: from its last three months, fading further.
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
