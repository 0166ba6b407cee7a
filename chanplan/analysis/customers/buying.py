"""How often each customer will buy again: BG/NBD, fitted by its likelihood.

Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2). While
active a customer buys at its own rate (gamma over customers); after each purchase it leaves with
its own probability (beta over customers). All that counts of a customer is (x, t_x, T): repeat
purchases, weeks from the first to the last, weeks from the first to the day looked from. Customers
alike in all three are one cell, so that a million of them are fitted as fast as their cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
# Natural logarithms between which a parameter is looked for.
BOUNDS: Final = (-7.0, 9.0)
# (r, a, b) to begin from; α begins at as many weeks as the data is wide, by these parts.
STARTS: Final = ((0.3, 0.8, 2.5), (1.0, 1.0, 1.0), (0.6, 0.2, 4.0))
PARTS_OF_SPAN: Final = (0.1, 0.5)
# How near a may come to 1, where the expectation is a limit.
A_ONE: Final = 1e-6


@dataclass(frozen=True)
class Cells:
    """Customers alike in (x, t_x, T), and how many: arrays of one length, times in weeks."""

    x: Floats
    last: Floats
    age: Floats
    count: Floats


@dataclass(frozen=True)
class Buying:
    """A fitted BG/NBD; times in weeks.

    likelihood  the logarithm, over all customers
    at_bound    parameters that ran to the end of where they are looked for: the data does not
                tell them (no dropout, say)
    """

    r: float
    alpha: float
    a: float
    b: float
    likelihood: float
    customers: int
    at_bound: tuple[str, ...] = ()


def cells(x: Any, last: Any, age: Any) -> tuple[Cells, Places]:
    """The cells of customers, and in which of them each customer lies."""
    keys = ["x", "last", "age"]
    told = dict(
        zip(keys, (np.asarray(each, dtype=np.float64) for each in (x, last, age)), strict=True)
    )
    grouped = pd.DataFrame(told).groupby(keys, sort=True)
    place: Places = np.asarray(grouped.ngroup(), dtype=np.int64)
    sizes = grouped.size().reset_index(name="count")
    return Cells(*(sizes[name].to_numpy(dtype=np.float64) for name in (*keys, "count"))), place


def likelihood(parameters: Floats, found: Cells) -> tuple[float, Floats]:
    """The logarithm of the likelihood at (r, α, a, b), and its slope in each of them.

    Their (6): A(r+x, α+T) + [x>0] B(r+x, α+t_x), added as logarithms, so that a hundred
    purchases do not underflow.
    """
    from scipy.special import betaln, digamma, gammaln

    r, alpha, a, b = (float(each) for each in parameters)
    x, last, age, count = found.x, found.last, found.age, found.count
    again = x > 0
    before = np.where(again, b + x - 1, 1.0)
    stays = betaln(a, b + x) - (r + x) * np.log(alpha + age)
    left = np.where(again, betaln(a + 1, before) - (r + x) * np.log(alpha + last), -np.inf)
    both = np.logaddexp(stays, left)
    each = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b) + both
    w = np.exp(stays - both)
    v = 1 - w
    whole = digamma(a + b + x)
    slopes = (
        digamma(r + x)
        - digamma(r)
        + np.log(alpha / (alpha + age))
        + v * np.log((alpha + age) / (alpha + last)),
        r / alpha - (r + x) * (w / (alpha + age) + v / (alpha + last)),
        digamma(a + b) - digamma(a) + w * digamma(a) + v * digamma(a + 1) - whole,
        digamma(a + b) - digamma(b) + w * digamma(b + x) + v * digamma(before) - whole,
    )
    return float(count @ each), np.array([float(count @ slope) for slope in slopes])


def fit(found: Cells) -> Buying:
    """The parameters under which these customers are likeliest, from several starts.

    Raises ValueError without customers.
    """
    customers = float(found.count.sum())
    if not customers:
        raise ValueError("no customers to fit")
    width = max(float(found.age.max()), 1.0)
    starts = [(r, width * part, a, b) for r, a, b in STARTS for part in PARTS_OF_SPAN]
    rough = _by_weeks(found)
    tried = [_climb(np.log(start), rough, 1e-10) for start in starts]
    best = _climb(min(tried, key=lambda one: float(one.fun)).x, found, 1e-14)
    ends = [
        name
        for name, log in zip(("r", "alpha", "a", "b"), best.x, strict=True)
        if min(log - BOUNDS[0], BOUNDS[1] - log) < 1e-3
    ]
    r, alpha, a, b = (float(each) for each in np.exp(best.x))
    return Buying(r, alpha, a, b, -float(best.fun) * customers, round(customers), tuple(ends))


def active(model: Buying, found: Cells) -> Floats:
    """Each cell's probability of being active: their P(active | x, t_x, T).

    Without a repeat it is 1 by construction: nobody leaves before a first repeat. `again` tells
    more of such customers.
    """
    x, last, age = found.x, found.last, found.age
    odds = (model.r + x) * np.log((model.alpha + age) / (model.alpha + last))
    odds += np.log(model.a) - np.log(np.where(x > 0, model.b + x - 1, 1.0))
    return np.where(x > 0, 1 / (1 + np.exp(np.minimum(odds, 700.0))), 1.0)


def again(model: Buying, found: Cells, weeks: float) -> Floats:
    """Each cell's probability of at least one purchase within so many weeks.

    Who is active cannot leave before its next purchase, so that it is P(active) less what a
    gamma of rates leaves without any: 1 − ((α+T)/(α+T+t))^(r+x).
    """
    waits = (model.r + found.x) * np.log1p(weeks / (model.alpha + found.age))
    return active(model, found) * -np.expm1(-waits)


def expected(model: Buying, found: Cells, weeks: float) -> Floats:
    """Each cell's expected purchases within so many weeks: their (10), with Gauss's 2F1."""
    from scipy.special import hyp2f1

    a = model.a if abs(model.a - 1) > A_ONE else 1 + A_ONE  # at 1 it is 0 by 0
    whole = a + model.b + found.x - 1
    z = weeks / (model.alpha + found.age + weeks)
    # Euler's form of their 2F1(r+x, b+x; a+b+x−1; z): no parameter grows with x but the last,
    # so that nothing overflows, and the power before it takes up theirs.
    series = (1 - z) ** (a - 1) * hyp2f1(a + model.b - 1 - model.r, a - 1, whole, z)
    return np.asarray(active(model, found) * whole / (a - 1) * (1 - series))


def _climb(start: Floats, found: Cells, tolerance: float) -> Any:
    """The best parameters from a start, as logarithms, in scipy's words."""
    from scipy.optimize import minimize

    customers = float(found.count.sum())

    def loss(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(logs)
        value, slope = likelihood(parameters, found)
        return -value / customers, -slope * parameters / customers

    options = {"maxiter": 500, "ftol": tolerance, "gtol": 1e-9}
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[BOUNDS] * 4, options=options)


def _by_weeks(found: Cells) -> Cells:
    """Fewer cells, to begin from: times in fours of weeks."""
    rough = np.column_stack([found.x, np.round(found.last / 4) * 4, np.round(found.age / 4) * 4])
    keys, place = np.unique(rough, axis=0, return_inverse=True)
    counts: Floats = np.bincount(place.ravel(), weights=found.count).astype(np.float64)
    return Cells(keys[:, 0], keys[:, 1], keys[:, 2], counts)
