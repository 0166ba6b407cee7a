"""Which categories and products made the period, and who sells one of them."""

from __future__ import annotations

from typing import Literal

from chanplan.analysis import over_time
from chanplan.analysis.over_time import by_month
from chanplan.analysis.shares import folded, shares
from chanplan.domain.scope import Comparison, Scope
from chanplan.metrics.query import MetricQuery

Level = Literal["category", "product"]
# What a product can be opened into, in the order a planner asks.
BEHIND = ("channel", "region", "partner")
MEASURES = ("net_sales",)


def query(
    scope: Scope, level: Level = "category", compare: Comparison = "last_year"
) -> MetricQuery:
    """Net sales by category or product, now and in the period compared with."""
    return MetricQuery(measures=MEASURES, by=(level,), scope=scope, compare=compare)


def within_query(scope: Scope, category: str, compare: Comparison = "last_year") -> MetricQuery:
    """The products of one category."""
    return query(scope.only("category", category), "product", compare)


def over_time_query(scope: Scope, level: Level = "category") -> MetricQuery:
    """Net sales by month and category (or product), over a window long enough for a trend."""
    return over_time.query(scope, level)


def behind_query(
    scope: Scope,
    member: str,
    dimension: str,
    level: Level = "product",
    compare: Comparison = "last_year",
) -> MetricQuery:
    """One product or category opened into its channels, regions or partners (one of BEHIND)."""
    only = scope.only(level, member)
    return MetricQuery(measures=MEASURES, by=(dimension,), scope=only, compare=compare)


__all__ = [
    "BEHIND",
    "MEASURES",
    "Level",
    "behind_query",
    "by_month",
    "folded",
    "over_time_query",
    "query",
    "shares",
    "within_query",
]
