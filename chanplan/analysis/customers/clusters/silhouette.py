"""How far groups lie apart: the mean silhouette, for several groupings of the same rows at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.fitting import SEED, Labels

# Rows beside rows at once: distances that stay in the processor's cache.
_BLOCK = 500
# Up to so many rows distances are worked out to the last digit.
_FEW = 3_000
# Of more rows so many are judged, each against all: a mean over them is within 0.01 of the mean
# over all, 19 times in 20 (silhouettes have a standard deviation of about 0.3).
JUDGED = 4_000


def silhouettes(units: Numbers, groupings: Sequence[Labels]) -> list[float]:
    """The mean silhouette of each grouping (labels 0…k−1), −1…1 (Rousseeuw 1987).

    The distances of pairs are worked out once for all groupings: their sums by group are one
    product with the groups' members. A group of one has silhouette 0; of a single group there is
    none, NaN. Of more than JUDGED rows, so many are judged by a seed.
    """
    sizes = [np.bincount(labels).astype(np.float64) for labels in groupings]
    rows = np.arange(len(units))
    if len(units) > JUDGED:
        rows = np.sort(np.random.default_rng(SEED).choice(len(units), JUDGED, replace=False))
    within = _sums(units, rows, groupings, [len(size) for size in sizes])
    ends = np.cumsum([0, *(len(size) for size in sizes)])
    return [
        _mean(within[:, start:end], labels[rows], size)
        for labels, size, start, end in zip(groupings, sizes, ends[:-1], ends[1:], strict=True)
    ]


def _mean(sums: Numbers, labels: Labels, sizes: Numbers) -> float:
    if np.count_nonzero(sizes) < 2:
        return float("nan")
    rows = np.arange(len(labels))
    own = sizes[labels]
    inner = sums[rows, labels] / np.maximum(own - 1, 1)
    others = sums / np.where(sizes > 0, sizes, np.nan)
    others[rows, labels] = np.nan
    outer = np.nanmin(others, axis=1)
    larger = np.maximum(inner, outer)
    told = np.where((own > 1) & (larger > 0), outer - inner, 0.0) / np.where(larger > 0, larger, 1)
    return float(told.mean())


def _sums(units: Numbers, rows: Labels, groupings: Sequence[Labels], ks: Sequence[int]) -> Numbers:
    """The rows × groups of all groupings: the sum of distances to the group's members."""
    members = np.concatenate(
        [np.eye(k)[labels] for labels, k in zip(groupings, ks, strict=True)], axis=1
    )
    if len(units) <= _FEW:
        return np.asarray(_exact(units) @ members)
    members = members.astype(np.float32)
    # |a − b|² = a·(−2b) + |b|² + |a|²: one product of rows that are two columns longer.
    squares = (units**2).sum(axis=1)
    ones = np.ones(len(units))
    left = np.column_stack([units, ones, squares])[rows].astype(np.float32)
    right = np.column_stack([-2 * units, squares, ones]).astype(np.float32).T.copy()
    found = np.empty((len(rows), members.shape[1]))
    for at in range(0, len(rows), _BLOCK):
        apart = left[at : at + _BLOCK] @ right
        np.maximum(apart, 0, out=apart)
        np.sqrt(apart, out=apart)
        found[at : at + _BLOCK] = apart @ members
    return found


def _exact(units: Numbers) -> Numbers:
    from scipy.spatial.distance import cdist

    return np.asarray(cdist(units, units))
