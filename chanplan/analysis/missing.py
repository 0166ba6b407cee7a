"""Which sources are missing from a comparison, and what they sold in the period compared with.

A comparison of unlike coverage misleads: where a source's files end early, its members seem
to have lost everything (definitions §0, dates).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Comparison, Scope
from chanplan.metrics.query import MetricQuery

MEASURE = "net_sales"


@dataclass(frozen=True)
class Missing:
    """A source without files for some months of the period, and its money in the base.

    first, last  the missing months; sold: net sales of the months they are compared with
    """

    source: str
    first: int
    last: int
    sold: Decimal


def query(scope: Scope, everything: Period) -> MetricQuery:
    """Net sales by source and month over all months that have any."""
    return MetricQuery((MEASURE,), scope.at(everything), by=("source", "month"))


def missing(
    frame: pd.DataFrame, period: Period, back: int, files: pd.DataFrame | None = None
) -> list[Missing]:
    """Sources whose files do not reach all of `period` and that sold in the base, most first.

    frame  the answer to `query`: source, month, net_sales
    back   how many months earlier the base lies
    files  the same answer without filters: how far a source reaches says no single product

    A source without a sale in a month between its files is not missing: no sale is not no file.
    """
    reach = frame if files is None else files
    covered = {name: _covered(rows) for name, rows in reach.groupby("source")}
    found = [
        _gap(name, _sold(rows), covered.get(name), period, back)
        for name, rows in frame.groupby("source")
        if name != ADJUSTED  # no file of it is expected
    ]
    known = [gap for gap in found if gap is not None]
    return sorted(known, key=lambda gap: (-gap.sold, gap.source))


def months_back(period: Period, compare: Comparison) -> int:
    """How many months earlier the base of a comparison lies."""
    return len(period) if compare == "previous" else MONTHS_A_YEAR


def _sold(rows: pd.DataFrame) -> dict[int, Decimal]:
    amounts = arithmetic.numbers(rows, MEASURE)
    pairs = zip(rows["month"], amounts, strict=True)
    return {int(month): amount for month, amount in pairs if amount is not None}


def _covered(rows: pd.DataFrame) -> Period | None:
    """From the first to the last month of a source's files."""
    sold = _sold(rows)
    return Period(min(sold), max(sold)) if sold else None


def _gap(
    source: object, sold: dict[int, Decimal], covered: Period | None, period: Period, back: int
) -> Missing | None:
    if covered is None:
        return None
    absent = _outside(period, covered.__contains__)
    in_base = sum((sold.get(shift(month, -back), Decimal(0)) for month in absent), Decimal(0))
    if not absent or in_base <= 0:
        return None
    return Missing(str(source), absent[0], absent[-1], in_base)


def _outside(period: Period, covered: Callable[[int], bool]) -> list[int]:
    return [month for month in period if not covered(month)]
