"""Members that sell more or less than their own share of history, that are new, or gone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from chanplan.analysis.unusual.candidate import (
    LEAST_PART,
    MOST_UNUSUAL,
    OTHERS,
    Tried,
    Unusual,
    Where,
    large_enough,
    limit,
)
from chanplan.analysis.unusual.judging import judge
from chanplan.analysis.unusual.steps import Mask, Numbers
from chanplan.analysis.unusual.tables import Tables, summed

# A member that sold in each of so many steps and now sells nothing is gone, not low.
STEADY = 6


def levels(tables: Tables) -> Tried:
    """Channels, regions, categories and their cells against the company, products against
    their category: there a season is the category's, so a product has none of its own."""
    whole = tables.cells.sum()
    products = summed(tables.products, "category", "product")
    tried = [
        _family(tables, "channel", summed(tables.cells, "channel"), whole),
        _family(tables, "region", summed(tables.regions, "region"), tables.regions.sum()),
        _family(tables, "category", summed(tables.cells, "category"), whole),
        _family(tables, "cell", summed(tables.cells, "channel", "category"), whole),
        _family(tables, "product", products, _of_category(tables, products), season=False),
    ]
    return sum(tests for tests, _ in tried), [each for _, found in tried for each in found]


def arrivals(tables: Tables) -> list[Unusual]:
    """Channels, partners and products that sold for the first time within the scope."""
    return [
        *_new(tables, summed(tables.cells, "channel")),
        *_new(tables, tables.partners),
        *_new(tables, summed(tables.products, "category", "product")),
    ]


def _of_category(tables: Tables, products: pd.DataFrame) -> pd.DataFrame:
    """For every product the sales of its category."""
    categories = summed(tables.within, "category")
    found = categories.reindex(products.index.get_level_values("category"))
    return found.set_axis(products.index).fillna(0.0)


def _new(tables: Tables, table: pd.DataFrame) -> list[Unusual]:
    history, scope = _split(tables, table.to_numpy(float))
    before, now = history.sum(axis=1), scope.sum(axis=1)
    whole = tables.cells.iloc[:, len(tables.over.history) :].to_numpy(float).sum()
    found = []
    for at in np.flatnonzero((before <= 0) & (now >= LEAST_PART * whole) & (now > 0)):
        where, within = _place(table, int(at))
        values = {"actual": now[at], "expected": 0.0, "share": now[at] / whole}
        first = int(np.argmax(scope[at] > 0)) + tables.over.now
        found.append(
            Unusual("new", where, float(now[at]), MOST_UNUSUAL, values | {"first": first}, within)
        )
    return [each for each in found if "" not in dict(each.where).values()]


def _family(
    tables: Tables,
    family: str,
    table: pd.DataFrame,
    whole: pd.Series | pd.DataFrame,
    season: bool = True,
) -> Tried:
    """Every tested member of a family, and the rest of them as one, beyond its ordinary range."""
    amounts, of = table.to_numpy(float), np.broadcast_to(whole.to_numpy(float), table.shape)
    history, scope = _split(tables, amounts)
    named = np.array(["" not in _key(key) for key in table.index], dtype=bool)
    sold = history.sum(axis=1) > 0
    chosen = large_enough(history.sum(axis=1), scope.sum(axis=1)) & named & sold
    if len(table) < 2 or not chosen.any():
        return 0, []
    amounts, of = _with_rest(amounts, of, chosen, season and chosen.sum() < len(table))
    shares = np.divide(amounts, of, out=np.zeros_like(amounts), where=of > 0)
    judged = judge(shares, tables.over, season)
    reach = limit(family, len(shares), judged.df)
    low, high = judged.ordinary(reach)
    size = _split(tables, of)[1].sum(axis=1)
    actual = _split(tables, amounts)[1].sum(axis=1)
    rows, found = np.flatnonzero(chosen), []
    for at in np.flatnonzero(np.abs(judged.t) >= reach):
        where, within = (
            (((str(table.index.names[-1]), OTHERS),), ())
            if at >= len(rows)
            else _place(table, int(rows[at]))
        )
        values = {
            "actual": actual[at],
            "expected": judged.expected[at] * size[at],
            "low": low[at] * size[at],
            "high": high[at] * size[at],
            "tests": float(len(shares)),
            "t": judged.t[at],
            "since": float(_since(shares[at], judged.expected[at], tables)),
        }
        money = float(actual[at] - values["expected"])
        rule = "gone" if actual[at] <= 0 and _steady(amounts[at], tables) else "level"
        found.append(Unusual(rule, where, money, abs(judged.t[at]) / reach, values, within))
    return len(shares), [each for each in found if each.money * each.values["t"] > 0]


def _since(shares: Numbers, usual: float, tables: Tables) -> int:
    """The step since which the share has lain on the side where it lies in the scope."""
    length = len(tables.over.history)
    side = np.sign(shares - usual) * np.sign(shares[length:].mean() - usual) > 0
    last = int(np.flatnonzero(side)[-1])
    before = np.flatnonzero(~side[:last])
    return tables.over.first + (int(before[-1]) + 1 if len(before) else 0)


def _with_rest(amounts: Numbers, of: Numbers, chosen: Mask, rest: bool) -> tuple[Numbers, Numbers]:
    """The chosen rows, and below them the sum of all others, which must not hide a finding."""
    if not rest:
        return amounts[chosen], of[chosen]
    others = amounts[~chosen].sum(axis=0, keepdims=True)
    return np.vstack([amounts[chosen], others]), np.vstack([of[chosen], of[:1]])


def _steady(amounts: Numbers, tables: Tables) -> bool:
    before = amounts[: len(tables.over.history)][-STEADY:]
    return bool((before > 0).all())


def _split(tables: Tables, amounts: Numbers) -> tuple[Numbers, Numbers]:
    length = len(tables.over.history)
    return amounts[:, :length], amounts[:, length:]


def _key(key: object) -> tuple[str, ...]:
    return key if isinstance(key, tuple) else (str(key),)


def _place(table: pd.DataFrame, at: int) -> tuple[Where, Where]:
    """The members that find these lines, and those that merely hold them."""
    names = [str(name) for name in table.index.names]
    pairs = tuple(zip(names, _key(table.index[at]), strict=True))
    if pairs[-1][0] in ("product", "partner"):
        return pairs[-1:], pairs[:-1]
    return pairs, ()
