"""Clusters of a million customers: search on the sample, fit and assignment of all, against one
bare k-means fit with the chosen number of groups and bare features."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd
import psutil
import pyarrow as pa

from chanplan.analysis.customers.clusters import FEATURES, Choice, cluster
from chanplan.analysis.customers.clusters.features import column, features
from chanplan.analysis.customers.clusters.fitting import one_thread
from chanplan.analysis.customers.clusters.grouping import group

CUSTOMERS = 1_000_000
MONEY = pd.ArrowDtype(pa.decimal128(38, 4))
T = TypeVar("T")


def facts(count: int) -> pd.DataFrame:
    """Customers as the workspace gives them: skewed, without groups that were planted."""
    rng = np.random.default_rng(0)
    orders = rng.geometric(0.4, count)
    net = np.sort(np.round(rng.lognormal(5, 1, count) * orders, 2))[::-1]
    money = pd.Series(pa.array(net).cast(pa.decimal128(38, 4), safe=False), dtype=MONEY)
    zero = pd.Series(np.zeros(count)).astype(MONEY)
    return pd.DataFrame(
        {
            "customer": [f"C{at:07d}" for at in range(count)],
            "recency": (rng.exponential(100, count) / orders).astype(np.int64),
            "orders": orders,
            "net": money,
            "returned": zero,
            "discount": zero,
            "categories": np.minimum(1 + rng.poisson(orders / 2), 12),
            "channel": rng.choice(["天猫", "京东", "抖音"], count),
            "channels": np.ones(count, dtype=np.int64),
            "net_year": money,
            "net_year_before": zero,
        }
    )


def bare(known: pd.DataFrame, k: int) -> None:
    """The floor: four columns, their logarithms scaled, one fit."""
    from sklearn.cluster import KMeans

    names = ("recency", "orders", "net", "categories")
    units = np.column_stack([np.log1p(column(known, name)) for name in names])
    low, middle, high = np.percentile(units, [25, 50, 75], axis=0)
    units = np.clip((units - middle) / np.maximum((high - low) / 1.349, 0.1), -3, 3)
    KMeans(k, n_init=1, random_state=0).fit(units)


def measure(count: int = CUSTOMERS) -> dict[str, float]:
    """Seconds of each step, and the peak of memory in GiB."""
    known = facts(count)
    with one_thread():  # libraries are loaded before the clock starts
        pass
    choice = Choice()

    def ours() -> int | None:
        frame = features(known, choice.features)
        with one_thread():
            found = group(frame, FEATURES, column(known, "net"))
        return found.chosen.k if found.chosen else None

    k, seconds = _timed(ours)
    with one_thread():
        _, floor = _timed(lambda: bare(known, k or 2))
    _, whole = _timed(lambda: cluster(known, choice))
    memory = psutil.Process().memory_info()
    peak = getattr(memory, "peak_wset", None) or _peak()
    return {"k": float(k or 0), "ours": seconds, "bare": floor, "whole_page": whole,
            "peak_gib": peak / 2**30}  # fmt: skip


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """In seconds of the processor: the work has one thread, and others may be at work."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


if __name__ == "__main__":
    for name, value in measure(int(sys.argv[1]) if len(sys.argv) > 1 else CUSTOMERS).items():
        print(f"{name}: {value:.2f}")
