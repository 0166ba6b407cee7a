"""Targets that add up, beside what was sold up to a day, and how far each source covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.tracked import Tracked, tracked
from chanplan.analysis.tracking import Asked, Progress, sold
from chanplan.analysis.tracking_targets import Key, chosen
from chanplan.domain import calendar
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Days, Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.store import Store
from chanplan.workspace.looking import Coverage
from chanplan.workspace.tracking import events

Ask = Callable[[MetricQuery | Question], pd.DataFrame]
# Three earlier years tell a season and its drift.
MOST_HISTORY = 36
_REACH = """
    with declared as (
        select source, max(covered_to) as covered_to
        from sources join batch_month using (batch) where active group by source
    )
    select batch.source, greatest(max(batch.covered_to), max(declared.covered_to)) as covered_to
    from batch
    join batch_month as counted
        on counted.batch = batch.batch and counted.active and counted.month > 0
    left join declared on declared.source = batch.source
    where batch.table_name = 'sales' and batch.basis = ?
    group by batch.source"""


def track(
    store: Store,
    ask: Ask,
    covered: Coverage | None,
    scope: Scope,
    by: Sequence[str],
    as_of: date | None,
    measure: str,
    progress: Progress,
    cut_off_day: int,
) -> Tracked:
    """Targets of the scope's period by dimensions, up to a day (default: as far as data goes).

    Raises BadQueryError for a measure whose parts do not add up to its whole.
    """
    declared = catalogue().measures.get(measure)
    if declared is None or not declared.additive:
        raise BadQueryError("target_not_additive", name=measure)
    ends = calendar.last_day(scope.period.last, cut_off_day)
    until = min(until_day(as_of, covered, scope, cut_off_day), ends)
    frame, started = (
        ask(Question("targets", scope, by=tuple(by), measure=measure, basis=scope.basis, plan=plan))
        for plan in ("in_force", "at_start")
    )
    sales = ask(_sales(scope, by, until, measure, covered, cut_off_day))
    reach = _reach(store, ask, scope, by, until, cut_off_day)
    worth = events.worth(ask, scope, by, until, cut_off_day)
    asked = Asked(tuple(by), scope.period, until, scope.basis, cut_off_day, reach, progress, worth)
    levels = [name for name, _ in scope.where]
    targets = chosen(frame, by, scope.period, levels)
    # Where nothing has been revised, both are the same.
    same = started.equals(frame)
    first = targets if same else chosen(started, by, scope.period, levels)
    return tracked(asked, targets, sold(sales, by, measure, scope.period), first)


def until_day(as_of: date | None, covered: Coverage | None, scope: Scope, cut_off_day: int) -> date:
    """The day asked, else the last one that any source covers."""
    if as_of is not None:
        return as_of
    if covered is None:
        return calendar.first_day(scope.period.first, cut_off_day)
    return covered.latest or calendar.last_day(covered.last, cut_off_day)


def _sales(
    scope: Scope,
    by: Sequence[str],
    until: date,
    measure: str,
    covered: Coverage | None,
    cut_off_day: int,
) -> MetricQuery:
    """The months of up to three years before, to the day; days are cut from lines only where
    data goes on after it."""
    last = calendar.month_of(until, cut_off_day)
    earliest = shift(scope.period.first, -MOST_HISTORY)
    first = min(max(earliest, covered.first if covered else earliest), last)
    months = Period(first, last)
    whole = until >= calendar.last_day(last, cut_off_day)
    end = covered.latest if covered else None
    days = None
    if not whole and (end is None or end > until):
        start = calendar.first_day(first, cut_off_day)
        days = Days(start, until, start, until)
    narrowed = Scope(
        months, scope.basis, scope.tax, scope.attributes, scope.where, scope.rows, days
    )
    return MetricQuery((measure,), narrowed, by=("month", *by))


def _reach(
    store: Store, ask: Ask, scope: Scope, by: Sequence[str], until: date, cut_off_day: int
) -> dict[Key, date]:
    """Member → the last day that its sources cover: the earliest of those that reach its last
    month, as the data date of the whole is told (definitions §0)."""
    told = store.fetch(_REACH, [scope.basis])
    days: dict[str, date] = {
        str(source): pd.Timestamp(day).date()
        for source, day in zip(told["source"], told["covered_to"], strict=True)
        if not pd.isna(day)
    }
    last = calendar.month_of(until, cut_off_day)
    year = scope.at(Period(shift(last, 1 - MONTHS_A_YEAR), last))
    keys = tuple(dict.fromkeys((*by, "source")))
    frame = ask(MetricQuery(("net_sales",), year, by=keys))
    members = list(zip(*(arithmetic.members(frame, name) for name in by), strict=True))
    sources = arithmetic.members(frame, "source")
    of: dict[Key, list[date]] = defaultdict(list)
    for key, source in zip(members or [()] * len(frame), sources, strict=True):
        if source in days:
            of[key].append(days[source])
    return {key: _earliest(found) for key, found in of.items()}


def _earliest(days: Sequence[date]) -> date:
    newest = max(day.year * 12 + day.month for day in days)
    return min(day for day in days if day.year * 12 + day.month == newest)
