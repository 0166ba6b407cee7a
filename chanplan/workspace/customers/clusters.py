"""Customers that buy alike at a day, held against the last fit that somebody kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import pandas as pd

from chanplan.analysis.customers.clusters import Choice, Clustering, cluster
from chanplan.analysis.customers.clusters.matching import Named, named
from chanplan.analysis.customers.facts import Asked
from chanplan.store import Store
from chanplan.workspace.customers import cluster_names
from chanplan.workspace.customers.cluster_names import Last

T = TypeVar("T")


@dataclass(frozen=True)
class Clustered:
    """What was found, how its groups are called, and the kept fit that they were held against."""

    found: Clustering
    named: Named
    last: Last | None


class Known(Protocol):
    """What is needed of `Customers`."""

    def compared(self, asked: Asked, features: Sequence[str]) -> pd.DataFrame:
        """A row per customer, with what these traits are made of."""

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Worked out once for a version of the data."""


def clustered(customers: Known, store: Store, asked: Asked, choice: Choice | None) -> Clustered:
    """Groups by a choice; without one, as chosen for the last kept fit, else as by default."""
    last = cluster_names.last(store, asked.population)
    wanted = choice or (last.choice if last else Choice())
    found = customers.kept(
        ("clusters", asked, wanted),
        lambda: cluster(customers.compared(asked, wanted.features), wanted),
    )
    return Clustered(found, named(found, None if last is None else last.fit), last)
