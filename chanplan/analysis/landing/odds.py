"""How likely a target is to be reached, as a share of simulated remainders and in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import Outlook

# From which chance on a word is said. Even odds are 有望; three in ten are 悬.
WORDS: Final = ((0.8, "likely"), (0.5, "fair"), (0.2, "open"), (0.0, "hard"))


def p_hit(actual: Decimal | float, target: Decimal | float, outlook: Outlook) -> float:
    """The share of simulated remainders with actual + remainder ≥ target (definitions §6).

    actual: what the period has so far, in the target's unit. Never falls when actual rises.
    """
    missing = float(target) - float(actual)
    # A cent's worth of floating point must not miss a target that is exactly reached.
    return float(np.mean(outlook.draws >= missing - 1e-9 * max(1.0, abs(float(target)))))


def odds_word(p: float) -> str:
    """Of the chance as it is shown: "likely" 很可能, "fair" 有望, "open" 悬, "hard" 很难."""
    return next(word for least, word in WORDS if odds_step(p) >= least)


def odds_step(p: float) -> float:
    """The chance in tenths, half up."""
    return int(p * 10 + 0.5) / 10


def interval(actual: Decimal | float, outlook: Outlook, share: float) -> tuple[float, float]:
    """Where the period lands in `share` of the draws, as much left out below as above."""
    tail = (1 - share) / 2
    low, high = np.quantile(outlook.draws, [tail, 1 - tail])
    return float(actual) + float(low), float(actual) + float(high)
