"""Customers → groups that buy alike, with what sets each apart, its rule and its place."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from chanplan.analysis.customers.clusters.choice import FEATURES, Choice
from chanplan.analysis.customers.clusters.explaining import profile
from chanplan.analysis.customers.clusters.features import column, features, ordered
from chanplan.analysis.customers.clusters.fitting import one_thread
from chanplan.analysis.customers.clusters.grouping import OUTLIER, Groups, Verdict, group
from chanplan.analysis.customers.clusters.picture import Picture, picture
from chanplan.analysis.customers.clusters.rules import Rule, rules
from chanplan.analysis.customers.clusters.scaling import Scaling
from chanplan.analysis.customers.clusters.sizing import sizes

__all__ = ["OUTLIER", "Clustering", "cluster"]


@dataclass(frozen=True)
class Clustering:
    """What was found.

    customers how many there are, in groups or not
    labels    customer, cluster (0…k−1, the one with the largest middle amount first; OUTLIER),
              in the order of the facts; without rows where no groups could be found
    search    k, silhouette (−1…1), stability (median adjusted Rand index), largest (share)
    k, proposed, silhouette, stability   of the groups shown; None where there are none
    verdict   sound, unstable, weak, one (nearly all in one), few (customers), alike (no trait
              tells them apart)
    left_out  traits that tell nobody apart: (name, "unknown" or "constant")
    profile   cluster, feature, middle, rest (medians in the trait's own unit, of the others),
              apart (how many robust units between them)
    sizes     a row per cluster: see `sizing.sizes`
    rules     per cluster the shortest words that most of it fit
    picture   where customers lie on the two main axes
    """

    choice: Choice
    customers: int
    labels: pd.DataFrame
    scaling: Scaling
    search: pd.DataFrame
    k: int | None
    proposed: int | None
    silhouette: float | None
    stability: float | None
    verdict: Verdict
    left_out: tuple[tuple[str, str], ...]
    profile: pd.DataFrame
    sizes: pd.DataFrame
    rules: tuple[Rule, ...]
    picture: Picture

    def __len__(self) -> int:
        """How many customers are told apart: how much room this takes."""
        return len(self.labels)

    @property
    def features(self) -> tuple[str, ...]:
        """The traits that tell customers apart."""
        return self.scaling.names

    def centres(self) -> pd.DataFrame:
        """A row per cluster (index), a column per trait: its medians."""
        inside = self.profile[self.profile["cluster"] != OUTLIER]
        found = inside.pivot(index="cluster", columns="feature", values="middle")
        return found.reindex(columns=list(self.features))


def cluster(facts: pd.DataFrame, choice: Choice) -> Clustering:
    """In: facts of customers of one population (`customers.facts.COLUMNS`)."""
    facts = ordered(facts).reset_index(drop=True)
    frame = features(facts, choice.features)
    money = column(facts, "net")
    with one_thread():
        found = group(frame, FEATURES, money, choice.k)
        return _told(facts, frame, found, choice)


def _told(facts: pd.DataFrame, frame: pd.DataFrame, found: Groups, choice: Choice) -> Clustering:
    chosen = found.chosen
    labels = pd.DataFrame({"customer": facts["customer"], "cluster": found.labels})
    if chosen is None:
        labels = labels.iloc[:0]
        frame, facts = frame.iloc[:0], facts.iloc[:0]
    at = labels["cluster"].to_numpy()
    units = found.units[: len(at)]
    search = pd.DataFrame(
        [(one.k, one.silhouette, one.stability, one.largest) for one in found.tried],
        columns=["k", "silhouette", "stability", "largest"],
    )
    return Clustering(
        choice=choice,
        customers=len(found.labels),
        labels=labels,
        scaling=found.scaling,
        search=search,
        k=None if chosen is None else chosen.k,
        proposed=found.proposed,
        silhouette=None if chosen is None else chosen.silhouette,
        stability=None if chosen is None else chosen.stability,
        verdict=found.verdict,
        left_out=found.left_out,
        profile=profile(frame, at, found.scaling),
        sizes=sizes(facts, at),
        rules=rules(frame[list(found.scaling.names)], at),
        picture=picture(units, at, found.scaling),
    )
