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
    within    channel, category: what products are parts of
    items     what `prices.items` says of prices
    """

    over: Steps
    cells: pd.DataFrame
    regions: pd.DataFrame
    partners: pd.DataFrame
    orders: pd.DataFrame
    products: pd.DataFrame
    within: pd.DataFrame
    items: pd.DataFrame

    def without(self, where: Where) -> Tables:
        """The same without these lines, in every table that can tell them apart."""
        taken = dict(where)
        if "product" in taken:
            return self._without_product(taken)
        return replace(
            self,
            cells=_without(self.cells, taken),
            regions=_without(self.regions, taken),
            partners=_without(self.partners, taken),
            orders=_without(self.orders, taken),
            products=_without(self.products, taken),
            within=_without(self.within, taken),
        )

    def sold(self, where: Where) -> float:
        """Net sales of the scope in these lines, by the first table that tells them apart."""
        wanted = dict(where)
        for table in (self.cells, self.regions, self.products):
            if set(wanted) <= set(table.index.names):
                held = table.drop(index=_without(table, wanted).index)
                return float(held.iloc[:, len(self.over.history) :].to_numpy(float).sum())
        raise KeyError(f"no table knows all of {sorted(wanted)}")

    def _without_product(self, taken: Mapping[str, str]) -> Tables:
        """A product is taken out of its category as well, and of the channels that sold it."""
        left = _without(self.products, taken)
        gone = self.products.drop(index=left.index).groupby(level=["channel", "category"]).sum()
        cells, within = (
            table.sub(gone.reindex(table.index).fillna(0.0)) for table in (self.cells, self.within)
        )
        return replace(self, products=left, cells=cells, within=within)


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
