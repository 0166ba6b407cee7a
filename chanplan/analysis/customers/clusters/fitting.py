"""k-means on one thread, with a seed: the same rows give the same groups."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chanplan.analysis.customers.clusters.features import Numbers

Labels = npt.NDArray[np.int64]
SEED = 7
# Fresh starts, of which the tightest is kept.
STARTS = 5
# Rows told apart at once: memory stays small however many customers there are.
_AT_ONCE = 100_000


@dataclass(frozen=True)
class Fit:
    """centres: groups × traits in robust units; spread: sum of squared distances to them."""

    centres: Numbers
    spread: float

    def labels(self, units: Numbers) -> Labels:
        """The nearest centre of every row, 0…k−1."""
        found = np.empty(len(units), dtype=np.int64)
        half = (self.centres**2).sum(axis=1) / 2
        for at in range(0, len(units), _AT_ONCE):
            near = units[at : at + _AT_ONCE] @ self.centres.T
            found[at : at + _AT_ONCE] = np.argmax(near - half, axis=1)
        return found


def kmeans(units: Numbers, k: int, seed: int = SEED, starts: int = STARTS) -> Fit:
    """Within `one_thread`: Lloyd's k-means from `starts` seeded starts (k-means++, Arthur and
    Vassilvitskii 2007)."""
    return _fit(units, k, seed, starts, "k-means++")


def kmeans_from(units: Numbers, centres: Numbers) -> Fit:
    """The same from centres that are nearly right: a few rounds over many rows."""
    return _fit(units, len(centres), SEED, 1, centres)


@contextmanager
def one_thread() -> Iterator[None]:
    """Around every fit: several threads gain nothing at such sizes, and sums would hang on who
    came first."""
    # First: a limit holds for the libraries that are loaded when it is set.
    import sklearn.cluster
    import sklearn.tree  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


def _fit(units: Numbers, k: int, seed: int, starts: int, init: str | Numbers) -> Fit:
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        # A draw may hold fewer different rows than groups; some of its groups are empty then.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = KMeans(k, init=init, n_init=starts, random_state=seed).fit(
            np.ascontiguousarray(units)
        )
    return Fit(np.asarray(found.cluster_centers_, dtype=np.float64), float(found.inertia_))
