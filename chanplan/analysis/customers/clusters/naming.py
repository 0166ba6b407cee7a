"""Groups named by their traits, as codes: what sets them apart most, no two names alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from chanplan.analysis.customers.clusters.grouping import OUTLIER

# Robust units between a group and all others from which a trait is worth a word, and a strong one.
TELLS, STRONG = 0.5, 2.0
# Words of a name; more are taken only where two names would be alike.
MOST_WORDS = 3
# In this order traits are read.
READ = (
    "frequency", "amount", "order_value", "price", "recency", "categories", "channels",
    "channel_share", "growth", "discount", "returns",
)  # fmt: skip

# A trait and how it lies beside the others: 1 higher, 2 much higher, −1 and −2 lower.
Trait = tuple[str, int]


@dataclass(frozen=True)
class Name:
    """The traits in the order they are read, none for "in the middle"; `number` from 2 where
    another group is called so already, else 0."""

    traits: tuple[Trait, ...]
    number: int = 0


def names(profile: pd.DataFrame, taken: Collection[Name] = ()) -> dict[int, Name]:
    """A name for every group of a profile (`explaining.profile`) but OUTLIER, none of them alike
    or among those `taken`."""
    strongest = _strongest(profile)
    most = max(map(len, strongest.values()), default=0)
    found: dict[int, Name] = {}
    for cluster, traits in strongest.items():
        for words in range(MOST_WORDS, max(most, MOST_WORDS) + 1):
            name = Name(_read(traits[:words]))
            others = {_read(more[:words]) for at, more in strongest.items() if at != cluster}
            if name.traits not in others and name not in taken:
                break
        found[cluster] = _numbered(name, {*found.values(), *taken})
    return found


def _numbered(name: Name, taken: Collection[Name]) -> Name:
    number = 0
    while Name(name.traits, number) in taken:
        number = max(number, 1) + 1
    return Name(name.traits, number)


def _strongest(profile: pd.DataFrame) -> Mapping[int, tuple[Trait, ...]]:
    """Group → its telling traits, the strongest first."""
    found: dict[int, list[Trait]] = {}
    for row in profile[profile["cluster"] != OUTLIER].to_dict("records"):
        traits = found.setdefault(int(row["cluster"]), [])
        apart = float(row["apart"])
        if abs(apart) >= TELLS:
            degree = 2 if abs(apart) >= STRONG else 1
            traits.append((str(row["feature"]), degree if apart > 0 else -degree))
    return {cluster: tuple(traits) for cluster, traits in found.items()}


def _read(traits: tuple[Trait, ...]) -> tuple[Trait, ...]:
    return tuple(sorted(traits, key=lambda trait: READ.index(trait[0])))
