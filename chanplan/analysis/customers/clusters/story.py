"""What a page says first of a clustering, in codes and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from chanplan.analysis.customers.clusters.clustering import Clustering
from chanplan.analysis.customers.clusters.grouping import OUTLIER

# Traits named as those that tell groups apart.
MOST_TRAITS = 2
# Mean silhouettes from which groups lie fairly and clearly apart (Kaufman and Rousseeuw 1990).
FAIRLY, CLEARLY = 0.25, 0.5


@dataclass(frozen=True)
class Story:
    """customers in all; the group with most sales, its share of customers and of net sales; the
    traits in which groups differ most; how far they lie apart; customers that stand apart."""

    customers: int
    largest: int
    part: float
    share: float | None
    traits: tuple[str, ...]
    apart: Literal["clearly", "fairly", "hardly"]
    outliers: int


def story(found: Clustering) -> Story | None:
    """None where there are no groups."""
    if found.k is None or found.silhouette is None:
        return None
    groups = found.sizes[found.sizes["cluster"] != OUTLIER]
    net = [float(one) for one in groups["net"]]
    largest = groups.iloc[net.index(max(net))]
    silhouette = found.silhouette
    share = largest["share"]
    return Story(
        customers=int(found.sizes["customers"].sum()),
        largest=int(largest["cluster"]),
        part=float(largest["share_customers"]),
        share=None if pd.isna(share) else float(share),
        traits=told_apart_by(found.profile),
        apart="clearly"
        if silhouette >= CLEARLY
        else "fairly"
        if silhouette >= FAIRLY
        else "hardly",
        outliers=int(found.sizes["customers"].sum() - groups["customers"].sum()),
    )


@dataclass(frozen=True)
class Widest:
    """The trait in which two groups lie farthest apart: the group with most of it and its median,
    the one with least and its."""

    feature: str
    most: int
    high: float
    least: int
    low: float


def widest(profile: pd.DataFrame) -> Widest | None:
    """None where there are no two groups, or their medians are the same."""
    traits = told_apart_by(profile)
    rows = profile[(profile["cluster"] != OUTLIER) & profile["apart"].notna()]
    rows = rows[rows["feature"] == traits[0]] if traits else rows.iloc[:0]
    if len(rows) < 2:
        return None
    by = rows.sort_values("apart", kind="stable")
    least, most = by.iloc[0], by.iloc[-1]
    if least["apart"] == most["apart"]:
        return None
    return Widest(
        traits[0], int(most["cluster"]), float(most["middle"]), int(least["cluster"]),
        float(least["middle"]),
    )  # fmt: skip


def told_apart_by(profile: pd.DataFrame) -> tuple[str, ...]:
    """The traits in which middles of groups lie farthest apart, in robust units."""
    inside = profile[profile["cluster"] != OUTLIER]
    span = inside.groupby("feature")["apart"].agg(lambda gaps: gaps.max() - gaps.min())
    ranked = span.sort_values(ascending=False, kind="stable")
    return tuple(str(name) for name in ranked.index[:MOST_TRAITS])
