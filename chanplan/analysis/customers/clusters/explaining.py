"""What sets each group apart: its middle beside the middle of all others, trait by trait."""

from __future__ import annotations

import numpy as np
import pandas as pd

from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.fitting import Labels
from chanplan.analysis.customers.clusters.scaling import Scaling

COLUMNS = ["cluster", "feature", "middle", "rest", "apart"]


def profile(frame: pd.DataFrame, labels: Labels, scaling: Scaling) -> pd.DataFrame:
    """COLUMNS, a row per group and trait; the widest gap first within a group.

    middle, rest  medians in the trait's own unit, of the group and of all others; NaN unknown
    apart         the way from rest to middle in robust units: 1 is about a standard deviation
    """
    told = [
        (int(label), name, *_middles(frame[name].to_numpy(dtype=np.float64), labels == label))
        for label in np.unique(labels)
        for name in scaling.names
    ]
    found = pd.DataFrame(told, columns=COLUMNS[:4])
    if found.empty:
        return pd.DataFrame(columns=COLUMNS)
    found["apart"] = _units(found, "middle", scaling) - _units(found, "rest", scaling)
    by = found.assign(wide=-found["apart"].abs()).sort_values(["cluster", "wide"], kind="stable")
    return by.drop(columns="wide").reset_index(drop=True)


def _middles(values: Numbers, ours: np.ndarray) -> tuple[float, float]:
    return _middle(values[ours]), _middle(values[~ours])


def _middle(values: Numbers) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else float("nan")


def _units(found: pd.DataFrame, column: str, scaling: Scaling) -> Numbers:
    """A column of medians in robust units: the logarithm and the straight line keep the order."""
    units = np.zeros(len(found))
    for at, name in enumerate(scaling.names):
        ours = (found["feature"] == name).to_numpy()
        units[ours] = scaling.of(at, found[column].to_numpy(dtype=np.float64)[ours])
    return units
