"""The months and days that are read, each with its side (now, or what it is compared with)."""

from __future__ import annotations

from typing import Any

from chanplan.domain.scope import Comparison, Days, Scope
from chanplan.metrics.catalogue import catalogue

NOW, THEN = "now", "base"


def span(compare: Comparison, scope: Scope) -> tuple[str, list[Any]]:
    """The months read, each with its side and the calendar members it is told under."""
    names = [d for d in catalogue().dimensions.values() if d.calendar]
    told = ", ".join(f"shown.{d.calendar} as k_{d.name}" for d in names)
    bounds, now_days, base_days = _bounds(scope)
    now = (
        f"select '{NOW}' as side, shown.month as month, {told}, shown.era as era,"
        f" shown.bit as bit{bounds.format(table='shown')}"
        " from calendar as shown where shown.month between ? and ?"
    )
    values: list[Any] = [scope.period.first, scope.period.last]
    if compare == "none":
        return now, [*now_days, *values]
    back = len(scope.period) if compare == "previous" else 12
    then = (
        f"select '{THEN}' as side, earlier.month as month, {told}, earlier.era as era,"
        f" earlier.bit as bit{bounds.format(table='earlier')}"
        " from calendar as shown join calendar as earlier on earlier.ordinal = shown.ordinal - ?"
        " where shown.month between ? and ?"
    )
    return f"{now}\nunion all\n{then}", [*now_days, *values, *base_days, back, *values]


def within(days: Days, first: str, last: str) -> str:
    """The condition that a line lies between two days. What tells months only has no day."""
    between = f"f.date between {first} and {last}"
    if days.months_whole:
        return f"(f.grain = 'month' or {between})"
    return f"(f.grain <> 'month' and {between})"


def _bounds(scope: Scope) -> tuple[str, list[Any], list[Any]]:
    """The days of either side beside its months and whether a month lies within them whole, where
    a scope names any; and their values."""
    days = scope.days
    if days is None:
        return "", [], []
    day = "cast(? as date)"
    told = (
        f", {day} as first_day, {day} as last_day, case when {{table}}.first_day >= {day}"
        f" and {{table}}.last_day <= {day} then 1 else 0 end as whole"
    )
    now, base = [days.first, days.last], [days.base_first, days.base_last]
    return told, now * 2, base * 2


def mixes(scope: Scope) -> bool:
    """Whether days leave whole months, of which a summary tells all there is to tell."""
    return scope.days is not None and scope.days.months_whole and len(scope.period) > 1
