"""Groups recognised again: those of a new fit beside those of the last, so that names stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.naming import Name, names
from chanplan.analysis.customers.clusters.scaling import Scaling

if TYPE_CHECKING:
    from chanplan.analysis.customers.clusters.clustering import Clustering

# A group is the same where its middle has moved by less than this part of the way to the group
# nearest to it in the last fit.
SAME_WITHIN = 0.5


@dataclass(frozen=True)
class Known:
    """A group of a fit that was kept: a number for good, its middle (trait → median in its own
    unit), its name by traits, and what a person calls it."""

    id: int
    centre: tuple[tuple[str, float], ...]
    name: Name
    called: str | None = None


@dataclass(frozen=True)
class Kept:
    """A fit that was kept: in which units it measured, its groups, and the first free number."""

    scaling: Scaling
    known: tuple[Known, ...]
    next_id: int = 1


@dataclass(frozen=True)
class Named:
    """The groups of a fit with their names.

    known   cluster → Known, its middle as of now; fresh: clusters that no kept group has become
    gone    kept groups that are there no more
    """

    known: dict[int, Known]
    fresh: tuple[int, ...]
    gone: tuple[Known, ...]
    next_id: int

    def kept(self, scaling: Scaling) -> Kept:
        """To be kept for the next fit."""
        return Kept(scaling, tuple(self.known.values()), self.next_id)


def named(clustering: Clustering, last: Kept | None) -> Named:
    """Names for the groups: those of the last fit where they are the same (the cheapest pairing,
    Kuhn 1955, in the last fit's robust units over the traits both have), else new ones."""
    centres = clustering.centres()
    again = {} if last is None or centres.empty else same(centres, last)
    middles = {
        int(str(at)): tuple((str(name), float(value)) for name, value in row.items())
        for at, row in centres.to_dict("index").items()
    }
    found = {at: replace(one, centre=middles[at]) for at, one in again.items()}
    taken = [one.name for one in found.values()]
    fresh = [cluster for cluster in middles if cluster not in again]
    fresh_profile = clustering.profile[clustering.profile["cluster"].isin(fresh)]
    next_id = 1 if last is None else last.next_id
    for cluster, name in names(fresh_profile, taken).items():
        found[cluster] = Known(next_id, middles[cluster], name)
        next_id += 1
    gone = [] if last is None else [one for one in last.known if one not in again.values()]
    in_order = {cluster: found[cluster] for cluster in sorted(found)}
    return Named(in_order, tuple(fresh), tuple(gone), next_id)


def same(centres: pd.DataFrame, last: Kept) -> dict[int, Known]:
    """Cluster → the group of the last fit that it is; those near none are left out."""
    from scipy.optimize import linear_sum_assignment

    shared = [name for name in last.scaling.names if name in centres.columns]
    if not shared or not last.known:
        return {}
    before = pd.DataFrame([dict(one.centre) for one in last.known])
    old, new = _units(before, last.scaling, shared), _units(centres, last.scaling, shared)
    ways = np.linalg.norm(new[:, None, :] - old[None, :, :], axis=2)
    apart = np.linalg.norm(old[:, None, :] - old[None, :, :], axis=2)
    np.fill_diagonal(apart, np.inf)
    limits = SAME_WITHIN * apart.min(axis=1)
    # One group alone has none beside it: then a standard deviation is the measure.
    limits = np.where(np.isfinite(limits), limits, 1.0)
    # A pair that is too far apart must cost more than any that is not.
    costs = np.where(ways <= limits, ways, ways + 1e6)
    pairs = zip(*linear_sum_assignment(costs), strict=True)
    return {
        int(centres.index[at]): last.known[to] for at, to in pairs if ways[at, to] <= limits[to]
    }


def renamed(kept: Kept, which: int, called: str | None) -> Kept:
    """The same fit with another word for the group of this number; None: its traits again."""
    known: Sequence[Known] = [
        replace(one, called=called) if one.id == which else one for one in kept.known
    ]
    return replace(kept, known=tuple(known))


def _units(centres: pd.DataFrame, scaling: Scaling, shared: Sequence[str]) -> Numbers:
    columns = [
        scaling.of(scaling.names.index(name), centres[name].to_numpy(dtype=np.float64))
        for name in shared
    ]
    return np.column_stack(columns)
