"""Which products fit which channel: the index of every cell, and the money in its deviation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis import cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

Level = Literal["category", "product"]
CHANNEL: Final = "channel"
MEASURE: Final = cells.MEASURE
COLUMNS: Final = (
    "channel", "item", "value", "expected", "gap", "share", "overall", "index",
    "months", "low", "high", "z", "verdict",
)  # fmt: skip
# strong, weak  surely above or below 100: ranked and coloured
# ordinary      within what the channel's own months vary
# seldom        sells in fewer than every second month
# small         expected sales below the floor
# short         too few months to know a spread
# unjudged      its months were not asked for: others differ by more money
# unknown       a total is not positive, so there are no shares
VERDICTS: Final = ("strong", "weak", "ordinary", "seldom", "small", "short", "unjudged", "unknown")
# A cell whose expected sales are a smaller part of all sales tells nothing worth acting on.
FLOOR: Final = Decimal("0.0005")
# Items asked for by name; those beyond are the smallest.
MOST_ITEMS: Final = 2_000
# Items whose months are asked for: those of the most money.
MOST_JUDGED: Final = 40


def everyone(scope: Scope) -> Scope:
    """The scope without filters on channel and product: what a share is compared with."""
    return scope.only(CHANNEL).only("category").only("product")


def channels_query(scope: Scope) -> MetricQuery:
    """Net sales of every channel."""
    return MetricQuery((MEASURE,), everyone(scope), by=(CHANNEL,))


def items_query(scope: Scope, level: Level) -> MetricQuery:
    """The largest categories or products."""
    by = (level,)
    return MetricQuery((MEASURE,), everyone(scope), by=by, order=MEASURE, limit=MOST_ITEMS)


def worth_a_look(
    items: pd.DataFrame, channels: pd.DataFrame, level: Level, least: int
) -> list[str]:
    """The items, largest first, of which some cell can reach the floor; at least `least`.

    In: the answers to `items_query` and `channels_query`. In the largest channel an item has
    the largest expected sales; where even those are below the floor, every cell of it is
    small. So no more than 1 / FLOOR items are left.
    """
    sizes, totals = cells.cells(items, level), cells.cells(channels, CHANNEL)
    whole, largest = sum(totals.values(), ZERO), max(totals.values(), default=ZERO)
    named = cells.by_size(sizes)
    floor = FLOOR * whole * whole
    return [item for at, item in enumerate(named) if at < least or sizes[item,] * largest >= floor]


def cells_query(scope: Scope, level: Level, items: Sequence[str]) -> MetricQuery:
    """Net sales of these items in every channel."""
    return MetricQuery((MEASURE,), everyone(scope).only(level, *items), by=(CHANNEL, level))


def homes_query(scope: Scope, items: Sequence[str]) -> MetricQuery:
    """The category of each of these products."""
    kept = everyone(scope).only("product", *items)
    return MetricQuery((MEASURE,), kept, by=("product", "category"))


def indices(sold: pd.DataFrame, channels: pd.DataFrame, level: Level) -> pd.DataFrame:
    """渠道偏好指数 (TGI, definitions §4) of every named channel and item, before judgement.

    In: the answers to `cells_query` and `channels_query`. Out: COLUMNS, by channel and item,
    each largest first. `share` is the item's share inside the channel, `overall` its share of
    all sales, `index` = 100 × share / overall, `expected` = overall × the channel's sales,
    `gap` = value − expected (money). An item's indices, weighted by their channels' shares of
    all sales, give 100. Nothing sold is 0; None where a total is not positive, and then the
    verdict is "unknown".
    """
    known, totals = cells.cells(sold, CHANNEL, level), cells.cells(channels, CHANNEL)
    whole, sizes = sum(totals.values(), ZERO), cells.sums(known, 1)
    items, rows = cells.by_size(sizes), []
    for channel in cells.by_size(totals):
        for item in items:
            value = known.get((channel, item), ZERO)
            told = index(value, totals[channel,], sizes[item,], whole)
            rows.append((channel, item, *told, 0, None, None, None, _at_first(told, whole)))
    return cells.table(COLUMNS, rows)


def index(
    value: Decimal, channel: Decimal, item: Decimal, whole: Decimal
) -> tuple[Decimal | None, ...]:
    """value, expected, gap, share, overall, index of a cell; see `indices`."""
    if channel <= 0 or item <= 0 or whole <= 0:
        return value, None, None, None, None, None
    share, overall, expected = value / channel, item / whole, item * channel / whole
    return value, expected, value - expected, share, overall, 100 * share / overall


def to_judge(table: pd.DataFrame, shown: Sequence[str]) -> list[str]:
    """The items whose months are worth asking for: those shown, then those whose cells above
    the floor differ by most money."""
    gaps: dict[str, Decimal] = {}
    for row in cells.records(table):
        if row["verdict"] == "unjudged":
            gaps[row["item"]] = max(gaps.get(row["item"], ZERO), abs(row["gap"]))
    most = sorted(gaps, key=lambda item: (-gaps[item], item))
    return list(dict.fromkeys([*shown, *most]))[:MOST_JUDGED]


def best(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The surely strong cells that sell most beyond what is expected of their channel."""
    return _ranked(table, "strong", most)


def worst(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The surely weak cells that lack most money to what is expected of their channel."""
    return _ranked(table, "weak", most)


def _ranked(table: pd.DataFrame, verdict: str, most: int) -> pd.DataFrame:
    kept = [row for row in cells.records(table) if row["verdict"] == verdict]
    kept.sort(key=lambda row: (-abs(row["gap"]), row["channel"], row["item"]))
    return cells.table(COLUMNS, [tuple(row[name] for name in COLUMNS) for row in kept[:most]])


def _at_first(told: tuple[Any, ...], whole: Decimal) -> str:
    expected = told[1]
    if expected is None:
        return "unknown"
    return "small" if expected < FLOOR * whole else "unjudged"
