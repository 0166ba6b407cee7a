"""One thing that may be unusual, before it is known whether another one is its cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import expm1, pi, sqrt
from statistics import NormalDist

import numpy as np

from chanplan.analysis.unusual.steps import Mask, Numbers

Where = tuple[tuple[str, str], ...]
# Chances that a family of tests calls something unusual where nothing is: together 2.6 %, so
# that of a hundred quiet scopes at most three say anything (Bonferroni within each family).
CHANCES: Mapping[str, float] = {
    "channel": 0.004,
    "region": 0.002,
    "category": 0.002,
    "cell": 0.003,
    "product": 0.003,
    "orders": 0.005,
    "rhythm": 0.005,
    "price": 0.002,
}
# A member below this part of the scope's sales is not tested by name: the rest is, as one.
LEAST_PART = 0.01
# The largest members of a dimension that are tested by name.
MOST_MEMBERS = 40
# Money below this part of the scope's sales is no finding, however sure.
LEAST_MONEY = 0.003
# The rest of a dimension, tested as one member.
OTHERS = "others"
# Beyond three times what is called unusual, more unusual says nothing more.
MOST_UNUSUAL = 3.0


@dataclass(frozen=True)
class Unusual:
    """Something beyond its ordinary range.

    rule     "level", "orders", "rhythm", "price", "unit", "new" or "gone"
    where    dimension and member of the lines it lies in; money: actual − expected
    ratio    how unusual: the statistic in parts of the limit of its family, at least 1
    values   what the rule measured: actual, expected, low, high … in the rule's own unit
    within   dimension and member that hold these lines, not needed to find them
    mirror   who lost what this one won, or won what it lost: told in the same breath
    """

    rule: str
    where: Where
    money: float
    ratio: float
    values: Mapping[str, float] = field(default_factory=dict)
    within: Where = ()
    mirror: Where = ()

    @property
    def weight(self) -> float:
        """By money and by how unusual: what the findings are ranked by."""
        return abs(self.money) * min(self.ratio, MOST_UNUSUAL)

    @property
    def lines(self) -> dict[str, str]:
        """Every member known of these lines."""
        return dict((*self.within, *self.where))


# How many tests were made, and what was found.
Tried = tuple[int, "list[Unusual]"]


def quantile(chance: float, df: float = float("inf")) -> float:
    """The value that Student's t exceeds with this chance (below ½), df ≥ 5; of the normal by
    default. Hill 1970, CACM algorithm 396: six figures, where importing a library takes a second.
    """
    x = -NormalDist().inv_cdf(chance)
    if df == float("inf"):
        return x
    a = 1 / (df - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * df
    y = (d * 2 * chance) ** (2 / df)
    if y > 0.05 + a:
        c = (((0.05 * d * -x - 5) * -x - 7) * -x - 2) * -x + b + c
        y = (((((0.4 * x**2 + 6.3) * x**2 + 36) * x**2 + 94.5) / c - x**2 - 3) / b + 1) * x
        y = expm1(a * y**2)
    else:
        first = 1 / (((df + 6) / (df * y) - 0.089 * d - 0.822) * (df + 2) * 3)
        y = ((first + 0.5 / (df + 4)) * y - 1) * (df + 1) / (df + 2) + 1 / y
    return sqrt(df * y)


@lru_cache(maxsize=512)
def limit(family: str, tests: int, df: float = float("inf")) -> float:
    """How many standard errors are unusual when `tests` members are tested, two-sided."""
    chance = CHANCES[family] / max(tests, 1) / 2
    return quantile(chance, df)


def large_enough(history: Numbers, scope: Numbers) -> Mask:
    """Which rows are tested: at least LEAST_PART of the whole before or now, the largest."""
    before, now = (each / each.sum() if each.sum() > 0 else each * 0 for each in (history, scope))
    part = np.maximum(before, now)
    order = (-part).argsort(kind="stable")
    chosen: Mask = part >= LEAST_PART
    chosen[order[MOST_MEMBERS:]] = False
    return chosen
