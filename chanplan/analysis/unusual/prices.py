"""Groups of products whose prices moved together, and quantities counted in another unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from chanplan.analysis.unusual.candidate import (
    LEAST_MONEY,
    LEAST_PART,
    MOST_UNUSUAL,
    Tried,
    Unusual,
    Where,
    limit,
)

# Items that make a group: of fewer, a common movement cannot be told from chance.
LEAST_ITEMS = 4
# A price a unit that is a third or three times what it was is a matter of units: the smallest
# case holds four, and nobody cuts prices by two thirds.
ANOTHER_UNIT = float(np.log(3.0))
# Prices that wander by less are rounding and haggling, however surely it is measured.
LEAST_MOVE = 0.02
ITEM = ["channel", "category", "group", "product"]


def items(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """In: quarter, ITEM, price, quantity, amount, of the scope and of the year before it. Out:
    the rows of `now` that have a price before: ITEM, price, before, quantity, amount, move.

    The price before is the median of its quarters: one wrongly counted quarter is outvoted.
    """
    usual = before[before["price"] > 0].groupby(["channel", "product"])["price"].median()
    both = now.merge(usual.rename("before").reset_index(), on=["channel", "product"])
    both = both[(both["price"] > 0) & (both["quantity"] > 0)]
    return both.assign(move=np.log(both["price"] / both["before"]))


def units(sold: pd.DataFrame, whole: float) -> list[Unusual]:
    """Per channel and direction: what was sold at a price a unit that only another unit makes."""
    found = []
    strange = sold[sold["move"].abs() >= ANOTHER_UNIT]
    for (channel, up), rows in strange.groupby(["channel", strange["move"] > 0]):
        amount, move = float(rows["amount"].sum()), float(rows["move"].median())
        if amount < LEAST_MONEY * whole:
            continue
        categories = set(rows["category"])
        place = [("channel", str(channel)), ("category", categories.pop())]
        where = tuple(pair for pair in place[: 1 if categories else 2] if pair[1])
        values = {
            "actual": amount,
            "times": float(np.exp(abs(move))),
            "items": float(rows["product"].nunique()),
        }
        found.append(Unusual("unit", where, amount if up else -amount, MOST_UNUSUAL, values))
    return found


def prices(sold: pd.DataFrame, whole: float, group: str) -> Tried:
    """Each channel, each group of products, each group in a channel: the mean of
    log(price / before) over its items against their scatter. What moved most surely is told,
    its items are taken out, and the rest is judged again. Money is Σ q₁·(p₁ − p₀)
    (definitions §3). In: `items`, the scope's sales, the dimension that groups products.
    """
    left = _usual(sold)
    tests, found = sum(1 for _ in _groups(left, group)), []
    while len(left):
        told = [_judged(rows, where, tests, whole) for where, rows in _groups(left, group)]
        moved = [each for each in told if each is not None]
        if not moved:
            break
        best, taken = max(moved, key=lambda pair: pair[0].ratio)
        found.append(best)
        left = left.drop(index=taken)
    return tests, found


def _usual(sold: pd.DataFrame) -> pd.DataFrame:
    """One row per channel and product, without what is a matter of units."""
    plain = sold[sold["move"].abs() < ANOTHER_UNIT]
    summed = plain.groupby(ITEM, as_index=False).agg(
        quantity=("quantity", "sum"), amount=("amount", "sum"), before=("before", "first")
    )
    priced = plain.assign(paid=plain["price"] * plain["quantity"]).groupby(ITEM)["paid"].sum()
    summed["price"] = priced.to_numpy() / summed["quantity"].to_numpy()
    return summed.assign(move=np.log(summed["price"] / summed["before"]))


def _groups(sold: pd.DataFrame, group: str) -> Iterator[tuple[Where, pd.DataFrame]]:
    for keys in (["channel"], ["group"], ["channel", "group"]):
        for members, rows in sold.groupby(keys, sort=True):
            if len(rows) >= LEAST_ITEMS and "" not in members:
                names = [group if key == "group" else key for key in keys]
                yield tuple(zip(names, map(str, members), strict=True)), rows


def _judged(
    rows: pd.DataFrame, where: Where, tests: int, whole: float
) -> tuple[Unusual, pd.Index] | None:
    move, reach = rows["move"].to_numpy(float), limit("price", tests, len(rows) - 1)
    mean, middle = float(move.mean()), float(np.median(move))
    error = float(move.std(ddof=1)) / float(np.sqrt(len(move)))
    amount = float(rows["amount"].sum())
    # The middle must have moved as well: a few items alone are not the group's price.
    moved = min(mean, middle) >= LEAST_MOVE or max(mean, middle) <= -LEAST_MOVE
    if not moved or error <= 0 or abs(mean) < reach * error or amount < LEAST_PART * whole:
        return None
    effect = float((rows["quantity"] * (rows["price"] - rows["before"])).sum())
    values = {
        "change": effect / (amount - effect),
        "range": float(np.expm1(reach * error)),
        "items": float(len(rows)),
        "actual": amount,
        "tests": float(tests),
        "t": mean / error,
    }
    categories = set(rows["category"])
    within = (("category", categories.pop()),) if len(categories) == 1 else ()
    ratio = abs(mean) / error / reach
    return Unusual("price", where, effect, ratio, values, within), rows.index
