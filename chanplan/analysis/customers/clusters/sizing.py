"""How large each group is: customers, sales, growth, and where it buys most."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.customers.clusters.features import Numbers, column
from chanplan.analysis.customers.clusters.fitting import Labels

COLUMNS = [
    "cluster", "customers", "share_customers", "net", "share", "per_customer", "net_year",
    "net_year_before", "growth", "channel", "share_channel",
]  # fmt: skip
_MONEY = ("net", "net_year", "net_year_before")


def sizes(facts: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """A row per group, in the order of labels, OUTLIER last: cluster, customers, share_customers,
    net, share (of net, None where all is nothing), per_customer, net_year, net_year_before, growth
    (None without a year before), channel (with most of the money of those whose main channel it
    is), share_channel. Money Decimal."""
    weights = column(facts, "net")
    codes, channels = pd.factorize(facts["channel"].to_numpy(dtype=object))
    whole = _sum(facts["net"])
    found = []
    for label in sorted(set(np.unique(labels).tolist()), key=lambda label: (label < 0, label)):
        ours = labels == label
        net, year, before = (_sum(facts[name][ours]) for name in _MONEY)
        found.append(
            {
                "cluster": label,
                "customers": int(ours.sum()),
                "share_customers": ours.sum() / len(labels),
                "net": net,
                "share": net / whole if whole > 0 else None,
                "per_customer": net / int(ours.sum()),
                "net_year": year,
                "net_year_before": before,
                "growth": (year - before) / before if before > 0 else None,
            }
            | _channel(codes[ours], channels, weights[ours])
        )
    return pd.DataFrame(found, columns=COLUMNS)


def margins(labels: pd.DataFrame, mix: pd.DataFrame) -> dict[int, float]:
    """Group → margin over the net sales that have a cost. In: customer and cluster; customer,
    margin and costed, a customer in several rows. Groups without a cost are left out."""
    sums = pd.DataFrame({"customer": mix["customer"]})
    for name in ("margin", "costed"):
        sums[name] = column(mix, name)
    known = labels.merge(sums, on="customer").groupby("cluster")[["margin", "costed"]].sum()
    told = known[known["costed"] > 0]
    rates = told["margin"] / told["costed"]
    return {int(str(cluster)): float(rate) for cluster, rate in rates.items()}


def _sum(money: pd.Series) -> Decimal:
    """Decimals of Python's or of Arrow's."""
    return Decimal(money.sum()) if len(money) else ZERO


def _channel(codes: Labels, channels: np.ndarray, money: Numbers) -> dict[str, object]:
    named = codes >= 0
    sums = np.bincount(codes[named], money[named], minlength=len(channels))
    if not len(sums) or money.sum() <= 0:
        return {"channel": None, "share_channel": None}
    most = int(np.argmax(sums))
    return {"channel": str(channels[most]), "share_channel": float(sums[most] / money.sum())}
