"""Traits made comparable: logarithm of skewed ones, median and quartiles, far values drawn in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from chanplan.analysis.customers.clusters.features import Numbers

Flags = npt.NDArray[np.bool_]
# Quartiles of a normal distribution lie 1.349 standard deviations apart (Hampel 1974): a robust
# unit is the spread that a standard deviation would be without the tails.
QUARTILES = 1.349
# Farther out than this a value counts no more (winsorised): a tail must not make a group.
DRAWN_IN = 3.0
# Farther out than this in one trait, a customer is no member of any group but one apart. In a
# million normal values fewer than one lies there.
APART = 5.0


@dataclass(frozen=True)
class Scaling:
    """How columns become robust units: (log or not, then minus `centre`, over `scale`)."""

    names: tuple[str, ...]
    logged: tuple[bool, ...]
    centre: tuple[float, ...]
    scale: tuple[float, ...]

    def units(self, frame: pd.DataFrame) -> Numbers:
        """Rows × names in robust units; what is not known lies in the middle."""
        found = np.empty((len(frame), len(self.names)), order="F")
        for at, name in enumerate(self.names):
            found[:, at] = self.of(at, frame[name].to_numpy(dtype=np.float64))
        return found

    def of(self, at: int, values: Numbers) -> Numbers:
        """Values of the name at a place, in robust units."""
        units = (_log(values, self.logged[at]) - self.centre[at]) / self.scale[at]
        return np.nan_to_num(units, nan=0.0)


def fitted(
    frame: pd.DataFrame, skewed: Mapping[str, bool]
) -> tuple[Scaling, tuple[tuple[str, str], ...]]:
    """The scaling of the columns that tell customers apart, and of each other one why it does
    not: "unknown" (no value at all) or "constant" (the same for nearly all)."""
    kept: list[tuple[str, bool, float, float]] = []
    out: list[tuple[str, str]] = []
    for name in map(str, frame.columns):
        values = _log(frame[name].to_numpy(dtype=np.float64), skewed[name])
        values = values[~np.isnan(values)]
        if not len(values):
            out.append((name, "unknown"))
            continue
        low, middle, high = np.percentile(values, [25, 50, 75])
        scale = max((high - low) / QUARTILES, _spread(values))
        if scale <= 1e-9 * max(abs(middle), 1.0):
            out.append((name, "constant"))
        else:
            kept.append((name, skewed[name], float(middle), float(scale)))
    names, logged, centre, scales = zip(*kept, strict=True) if kept else ((), (), (), ())
    return Scaling(names, logged, centre, scales), tuple(out)


def drawn_in(units: Numbers) -> Numbers:
    """Far values at ±DRAWN_IN."""
    return np.clip(units, -DRAWN_IN, DRAWN_IN)


def apart(units: Numbers, logged: Sequence[bool]) -> Flags:
    """Rows that lie more than APART robust units from the middle in at least one skewed trait;
    shares end at nought and one, so nobody is out of reach by them."""
    found = np.zeros(len(units), dtype=np.bool_)
    for at in np.flatnonzero(logged):
        found |= np.abs(units[:, at]) > APART
    return found


def _spread(values: Numbers) -> float:
    """The standard deviation within the first and last percentile: where half of all customers
    are the same, the quartiles say next to nothing."""
    low, high = np.percentile(values, [1, 99])
    return float(np.std(np.clip(values, low, high)))


def _log(values: Numbers, logged: bool) -> Numbers:
    """log(1 + x), and of what is below nought (more returned than bought) the same downwards."""
    return np.sign(values) * np.log1p(np.abs(values)) if logged else values
