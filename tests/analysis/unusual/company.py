"""A company small enough to work out: two years of steady months, and what one changes in it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

Lines = pd.DataFrame
CHANNELS = ("天猫", "京东", "经销商", "商超", "门店")
MONTHS = tuple(year * 100 + month for year in (2023, 2024, 2025) for month in range(1, 13))


def lines(until: int = 202506) -> Lines:
    """month, channel, partner, category, product, orders, quantity, net_sales: each channel has
    two partners and eight products in two categories; amounts swing a little, by no rule of time.
    """
    rows = []
    for at, month in enumerate(each for each in MONTHS if each <= until):
        for c, channel in enumerate(CHANNELS):
            for product in range(8):
                swing = 1 + 0.05 * (((at * 7 + c * 3 + product * 5) % 11) / 5 - 1)
                price = 10.0 + product + 0.1 * ((at + c + product) % 3)
                quantity = round(100 * swing * (1 + c / 2))
                category = "果酒" if product < 4 else "米酒"
                partner = f"{channel}{product % 2 + 1}"
                rows.append((month, channel, partner, category, f"P{product}", 5, quantity,
                             quantity * price))  # fmt: skip
    names = ["month", "channel", "partner", "category", "product", "orders", "quantity"]
    frame = pd.DataFrame(rows, columns=[*names, "net_sales"])
    month = frame["month"]
    return frame.assign(region="华东", quarter=month // 100 * 10 + (month % 100 - 1) // 3 + 1)


def answering(frame: Lines, heirs: dict[str, str] | None = None) -> Callable[..., pd.DataFrame]:
    """What the workspace would answer of these lines."""
    followed = pd.DataFrame(list((heirs or {}).items()), columns=["product", "successor"])

    def ask(query: MetricQuery | Question) -> pd.DataFrame:
        if isinstance(query, Question):
            return followed
        span = query.scope.period
        kept = frame[frame["month"].between(span.first, span.last)]
        for dimension, members in query.scope.where:
            kept = kept[kept[dimension].isin(members)]
        sums = kept.groupby(list(query.by))[["net_sales", "quantity", "orders"]].sum()
        return sums.assign(average_price=sums["net_sales"] / sums["quantity"]).reset_index()

    return ask
