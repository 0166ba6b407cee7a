"""What a customer spends each time it buys: the gamma–gamma model, fitted by its likelihood.

Fader, Hardie (2013), "The Gamma-Gamma Model of Monetary Value". What a customer spends differs
from purchase to purchase around its own mean (gamma, shape p), and the means differ between
customers (gamma with q and γ). Who has bought little is drawn towards the mean of everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
BOUNDS: Final = (-5.0, 9.0)
# (p, q, γ in means of everybody) to begin from.
STARTS: Final = ((1.0, 2.0, 1.0), (6.0, 4.0, 0.5), (2.0, 1.2, 0.3))
# Of more customers so many are drawn, by a seed: their parameters lie within a percent or two.
MOST_FITTED: Final = 40_000
SEED: Final = 20130101
# Under this q the mean of everybody is so uncertain that nobody is drawn towards it.
LEAST_Q: Final = 1.05


@dataclass(frozen=True)
class Spending:
    """A fitted gamma–gamma model, γ in money.

    mean  what everybody spends at a purchase on average, p γ / (q − 1); None for a q with no mean
    """

    p: float
    q: float
    gamma: float
    likelihood: float
    customers: int

    @property
    def mean(self) -> float | None:
        """The mean of everybody's means, in money."""
        return self.p * self.gamma / (self.q - 1) if self.q >= LEAST_Q else None


def fit(x: Any, mean: Any) -> Spending | None:
    """From customers' purchases (≥ 1) and their mean spend; who has none above zero is left out.
    `customers` and `likelihood` are those of the customers fitted, MOST_FITTED at most.

    None where nobody is left.
    """
    from scipy.optimize import minimize

    x, mean = np.asarray(x, dtype=np.float64), np.asarray(mean, dtype=np.float64)
    kept = (x > 0) & (mean > 0) & np.isfinite(mean)
    x, mean = x[kept], mean[kept]
    if not len(x):
        return None
    if len(x) > MOST_FITTED:
        drawn = np.random.default_rng(SEED).choice(len(x), MOST_FITTED, replace=False)
        x, mean = x[drawn], mean[drawn]
    scale = float(mean.mean())

    def loss(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(logs)
        value, slope = likelihood(parameters, x, mean / scale)
        return -value / len(x), -slope * parameters / len(x)

    tried = [
        minimize(loss, np.log(start), jac=True, method="L-BFGS-B", bounds=[BOUNDS] * 3,
                 options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8})
        for start in STARTS
    ]  # fmt: skip
    best = min(tried, key=lambda one: float(one.fun))
    p, q, gamma = (float(each) for each in np.exp(best.x))
    value = -float(best.fun) * len(x) - len(x) * float(np.log(scale))
    return Spending(p, q, gamma * scale, value, len(x))


def likelihood(parameters: Floats, x: Floats, mean: Floats) -> tuple[float, Floats]:
    """The logarithm of the likelihood at (p, q, γ), their (1), and its slope in each of them."""
    from scipy.special import betaln, digamma

    p, q, gamma = (float(each) for each in parameters)
    pooled = gamma + x * mean
    each = q * np.log(gamma) - betaln(p * x, q) + (p * x - 1) * np.log(mean)
    each = each + p * x * np.log(x) - (p * x + q) * np.log(pooled)
    both = digamma(p * x + q)
    slopes = (
        x * (both - digamma(p * x) + np.log(mean) + np.log(x) - np.log(pooled)),
        both - digamma(q) + np.log(gamma) - np.log(pooled),
        q / gamma - (p * x + q) / pooled,
    )
    return float(each.sum()), np.array([float(np.sum(slope)) for slope in slopes])


def expected(model: Spending, x: Any, mean: Any) -> Floats:
    """What each customer is expected to spend at a purchase: p (γ + x z̄) / (p x + q − 1).

    Who has spent nothing on balance counts as spending nothing; where q has no mean, everybody
    spends its own mean.
    """
    x, mean = np.asarray(x, dtype=np.float64), np.asarray(mean, dtype=np.float64)
    own = np.maximum(mean, 0.0)
    if model.q < LEAST_Q:
        return np.asarray(own)
    drawn = model.p * (model.gamma + x * own) / (model.p * x + model.q - 1)
    return np.asarray(np.where((x > 0) & (own == 0), 0.0, drawn))
