"""Where customers lie: the two directions in which they differ most, counted in cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.fitting import Labels
from chanplan.analysis.customers.clusters.scaling import Scaling, drawn_in

# Cells across and up: as fine as a phone can show, and as many for a million as for a hundred.
ACROSS, UP = 56, 36
# A trait with less weight than this in a direction does not name it.
_NAMES = 0.35


@dataclass(frozen=True)
class Picture:
    """cells: x, y (middle of the cell, robust units), cluster, customers, a row for each cluster
    in a cell; axes: for x and y the traits that make it, the weightiest first, each with +1 or
    −1: whether it grows along; explained: the part of all differences that both show."""

    cells: pd.DataFrame
    axes: tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]
    explained: float


def picture(units: Numbers, labels: Labels, scaling: Scaling) -> Picture:
    """The first two principal components of drawn-in robust units; each points so that its
    weightiest trait grows."""
    empty = pd.DataFrame({name: [] for name in ("x", "y", "cluster", "customers")})
    if not len(units):
        return Picture(empty, ((), ()), 0.0)
    inside = drawn_in(units)
    inside -= inside.mean(axis=0)
    spread, ways = np.linalg.eigh(inside.T @ inside)
    ways, spread = ways[:, ::-1], np.maximum(spread[::-1], 0)
    ways = ways * np.sign(ways[np.abs(ways).argmax(axis=0), np.arange(ways.shape[1])])
    if ways.shape[1] == 1:
        ways, spread = np.hstack([ways, [[0.0]]]), np.append(spread, 0.0)
    axes = (_axis(ways[:, 0], scaling), _axis(ways[:, 1], scaling))
    cells = _cells(inside @ ways[:, :2], labels)
    return Picture(cells, axes, float(spread[:2].sum() / max(spread.sum(), 1e-12)))


def _axis(way: Numbers, scaling: Scaling) -> tuple[tuple[str, int], ...]:
    weighty = [at for at in np.argsort(-np.abs(way), kind="stable") if abs(way[at]) >= _NAMES]
    return tuple((scaling.names[at], 1 if way[at] > 0 else -1) for at in weighty)


def _cells(places: Numbers, labels: Labels) -> pd.DataFrame:
    low, high = places.min(axis=0), places.max(axis=0)
    step = np.where(high > low, (high - low) / (ACROSS, UP), 1.0)
    at = np.minimum(((places - low) / step).astype(np.int64), (ACROSS - 1, UP - 1))
    code = ((labels + 1) * ACROSS + at[:, 0]) * UP + at[:, 1]
    found, counts = np.unique(code, return_counts=True)
    x, y = found // UP % ACROSS, found % UP
    return pd.DataFrame(
        {
            "x": low[0] + (x + 0.5) * step[0],
            "y": low[1] + (y + 0.5) * step[1],
            "cluster": found // (ACROSS * UP) - 1,
            "customers": counts,
        }
    )
