"""How many groups there are: each number tried, judged by how far groups lie apart and whether
they come again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chanplan.analysis.customers.clusters.choice import LEAST_K, MOST_K
from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.fitting import SEED, Fit, kmeans
from chanplan.analysis.customers.clusters.silhouette import silhouettes
from chanplan.analysis.customers.clusters.stability import STABLE, stability

# Rows that the search looks at; of more it draws so many, by a seed.
SAMPLE = 20_000
# Fewer customers a group on average are no groups.
LEAST_A_GROUP = 5
# Below it no structure worth the name was found (Kaufman and Rousseeuw 1990, table 4: up to 0.25).
MEANINGFUL = 0.25


@dataclass(frozen=True)
class Tried:
    """A number of groups: mean silhouette, stability (median adjusted Rand index), the share of
    customers in the largest group, and the fit to the sample."""

    k: int
    silhouette: float
    stability: float
    largest: float
    fit: Fit


def sample(units: Numbers) -> Numbers:
    """At most SAMPLE rows, the same ones of the same rows."""
    if len(units) <= SAMPLE:
        return units
    rows = np.random.default_rng(SEED).choice(len(units), SAMPLE, replace=False)
    return units[np.sort(rows)]


def search(units: Numbers, most: int = MOST_K) -> list[Tried]:
    """Every number of groups that so many different rows can make, tried on these rows."""
    different = len(np.unique(units, axis=0))
    most = min(most, different - 1, len(units) // LEAST_A_GROUP)
    fits = [kmeans(units, k) for k in range(LEAST_K, most + 1)]
    labels = [fit.labels(units) for fit in fits]
    apart = silhouettes(units, labels)
    return [
        Tried(
            len(fit.centres),
            apart[at],
            stability(units, fit),
            float(np.bincount(labels[at]).max() / len(units)),
            fit,
        )
        for at, fit in enumerate(fits)
    ]


def proposed(tried: list[Tried]) -> Tried:
    """The groups that lie farthest apart of those that are stable; else of all."""
    stable = [one for one in tried if one.stability >= STABLE]
    return max(stable or tried, key=lambda one: (round(one.silhouette, 6), -one.k))
