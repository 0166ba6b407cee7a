"""Which channels made the period, how their mix moved, and what lies behind one of them."""

from __future__ import annotations

from chanplan.analysis import over_time
from chanplan.analysis.over_time import by_month
from chanplan.analysis.shares import folded, shares
from chanplan.domain.scope import Comparison, Scope
from chanplan.metrics.query import MetricQuery

DIMENSION = "channel"
# How channels can be told together: online/offline, the company's groups, new against mature ones.
GROUPINGS = ("channel_kind", "channel_group", "maturity")
# What a channel can be opened into, in the order a planner asks.
BEHIND = ("product", "region", "partner")
MEASURES = ("net_sales",)


def query(scope: Scope, compare: Comparison = "last_year") -> MetricQuery:
    """Net sales by channel, now and in the period compared with."""
    return MetricQuery(measures=MEASURES, by=(DIMENSION,), scope=scope, compare=compare)


def over_time_query(scope: Scope) -> MetricQuery:
    """Net sales by month and channel, over a window long enough for a trend."""
    return over_time.query(scope, DIMENSION)


def behind_query(
    scope: Scope, channel: str, dimension: str, compare: Comparison = "last_year"
) -> MetricQuery:
    """One channel opened into its products, regions or partners (one of BEHIND)."""
    only = scope.only(DIMENSION, channel)
    return MetricQuery(measures=MEASURES, by=(dimension,), scope=only, compare=compare)


__all__ = [
    "BEHIND",
    "DIMENSION",
    "GROUPINGS",
    "MEASURES",
    "behind_query",
    "by_month",
    "folded",
    "over_time_query",
    "query",
    "shares",
]
