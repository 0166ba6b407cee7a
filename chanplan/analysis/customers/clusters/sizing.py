"""How large each group is: customers, sales, growth, and where it buys most."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.customers.clusters.features import column
from chanplan.analysis.customers.clusters.fitting import Labels

COLUMNS = ["cluster", "customers", "share_customers", "net", "share", "per_customer"]
_SUMS = ("net", "margin", "costed", "net_year", "net_year_before")


def sizes(facts: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """A row per group, in the order of labels, OUTLIER last: cluster, customers, share_customers,
    net, share (of net, None where all is nothing), per_customer. Money Decimal."""
    whole = _sum(facts["net"])
    found = []
    for label in sorted(set(np.unique(labels).tolist()), key=lambda label: (label < 0, label)):
        ours = labels == label
        net = _sum(facts["net"][ours])
        found.append(
            {
                "cluster": label,
                "customers": int(ours.sum()),
                "share_customers": ours.sum() / len(labels),
                "net": net,
                "share": net / whole if whole > 0 else None,
                "per_customer": net / int(ours.sum()),
            }
        )
    return pd.DataFrame(found, columns=COLUMNS)


def beside(labels: pd.DataFrame, mix: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Group → growth (the year against the one before; None without one), margin (over the net
    sales that have a cost; None without), channel and share_channel (where most of its money is;
    None where no file tells it or nothing is left).

    In: customer and cluster; channel, customer, net, margin, costed, net_year, net_year_before, a
    customer in several rows (customer_mix.sql).
    """
    group = mix["customer"].map(labels.set_index("customer")["cluster"])
    known = group.notna().to_numpy()
    told = pd.DataFrame({name: column(mix, name)[known] for name in _SUMS})
    told["cluster"] = group[known].to_numpy(dtype=np.int64)
    told["channel"] = mix["channel"].to_numpy(dtype=object)[known]
    sums = told.groupby("cluster")[list(_SUMS)].sum()
    places = told.groupby(["cluster", "channel"])["net"].sum()
    return {
        int(str(cluster)): _row(row, places.get(cluster, pd.Series(dtype=float)))
        for cluster, row in sums.iterrows()
    }


def _row(row: pd.Series, places: pd.Series) -> dict[str, Any]:
    most = str(places.idxmax()) if len(places) and row["net"] > 0 else None
    return {
        "growth": row["net_year"] / row["net_year_before"] - 1
        if row["net_year_before"] > 0
        else None,
        "margin": row["margin"] / row["costed"] if row["costed"] > 0 else None,
        "channel": most,
        "share_channel": None if most is None else float(places[most] / row["net"]),
    }


def _sum(money: pd.Series) -> Decimal:
    """Decimals of Python's or of Arrow's."""
    return Decimal(money.sum()) if len(money) else ZERO
