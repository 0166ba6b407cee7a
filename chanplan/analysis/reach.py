"""Where the figures of a period say less than they seem to: its last month, tax, units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.domain import calendar
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

MEASURE, QUANTITY = "net_sales", "quantity"
# Files made on a weekend before the month's end still count as whole.
DAYS_SHORT = 3


def short_month(
    period: Period, data_date: date | None, cut_off_day: int = calendar.MONTH_END
) -> int | None:
    """The last month of the period when the data ends more than DAYS_SHORT days before it.

    None when the month is whole, or when the data ends in another month.
    """
    month = period.last
    if data_date is None or calendar.month_of(data_date, cut_off_day) != month:
        return None
    left = (calendar.last_day(month, cut_off_day) - data_date).days
    return month if left > DAYS_SHORT else None


def tax_queries(scope: Scope) -> tuple[MetricQuery, MetricQuery]:
    """Net sales by source in the tax view of the scope, and in the other one."""
    other = replace(scope, tax="without_tax" if scope.tax == "with_tax" else "with_tax")
    asked = (MetricQuery((MEASURE,), each, by=("source",)) for each in (scope, other))
    return next(asked), next(asked)


def without_amounts(shown: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """Sources that have amounts only in the other tax view, and so count nothing in this one."""
    counted = _amounts(shown)
    return [name for name, sold in _amounts(other).items() if sold and not counted.get(name)]


def _amounts(frame: pd.DataFrame) -> dict[str, Decimal | None]:
    sources = [name or "" for name in arithmetic.members(frame, "source")]
    return dict(zip(sources, arithmetic.numbers(frame, MEASURE), strict=True))


def unit_query(scope: Scope) -> MetricQuery:
    """Quantity by product, to tell "unlike units" from "no quantity at all"."""
    return MetricQuery((QUANTITY,), scope, by=("product",))


def unlike_units(whole: Decimal | None, by_product: Sequence[Decimal | None]) -> bool:
    """Whether products have quantities that were not added, because their units differ."""
    return whole is None and any(each is not None for each in by_product)
