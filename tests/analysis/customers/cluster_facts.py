"""Frames of customer facts for tests, as the workspace gives them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa

MONEY = pd.ArrowDtype(pa.decimal128(38, 4))


def facts(**columns: Sequence[object]) -> pd.DataFrame:
    """Columns that are given, ordinary ones for the rest; sorted as the facts are."""
    count = len(next(iter(columns.values())))
    zero = [Decimal(0)] * count
    plain: dict[str, Sequence[object]] = {
        "customer": [f"客户{at:06d}" for at in range(count)],
        "recency": [10] * count,
        "orders": [1] * count,
        "net": zero,
        "returned": zero,
        "discount": [None] * count,
        "categories": [1] * count,
        "channel": ["天猫"] * count,
        "channels": [1] * count,
        "net_year": zero,
        "net_year_before": zero,
        "price": [None] * count,
        "unit": [None] * count,
        "channel_net": zero,
    }
    frame = pd.DataFrame(plain | columns)
    for name in ("net", "returned", "discount", "net_year", "net_year_before", "channel_net"):
        told = [None if one is None else Decimal(str(one)) for one in frame[name]]
        frame[name] = pd.Series(told, dtype=MONEY)
    return frame.sort_values(["net", "customer"], ascending=[False, True], ignore_index=True)


def planted(sizes: Sequence[int] = (120, 200, 280), seed: int = 3) -> pd.DataFrame:
    """Three kinds: often and much, often but little and lately only, long silent and once."""
    rng = np.random.default_rng(seed)
    kinds = ((8, 24, 60_000, 9), (12, 12, 1_500, 3), (300, 1, 900, 1))
    rows = []
    for size, (recency, orders, net, categories) in zip(sizes, kinds, strict=True):
        near = rng.lognormal(0, 0.18, (size, 4))
        for one in near:
            rows.append([max(int(middle * part), 1) for middle, part in
                         zip((recency, orders, net, categories), one, strict=True)])  # fmt: skip
    recency, orders, net, categories = zip(*rows, strict=True)
    return facts(recency=recency, orders=orders, net=net, categories=categories, net_year=net)
