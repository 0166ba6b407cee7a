"""The map of segments: how large each is, what it sells and earns, whether it grows, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

_SUMS: Final = ("net", "margin", "costed", "net_year", "net_year_before")
# Cells of the map of customers each way: a phone shows as many, however many customers there are.
CELLS: Final = 9


def sizes(labels: pd.DataFrame, mix: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """A row per segment that has customers, in the order given.

    In: customer and segment; customer, net, margin, costed, net_year, net_year_before (parts of
    a customer in several rows). Out: segment, customers, share_customers, net, share, average
    (net a customer), margin_rate (of what has a cost; None), net_year, growth (None: no base).
    """
    sums = _by_segment(labels, mix).groupby("segment", observed=True)[list(_SUMS)].sum(min_count=1)
    counts = labels["segment"].astype(object).value_counts()
    rows = [_row(name, int(counts[name]), sums, counts) for name in order if name in counts]
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = ["segment", "customers", "share_customers", "net", "share", "average", "margin_rate",
            "net_year", "growth"]  # fmt: skip


def _row(name: str, count: int, sums: pd.DataFrame, counts: pd.Series) -> tuple[Any, ...]:
    own = {key: _number(sums[key].get(name)) for key in _SUMS}
    net = own["net"] or 0.0
    year, before = own["net_year"] or 0.0, own["net_year_before"] or 0.0
    total = float(sums["net"].sum())
    return (
        name,
        count,
        count / float(counts.sum()),
        net,
        net / total if total > 0 else None,
        net / count,
        own["margin"] / own["costed"] if own["margin"] is not None and own["costed"] else None,
        year,
        year / before - 1 if before > 0 else None,
    )


def mix(labels: pd.DataFrame, parts: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """How each segment's money lies over the members of a dimension: segment, member (None: not
    stated), net, share of the segment's money; the most money first in each."""
    known = _by_segment(labels, parts).assign(
        member=lambda f: f[dimension].astype(object).where(f[dimension].notna(), None)
    )
    groups = known.groupby(["segment", "member"], observed=True, dropna=False)
    sums = groups["net"].sum().reset_index()
    sums["member"] = sums["member"].astype(object).where(sums["member"].notna(), None)
    whole = sums.groupby("segment", observed=True)["net"].transform("sum")
    sums["share"] = np.where(whole > 0, sums["net"] / whole.where(whole > 0, 1.0), np.nan)
    return sums.sort_values(["segment", "net"], ascending=[True, False], ignore_index=True)


def density(labels: pd.DataFrame) -> pd.DataFrame:
    """Customers by how long ago and how often, in at most CELLS × CELLS cells: recency_from,
    recency_to, often_from, often_to (ends included), customers, money. Cells hold alike many
    customers each way, and equal values stay together, so a million are as quick to read as ten.
    """
    recency = labels["recency"].to_numpy(dtype=float)
    often = labels["frequency"].to_numpy(dtype=float)
    across, up = _edges(recency), _edges(often)
    frame = pd.DataFrame(
        {
            "x": np.searchsorted(across, recency, side="left"),
            "y": np.searchsorted(up, often, side="left"),
            "money": labels["monetary"].astype(float).to_numpy(),
        }
    )
    cells = frame.groupby(["x", "y"], as_index=False).agg(
        customers=("money", "size"), money=("money", "sum")
    )
    return pd.DataFrame(
        {
            "recency_from": [_start(across, recency, at) for at in cells["x"]],
            "recency_to": [int(across[at]) for at in cells["x"]],
            "often_from": [_start(up, often, at) for at in cells["y"]],
            "often_to": [int(up[at]) for at in cells["y"]],
            "customers": cells["customers"],
            "money": cells["money"],
        }
    )


def concentrated(labels: pd.DataFrame) -> tuple[str, float] | None:
    """The largest customer and its share of all money; None where nothing was sold."""
    money = labels["monetary"].astype(float)
    total = float(money.sum())
    if total <= 0 or labels.empty:
        return None
    at = int(money.to_numpy().argmax())
    return str(labels["customer"].iloc[at]), float(money.iloc[at]) / total


def _by_segment(labels: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """The parts of customers that have a segment, with it; money as float."""
    segment = pd.Series(labels["segment"].astype(object).to_numpy(), index=labels["customer"])
    told = parts["customer"].map(segment)
    kept = parts[told.notna().to_numpy()].copy()
    for name in {*_SUMS} & {*parts.columns}:
        kept[name] = kept[name].astype(float)
    kept["segment"] = told[told.notna()].to_numpy()
    return kept


def _edges(values: Any) -> Any:
    """The upper ends of the cells."""
    if not len(values):
        return np.array([0.0])
    steps = np.quantile(values, np.linspace(0, 1, CELLS + 1)[1:], method="higher")
    return np.unique(steps)


def _start(edges: Any, values: Any, at: int) -> int:
    return int(edges[at - 1]) + 1 if at else int(values.min())


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(str(value))
