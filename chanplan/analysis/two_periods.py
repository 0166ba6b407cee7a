"""The same question asked of any two periods, its answers put beside each other by member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import Member
from chanplan.domain.period import Period
from chanplan.domain.scope import Comparison, Scope
from chanplan.metrics.query import MetricQuery

MEASURE = "net_sales"


def queries(scope: Scope, base: Period, by: Sequence[str] = ()) -> tuple[MetricQuery, MetricQuery]:
    """Net sales of the scope's period, and of the base."""
    now, then = (MetricQuery((MEASURE,), each, by=tuple(by)) for each in (scope, _at(scope, base)))
    return now, then


def _at(scope: Scope, base: Period) -> Scope:
    """The scope in the base: its months, or the days of them that stand beside the scope's."""
    days = scope.days
    if days is None:
        return scope.at(base)
    then = replace(days, first=days.base_first, last=days.base_last)
    return replace(scope, period=base, days=then)


def beside(now: pd.DataFrame, then: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """As one answer with a comparison: `by`, net_sales and its base. A member absent on one
    side sold nothing there, provided that anyone did."""
    sides = [_told(frame, by) for frame in (now, then)]
    members = list(dict.fromkeys([*sides[0], *sides[1]]))
    zeros = [_zero(side) for side in sides]
    columns = {name: arithmetic.column(m[at] for m in members) for at, name in enumerate(by)}
    for name, side, zero in zip((MEASURE, arithmetic.base_of(MEASURE)), sides, zeros, strict=True):
        columns[name] = arithmetic.column(side.get(member, zero) for member in members)
    return pd.DataFrame(columns)


def comparison(period: Period, base: Period) -> Comparison:
    """What the reader calls this pair: 同比, 环比, or neither."""
    if base == period.last_year():
        return "last_year"
    return "previous" if base == period.previous() else "none"


def _told(frame: pd.DataFrame, by: Sequence[str]) -> dict[tuple[Member, ...], Decimal | None]:
    keys = [arithmetic.members(frame, name) for name in by]
    members = zip(*keys, strict=True) if keys else [()] * len(frame)
    return dict(zip(members, arithmetic.numbers(frame, MEASURE), strict=True))


def _zero(side: dict[tuple[Member, ...], Decimal | None]) -> Decimal | None:
    return arithmetic.ZERO if any(value is not None for value in side.values()) else None
