"""A scope and its history as tables of members by steps, from which causes are taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from chanplan.analysis.unusual.candidate import Where
from chanplan.analysis.unusual.steps import Steps


@dataclass(frozen=True)
class Tables:
    """Net sales (and orders) with one column per step, one row per combination of members.

    cells     channel, category; regions: channel, region; partners and orders: channel,
              partner; products: channel, category, product, only those that are large
    items     what `prices.items` says of prices
    """

    over: Steps
    cells: pd.DataFrame
    regions: pd.DataFrame
    partners: pd.DataFrame
    orders: pd.DataFrame
    products: pd.DataFrame
    items: pd.DataFrame

    def without(self, where: Where) -> Tables:
        """The same without these lines, in every table that can tell them apart."""
        names = ("cells", "regions", "partners", "orders", "products")
        left = {name: _without(getattr(self, name), dict(where)) for name in names}
        return replace(self, **left)


def _without(table: pd.DataFrame, where: Mapping[str, str]) -> pd.DataFrame:
    if not where or not set(where) <= set(table.index.names):
        return table
    same = pd.Series(True, index=table.index)
    for dimension, member in where.items():
        same &= table.index.get_level_values(dimension) == member
    return table[~same]


def summed(table: pd.DataFrame, *dimensions: str) -> pd.DataFrame:
    """The table by these dimensions; empty where it lacks one."""
    if not set(dimensions) <= set(table.index.names):
        return table.iloc[:0]
    return table.groupby(level=list(dimensions), sort=True).sum()
