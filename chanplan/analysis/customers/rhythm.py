"""Who orders at its own pace and has fallen silent: risk from gaps between orders.

For accounts that order continuously a model of chance purchases is the wrong one. Here a customer,
after each buying day, leaves for good with one probability for all (q), or comes back after a gap
of its own usual length times a factor; the factors are those of all gaps of comparable customers
(Kaplan and Meier's survival without censoring). Silent for k usual gaps, it has left with
q / (q + (1 − q) S(k)), by Bayes. q is the likeliest for how many gaps ended and who is silent now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from chanplan.analysis.customers.columns import floats

Floats = npt.NDArray[np.float64]
# Buying days from which a customer has a usual gap of its own.
OWN_FROM: Final = 3
# Bounds of q; nobody is certain to leave or to stay.
LEAST_Q: Final = 0.0005
MOST_Q: Final = 0.9
DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True)
class Rhythm:
    """How comparable customers order.

    usual    days, the median of customers' usual gaps, for those without one of their own
    factors  gap ÷ usual gap, ascending, and `above`: the part of all gaps that is longer
    leaving  q, the probability of leaving after a buying day
    gaps     how many gaps this rests on
    """

    usual: float
    factors: Floats
    above: Floats
    leaving: float
    gaps: int


def fit(frame: pd.DataFrame, factors: pd.DataFrame) -> Rhythm | None:
    """From facts of customers and the gaps of those with a usual one: `factor` and `gaps`, how
    many gaps are that many usual gaps long. None where no customer has a usual gap."""
    own = _own(frame)
    if not np.isfinite(own).any() or factors.empty:
        return None
    told = factors.astype({"factor": float, "gaps": int}).groupby("factor")["gaps"].sum()
    count = int(told.sum())
    # Half a gap is kept back: nobody has seen the longest.
    above = (count - told.cumsum().to_numpy() + 0.5) / (count + 1)
    usual = float(np.nanmedian(own))
    first = Rhythm(usual, told.index.to_numpy(dtype=np.float64), above, LEAST_Q, count)
    silent = floats(frame["recency"]) / gaps_of(first, frame)
    ended = np.maximum(floats(frame["days"]) - 1, 0)
    return Rhythm(usual, first.factors, above, _leaving(survival(first, silent), ended), count)


def survival(rhythm: Rhythm, silent: Any) -> Floats:
    """The part of gaps longer than so many usual ones."""
    place = np.searchsorted(rhythm.factors, np.asarray(silent, dtype=np.float64), side="right")
    return np.concatenate([[1.0], rhythm.above])[place]


def gaps_of(rhythm: Rhythm, frame: pd.DataFrame) -> Floats:
    """Each customer's usual gap in days: its own, else that of comparable customers."""
    own = _own(frame)
    return np.maximum(np.where(np.isfinite(own), own, rhythm.usual), 1.0)


def has_own(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Who has a usual gap of its own."""
    return np.isfinite(_own(frame))


def left(rhythm: Rhythm, frame: pd.DataFrame) -> Floats:
    """Each customer's probability of having left, silent as it is."""
    alive = survival(rhythm, floats(frame["recency"]) / gaps_of(rhythm, frame))
    return np.asarray(rhythm.leaving / (rhythm.leaving + (1 - rhythm.leaving) * alive))


def again(rhythm: Rhythm, frame: pd.DataFrame, days: float) -> Floats:
    """Each customer's probability of a buying day within so many days."""
    gap = gaps_of(rhythm, frame)
    silent = floats(frame["recency"]) / gap
    waits = survival(rhythm, silent + days / gap) / survival(rhythm, silent)
    return np.asarray((1 - left(rhythm, frame)) * (1 - waits))


def expected(rhythm: Rhythm, frame: pd.DataFrame, days: float) -> Floats:
    """Each customer's buying days within so many days: one per usual pace while it stays.

    The pace is one per mean gap, the usual one times the mean factor; with q after each, m paces
    give (1 − (1 − q)^m) / q.
    """
    steps = np.diff(rhythm.above, prepend=1.0)
    mean = max(float(-(steps * rhythm.factors).sum()), 0.1)
    paces = days / (gaps_of(rhythm, frame) * mean)
    stays = -np.expm1(paces * np.log1p(-rhythm.leaving)) / rhythm.leaving
    return np.asarray((1 - left(rhythm, frame)) * stays)


def _own(frame: pd.DataFrame) -> Floats:
    return np.where(floats(frame["days"]) >= OWN_FROM, floats(frame["gap"]), np.nan)


def _leaving(alive: Floats, ended: Floats) -> float:
    from scipy.optimize import minimize_scalar

    total = float(ended.sum())

    def loss(q: float) -> float:
        return -(total * float(np.log1p(-q)) + float(np.log(q + (1 - q) * alive).sum()))

    found = minimize_scalar(loss, bounds=(LEAST_Q, MOST_Q), method="bounded")
    return float(found.x)
