"""How far a share lies from what its own history makes ordinary.

A share of sales made of orders that come by chance scatters alike, large or small, on the
scale of asin(√share) (Bartlett 1947; Anscombe 1948), and stands nought as well. There the mean
over the scope is held against the history: `t` is their difference in standard errors, as of a
prediction (a history of n steps, q new ones: s²·(1/q + 1/n)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chanplan.analysis.unusual.steps import SEASON_FROM, STEPS_A_YEAR, Numbers, Steps

# Parts of itself by which a share may drift in a year without being news: a channel that grows
# five per cent a year beside a company that stands still.
DRIFT = 0.06


@dataclass(frozen=True)
class Judged:
    """One entry per member.

    t          standard errors between the scope and what the history expects
    df         degrees of freedom of the scatter
    expected   the share that the history expects; error: its standard error, on the scale
    """

    t: Numbers
    df: int
    expected: Numbers
    error: Numbers

    def ordinary(self, limit: float) -> tuple[Numbers, Numbers]:
        """The shares between which a member lies unless it is unusual."""
        scale, reach = on_scale(self.expected), limit * self.error
        return from_scale(scale - reach), from_scale(scale + reach)


def on_scale(shares: Numbers) -> Numbers:
    """asin(√share); a negative share (more came back than was sold) counts as none."""
    return np.asarray(np.arcsin(np.sqrt(np.clip(shares, 0.0, 1.0))))


def from_scale(scaled: Numbers) -> Numbers:
    """The share again."""
    return np.asarray(np.sin(np.clip(scaled, 0.0, np.pi / 2)) ** 2)


def judge(shares: Numbers, over: Steps, season: bool, drift: float = DRIFT) -> Judged:
    """In: members × steps from `over.first`. `season`: whether members have seasons of their
    own; they are known from two whole years on, as the same steps of earlier years."""
    scaled, length = on_scale(shares), len(over.history)
    past, now = scaled[:, :length], scaled[:, length:]
    seasonal = season and length >= SEASON_FROM
    spread, df = _scatter(past, over, seasonal)
    expected, seen = _expected(past, over, seasonal)
    runs = _runs(spread.residuals)
    variance = spread.variance * runs * (1 / now.shape[1]) * (1 + seen)
    years = (length + now.shape[1]) / 2 / STEPS_A_YEAR
    moved = drift * years * np.tan(expected.mean(axis=1)) / 2
    error = np.sqrt(variance + moved**2)
    gap = (now - expected).mean(axis=1)
    t = np.divide(gap, error, out=np.zeros_like(gap), where=error > 0)
    return Judged(t, df, from_scale(expected.mean(axis=1)), error)


@dataclass(frozen=True)
class _Spread:
    residuals: Numbers
    variance: Numbers


def _scatter(past: Numbers, over: Steps, seasonal: bool) -> tuple[_Spread, int]:
    """What is left of the history when its years (and steps of the year) have their own means:
    a member that has slowly grown does not seem to scatter."""
    at = np.array(over.history)
    back = (over.now - 1 - at) // STEPS_A_YEAR
    groups = [back, at % STEPS_A_YEAR] if seasonal else [back]
    design = np.hstack([(group[:, None] == np.unique(group)).astype(float) for group in groups])
    fitted, _, rank, _ = np.linalg.lstsq(design, past.T, rcond=None)
    residuals = past - (design @ fitted).T
    df = max(int(len(at) - rank), 1)
    return _Spread(residuals, (residuals**2).sum(axis=1) / df), df


def _expected(past: Numbers, over: Steps, seasonal: bool) -> tuple[Numbers, float]:
    """What each step of the scope should show, and that estimate's variance in parts of s²,
    counted for the mean over the scope."""
    q = len(over.scope)
    if not seasonal:
        mean = past.mean(axis=1, keepdims=True)
        return np.repeat(mean, q, axis=1), q / past.shape[1]
    at = np.array(over.history)
    same = [np.flatnonzero(at % STEPS_A_YEAR == step % STEPS_A_YEAR) for step in over.scope]
    columns = [past[:, where].mean(axis=1) for where in same]
    return np.stack(columns, axis=1), float(np.mean([1 / len(where) for where in same]))


def _runs(residuals: Numbers) -> Numbers:
    """How much more a mean scatters when good and bad steps come in runs: (1 + ρ)/(1 − ρ) with
    the lag-one correlation ρ, never below one, nor beyond three where a short history errs."""
    squares = (residuals**2).sum(axis=1)
    lagged = (residuals[:, 1:] * residuals[:, :-1]).sum(axis=1)
    rho = np.divide(lagged, squares, out=np.zeros_like(squares), where=squares > 0)
    rho = np.clip(rho, 0.0, 0.5)
    return np.asarray((1 + rho) / (1 - rho))
