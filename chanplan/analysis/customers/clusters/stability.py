"""Whether groups come again: the same search on customers drawn anew, held against the first."""

from __future__ import annotations

import numpy as np

from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.fitting import SEED, Fit, Labels, kmeans

# Draws for each number of groups, of at most so many rows. More rows would take longer and agree
# more: so many are the stricter judge.
DRAWS = 20
MOST_DRAWN = 5_000
# Below this the groups are called unstable.
STABLE = 0.75


def stability(units: Numbers, first: Fit, draws: int = DRAWS, starts: int = 1) -> float:
    """The median adjusted Rand index between the groups of a fit and those of fits to rows drawn
    with replacement, all rows told apart by both (Hennig 2007, after Ben-Hur et al. 2002)."""
    size = min(len(units), MOST_DRAWN)
    labels, k = first.labels(units), len(first.centres)
    found = []
    for draw in range(draws):
        rows = np.random.default_rng([SEED, draw]).integers(0, len(units), size)
        again = kmeans(units[rows], k, seed=SEED + draw, starts=starts).labels(units)
        found.append(adjusted_rand(labels, again))
    return float(np.median(found))


def adjusted_rand(one: Labels, other: Labels) -> float:
    """How far two groupings of the same rows agree: 1 wholly, 0 as far as by chance (Hubert and
    Arabie 1985)."""
    wide = int(other.max()) + 1
    cells = np.bincount(one * wide + other, minlength=(int(one.max()) + 1) * wide)
    table = cells.reshape(-1, wide).astype(np.float64)
    both = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = rows * columns / _pairs(np.array(float(len(one))))
    most = (rows + columns) / 2
    return 1.0 if most == expected else float((both - expected) / (most - expected))


def _pairs(count: Numbers) -> Numbers:
    return count * (count - 1) / 2
