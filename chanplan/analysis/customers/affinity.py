"""What each segment buys more and less than expected, and what its buyers would buy next.

Lift and confidence as in market-basket analysis (Agrawal, Imieliński, Swami 1993); the index is
the TGI of definitions §4 on buyers. Any grouping of customers will do, clusters too.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

# Fewer buyers than these tell of chance: such cells are grey and never proposed.
LEAST_BUYERS: Final = 30
# Items of the largest sales that are compared with each other.
MOST_ITEMS: Final = 40
LEAST_LIFT: Final = 1.05


def preferences(labels: pd.DataFrame, baskets: pd.DataFrame, item: str) -> pd.DataFrame:
    """A row per segment and item: segment, item, buyers, reach (of the segment's customers),
    overall (of all), index = 100 × reach ÷ overall, expected buyers, is_small.

    In: customer, segment; customer, <item>, bought, net. An item that nobody of a segment bought
    has buyers 0. Items by sales, at most MOST_ITEMS; what is not stated is left out.
    """
    bought, items = _bought(labels, baskets, item)
    counts = labels["segment"].astype(object).value_counts()
    crossed = pd.crosstab(bought["segment"], bought["item"])
    rows = []
    for name in counts.index:
        for each in items:
            every = {str(own): int(n) for own, n in crossed[each].items()}
            everyone, buyers = sum(every.values()), every.get(name, 0)
            overall = everyone / int(counts.sum())
            expected = overall * int(counts[name])
            rows.append((
                name, each, buyers, buyers / int(counts[name]), overall,
                100 * buyers / expected if expected else None, expected,
                expected < LEAST_BUYERS,
            ))  # fmt: skip
    names = ["segment", "item", "buyers", "reach", "overall", "index", "expected", "is_small"]
    return pd.DataFrame(rows, columns=names)


def next_best(labels: pd.DataFrame, baskets: pd.DataFrame, item: str) -> pd.DataFrame:
    """The best next item of each segment: segment, item, after (who buys this), both, n (buyers
    of `after` in the segment), share = both ÷ n, reach (buyers of the item in the segment ÷ its
    customers), lift = share ÷ reach, missing (buyers of `after` without the item), is_small.

    Of the pairs whose buyers buy the item more than others do (LEAST_LIFT), the one with the
    most missing × share; with enough buyers before one without. A segment without such a pair
    has no row.
    """
    bought, items = _bought(labels, baskets, item)
    counts = labels["segment"].astype(object).value_counts()
    rows = []
    for name in counts.index:
        own = bought[bought["segment"] == name]
        found = _best(own, items, int(counts[name]))
        if found is not None:
            rows.append((name, *found))
    names = ["segment", "item", "after", "both", "n", "share", "reach", "lift", "missing",
             "is_small"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def without(labels: pd.DataFrame, baskets: pd.DataFrame, item: str, chosen: str, after: str,
            segment: str) -> list[str]:  # fmt: skip
    """The customers of a segment who bought `after` and not `chosen`: whom to offer it."""
    bought, _ = _bought(labels, baskets, item)
    own = bought[bought["segment"] == segment]
    has = set(own.loc[own["item"] == chosen, "customer"])
    return [one for one in own.loc[own["item"] == after, "customer"] if one not in has]


def _best(own: pd.DataFrame, items: list[str], customers: int) -> tuple[object, ...] | None:
    together, buyers = _pairs(own, items)
    pairs = []
    for a, after in enumerate(items):
        for b, each in enumerate(items):
            both, n = int(together[a, b]), int(buyers[a])
            if a == b or not n or not buyers[b] or n == both:
                continue
            share, reach = both / n, int(buyers[b]) / customers
            small = n < LEAST_BUYERS or both < LEAST_BUYERS // 3
            if share / reach >= LEAST_LIFT:
                row = (each, after, both, n, share, reach, share / reach, n - both, small)
                pairs.append(((not small, share * (n - both)), row))
    return max(pairs, key=lambda pair: pair[0])[1] if pairs else None


def _pairs(own: pd.DataFrame, items: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """How many buy both of two items, and how many each."""
    customers, _ = pd.factorize(own["customer"])
    places = pd.Categorical(own["item"], categories=items).codes
    width = int(customers.max()) + 1 if len(customers) else 0
    held = np.zeros((width, len(items)), dtype=np.float32)
    held[customers, places] = 1
    together = held.T @ held
    return together, np.diag(together)


def _bought(
    labels: pd.DataFrame, baskets: pd.DataFrame, item: str
) -> tuple[pd.DataFrame, list[str]]:
    """A row per customer and item bought, with the customer's segment; the items by sales."""
    segment = pd.Series(labels["segment"].astype(object).to_numpy(), index=labels["customer"])
    told = baskets["customer"].map(segment)
    is_known = told.notna() & baskets[item].notna() & (baskets["bought"] == 1)
    kept = baskets[is_known.to_numpy()]
    found = pd.DataFrame(
        {
            "customer": kept["customer"].to_numpy(),
            "item": kept[item].astype(object).to_numpy(),
            "segment": told[is_known].to_numpy(),
            "net": kept["net"].astype(float).to_numpy(),
        }
    )
    sums = found.groupby("item")["net"].sum().reset_index()
    sums = sums.sort_values(["net", "item"], ascending=[False, True])
    items = [str(name) for name in sums["item"].head(MOST_ITEMS)]
    return found[found["item"].isin(items)], items
