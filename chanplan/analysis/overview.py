"""The month at a glance: each key figure beside the period it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.domain.scope import Comparison, Scope
from chanplan.metrics.query import MetricQuery

if TYPE_CHECKING:
    from chanplan.metrics.catalogue import Measure

KPIS = (
    "net_sales",
    "quantity",
    "orders",
    "active_customers",
    "average_price",
    "gross_margin",
    "gross_margin_rate",
    "discount_rate",
)


@dataclass(frozen=True)
class Kpi:
    """One key figure. `change` is a growth rate, or a difference in points for a rate.

    `good` says whether the change is welcome, by the measure's own better way; None when
    there is no change to judge.
    """

    measure: str
    unit: str
    value: Decimal | None
    base: Decimal | None
    change: Decimal | None
    change_unit: Literal["growth", "points"]
    good: bool | None


def query(
    scope: Scope, compare: Comparison = "last_year", measures: tuple[str, ...] = KPIS
) -> MetricQuery:
    """The key figures of the whole scope: one row."""
    return MetricQuery(measures=measures, scope=scope, compare=compare)


def by_month_query(scope: Scope, measures: tuple[str, ...] = KPIS) -> MetricQuery:
    """The same figures month by month, for the sparklines beside them."""
    return MetricQuery(measures=measures, by=("month",), scope=scope)


def kpis(
    frame: pd.DataFrame,
    catalogue: Mapping[str, Measure],
    measures: tuple[str, ...] = KPIS,
) -> list[Kpi]:
    """The figures of a one-row answer that are known on either side, in the order asked."""
    read = [_kpi(frame, catalogue[name]) for name in measures if name in frame.columns]
    return [kpi for kpi in read if kpi.value is not None or kpi.base is not None]


def _kpi(frame: pd.DataFrame, measure: Measure) -> Kpi:
    value, base = _first(frame, measure.name), _first(frame, arithmetic.base_of(measure.name))
    is_rate = measure.unit == "rate"
    change = arithmetic.difference(value, base) if is_rate else arithmetic.growth(value, base)
    good = None if not change else (change > 0) == (measure.better == "up")
    return Kpi(
        measure.name, measure.unit, value, base, change, "points" if is_rate else "growth", good
    )


def _first(frame: pd.DataFrame, column: str) -> Decimal | None:
    return next(iter(arithmetic.numbers(frame, column)), None)
