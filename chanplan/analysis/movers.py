"""Who moved the total: the biggest changes in money, up and down, with others to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from chanplan.analysis import arithmetic, shares
from chanplan.domain.scope import Comparison, Scope
from chanplan.metrics.query import MetricQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

MEASURE = "net_sales"
# Five each way is what one remembers; the rest is in others and on the page's table.
EACH_WAY = 5


def query(scope: Scope, dimension: str, compare: Comparison = "last_year") -> MetricQuery:
    """Net sales by one dimension, now and in the period compared with."""
    return MetricQuery(measures=(MEASURE,), by=(dimension,), scope=scope, compare=compare)


def movers(
    frame: pd.DataFrame, dimension: str, measure: str = MEASURE, each: int = EACH_WAY
) -> pd.DataFrame:
    """The `each` largest rises and falls in money, from the largest rise down, others last.

    In: an answer by `dimension` with a comparison. Out: the columns of `shares.COLUMNS`;
    the `change` of all rows, others included, sums exactly to the change of the total.
    Empty when there is no base: without one nothing is known to have moved.
    """
    everyone = shares.shares(frame, dimension, measure)
    changes = arithmetic.numbers(everyone, "change")
    if not changes or changes[0] is None:
        return everyone.iloc[0:0]
    return shares.table(_chosen(shares.rows_of(everyone), each))


def _chosen(rows: Sequence[shares.Row], each: int) -> list[shares.Row]:
    """Rises from the largest, then falls to the largest, then the sum of the others."""
    by_change = sorted(rows, key=_change, reverse=True)
    rises = [row for row in by_change if _change(row) > 0]
    falls = [row for row in by_change if _change(row) < 0]
    unmoved = [row for row in by_change if _change(row) == 0]
    kept_falls = falls[len(falls) - each :] if len(falls) > each else falls
    left = rises[each:] + unmoved + falls[: len(falls) - len(kept_falls)]
    if len(left) == 1 and not unmoved:
        return [*rises, *falls]  # a single one keeps its name
    return [*rises[:each], *kept_falls, *([_others(left)] if left else [])]


def _change(row: shares.Row) -> Decimal:
    value, base = row[3]
    return (value or arithmetic.ZERO) - (base or arithmetic.ZERO)


def _others(rows: Sequence[shares.Row]) -> shares.Row:
    sides = (
        arithmetic.total(row[3][0] for row in rows),
        arithmetic.total(row[3][1] for row in rows),
    )
    return None, True, len(rows), sides
