"""Targets beside sales: what is set, what is sold, how far each source covers; asked in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.tracked import Tracked, tracked
from chanplan.analysis.tracking import Asked, Progress, sold
from chanplan.analysis.tracking_rates import Cell, rates
from chanplan.analysis.tracking_targets import Key, Targets, chosen
from chanplan.domain import calendar
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Days, Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.store import Store
from chanplan.workspace import actuals, tracking_events
from chanplan.workspace.answers import Answer
from chanplan.workspace.looking import Coverage

Ask = Callable[[MetricQuery | Question], pd.DataFrame]
# Three earlier years tell a season and its drift.
MOST_HISTORY = 36
_LEVELS = (
    "channel", "partner", "region", "province", "product", "category", "customer", "salesperson",
)  # fmt: skip
# What a salesperson's targets add up to, by the company's word on its people.
_ABOVE = ("department", "manager")
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
    until = min(_until(as_of, covered, scope, cut_off_day), ends)
    frame, started = (
        ask(Question("targets", scope, by=tuple(by), measure=measure, basis=scope.basis, plan=plan))
        for plan in ("in_force", "at_start")
    )
    sales = ask(_sales(scope, by, until, measure, covered, cut_off_day))
    reach = _reach(store, ask, scope, by, until, cut_off_day)
    events = tracking_events.worth(ask, scope, by, until, cut_off_day)
    asked = Asked(tuple(by), scope.period, until, scope.basis, cut_off_day, reach, progress, events)
    levels = [name for name, _ in scope.where]
    targets = chosen(frame, by, scope.period, levels)
    # Where nothing has been revised, both are the same.
    same = started.equals(frame)
    first = targets if same else chosen(started, by, scope.period, levels)
    return tracked(asked, targets, sold(sales, by, measure, scope.period), first)


def rated(
    ask: Callable[[MetricQuery | Question], Answer],
    covered: Coverage | None,
    scope: Scope,
    by: str,
    measure: str,
    fiscal_start: int,
    cut_off_day: int,
) -> pd.DataFrame:
    """Targets of a measure that does not add up, each beside its own actual of its own months:
    see `tracking_rates.rates`."""
    split = (by,) if by else ()
    question = Question(
        "targets", scope, by=split, measure=measure, basis=scope.basis, plan="in_force"
    )
    frame = ask(question).frame
    until = _until(None, covered, scope, cut_off_day)
    last = min(scope.period.last, calendar.month_of(until, cut_off_day))
    found: dict[Cell, Decimal | None] = {}
    if last >= scope.period.first:
        months = Period(scope.period.first, last)
        for kind in dict.fromkeys(str(each) for each in frame["period"]):
            each = _told_by(kind, fiscal_start)
            for names in dict.fromkeys(((), split)):
                told = actuals.actuals(ask, measure, scope, names, months, each).frame
                for row in told.to_dict("records"):
                    member = row[by] if names else None
                    if not names or member is not None:
                        found[kind, int(row["month"]), member] = row["value"]
    levels = [name for name, _ in scope.where]
    better = catalogue().measures[measure].better
    return rates(frame, found, by, levels, scope.period, until, better, cut_off_day)


def _told_by(kind: str, fiscal_start: int) -> actuals.Each:
    if kind == "year":
        return "year" if fiscal_start == 1 else "fiscal_year"
    return "quarter" if kind == "quarter" else "month"


def before(ask: Ask, scope: Scope, by: Sequence[str], measure: str) -> dict[int, Targets]:
    """What was set for earlier spans of the same length, by their first month."""
    length = len(scope.period)
    earlier = scope.at(Period(shift(scope.period.first, -MOST_HISTORY), scope.period.first))
    question = Question(
        "targets", earlier, by=tuple(by), measure=measure, basis=scope.basis, plan="in_force"
    )
    frame = ask(question)
    named = [name for name, _ in scope.where]
    spans = [scope.period.moved(-length * back) for back in range(1, MOST_HISTORY // length + 1)]
    return {span.first: chosen(frame, by, span, named) for span in spans}


def elsewhere(store: Store, scope: Scope, measure: str) -> pd.DataFrame:
    """Targets in the scope's months that name another basis or tax view, so that they stand
    beside other sales: basis, tax, rows; both may be None."""
    first, last = (date(m // 100, m % 100, 1) for m in (scope.period.first, scope.period.last))
    return store.fetch(
        "select basis, tax, count(*) as rows from targets_in_force"
        " where measure = ? and month between ? and ?"
        " and (coalesce(basis, ?) <> ? or coalesce(tax, ?) <> ?) group by basis, tax order by all",
        [measure, first, last, scope.basis, scope.basis, scope.tax, scope.tax],
    )


def levels(store: Store) -> pd.DataFrame:
    """What targets there are: measure, first and last month, rows, and how many of them name
    each level; one row per measure, the one with most rows first. Those of salespeople are their
    manager's and department's, too, where each of them has one."""
    named = ", ".join(f"count({level}) as {level}" for level in _LEVELS)
    above = ", ".join(
        f"case when count({level}) = count(salesperson) then count({level}) else 0 end as {level}"
        for level in _ABOVE
    )
    told = ", ".join(f"max(value) filter (attribute = '{level}') as {level}" for level in _ABOVE)
    return store.fetch(
        f"""
        with told as (
            select member, {told} from attribute_current
            where dimension = 'salesperson' group by member
        )
        select measure, min(month) as first, max(month) as last, count(*) as rows, {named}, {above}
        from targets_in_force left join told on told.member = salesperson
        group by measure order by rows desc, measure"""
    )


def milestones(store: Store) -> pd.DataFrame:
    """The newest word on every milestone: milestone, due, measure, value, channel, state."""
    return store.fetch(
        "select milestone, due, measure, value, channel, state from milestones_told"
        " order by due, milestone"
    )


def _until(as_of: date | None, covered: Coverage | None, scope: Scope, cut_off_day: int) -> date:
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


def year_of(year: int, fiscal_start: int) -> Period:
    """The months of a fiscal year, named by the calendar year in which it ends."""
    first = year * 100 + 1 if fiscal_start == 1 else (year - 1) * 100 + fiscal_start
    return Period(first, shift(first, MONTHS_A_YEAR - 1))
