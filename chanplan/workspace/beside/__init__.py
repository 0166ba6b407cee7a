"""Measures that are no sum of sales lines, answered beside them and laid into the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.needed import beside_measures
from chanplan.metrics.query import BASE, MetricQuery
from chanplan.questions import Question
from chanplan.workspace.beside import collected, distribution, market, newcomers, profits
from chanplan.workspace.beside.asking import CALENDAR, Ask, Figures, Key, Way, keys, narrowed

# How each fact of the catalogue that stands beside the lines is answered.
WAYS: Final[Mapping[str, Way]] = {
    "collections": collected.WAY,
    "dues": collected.DUES,
    "newcomers": newcomers.WAY,
    "outlets": distribution.WAY,
    "market": market.WAY,
    "profit": profits.WAY,
}
BLIND: Final = "not_by_dimension"
# How far a member of the calendar lies from the one a year before.
_A_YEAR: Final = {"quarter": 10, "fiscal_quarter": 10, "year": 1, "fiscal_year": 1}


def reason(measure: str, scope: Scope, by: Sequence[str], ask: Ask) -> str | None:
    """Why a measure has no answer here, as a code: it knows a dimension not, or nobody has
    uploaded what it is told by; None where it can have one."""
    ways = [WAYS[str(catalogue().measures[part].fact)] for part in beside_measures([measure])]
    if any(not narrowed(scope) | set(by) <= way.known for way in ways):
        return BLIND
    needs = [way.needs for way in ways if way.needs]
    if not needs:
        return None
    uploads = ask(Question("uploads", scope)).iloc[0]
    return next((f"no_{name}" for name in needs if not uploads[name]), None)


def laid(frame: pd.DataFrame, query: MetricQuery, ask: Ask) -> pd.DataFrame:
    """The frame of a query's lines with its measures beside them, as new columns and, where only
    these tell of a member, as new rows; in the order of the dimensions."""
    names = beside_measures(query.measures)
    if not names:
        return frame
    records: list[dict[Any, Any]] = frame.to_dict("records")
    rows = dict(zip(keys(frame, query.by), records, strict=True))
    for name in names:
        for suffix, told in _sides(name, query, ask).items():
            for key, value in told.items():
                new: dict[Any, Any] = dict(zip(query.by, key, strict=True))
                rows.setdefault(key, new)[name + suffix] = value
    if not query.by:
        rows.setdefault((), {})
    columns = [*frame.columns, *(n + s for n in names for s in ("", BASE))]
    found = [rows[key] for key in sorted(rows, key=_order)]
    return pd.DataFrame(
        {each: pd.Series([row.get(each) for row in found], dtype=object) for each in columns}
    )


def _sides(name: str, query: MetricQuery, ask: Ask) -> Mapping[str, Figures]:
    """Column suffix → figures. By months: of days nothing is told."""
    way, scope = WAYS[str(catalogue().measures[name].fact)], query.scope
    if scope.days is not None or reason(name, scope, query.by, ask):
        return {}
    sides = {"": way.tell(name, scope, query.by, ask)}
    if query.compare != "none":
        base = _base(query)
        told = way.tell(name, scope.at(base), query.by, ask)
        sides[BASE] = _as_shown(told, query, base)
    return sides


def _base(query: MetricQuery) -> Period:
    period = query.scope.period
    return period.previous() if query.compare == "previous" else period.last_year()


def _as_shown(told: Figures, query: MetricQuery, base: Period) -> Figures:
    """Members of the base's calendar as those they are compared with. Of quarters and years only
    last year's have one."""
    times = [(at, name) for at, name in enumerate(query.by) if name in CALENDAR]
    back = MONTHS_A_YEAR if query.compare == "last_year" else len(base)
    if query.compare != "last_year" and any(name != "month" for _, name in times):
        return {}
    shown = {}
    for key, value in told.items():
        moved = list(key)
        for at, name in times:
            number = int(key[at] or 0)
            moved[at] = shift(number, back) if name == "month" else number + _A_YEAR[name]
        shown[tuple(moved)] = value
    return shown


def _order(key: Key) -> tuple[tuple[bool, str | int], ...]:
    return tuple((value is None, "" if value is None else value) for value in key)
