"""A query becomes one SQL statement in what every engine speaks.

Each fact (amounts, orders, customers) is aggregated alone to the asked members, from the
smallest relation that holds them; the results are stacked and put side by side by key.
Facts are never joined with each other, so nothing fans out. Members, months and filters
are bound; every identifier comes from the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Comparison, Days, Scope
from chanplan.metrics import relations, reported
from chanplan.metrics.catalogue import Measure, catalogue
from chanplan.metrics.query import BASE, MetricQuery
from chanplan.metrics.splitting import Splitting

NOW, THEN = "now", "base"
# Marks, per row, that the side has any line at all: no line is zero, unknown is not.
PRESENT = "__present"
# What makes two order numbers one order.
_ORDER = "f.source as order_source, f.order_number as order_number"


@dataclass(frozen=True)
class Compiled:
    """A statement, its values in order, and the relations it reads."""

    sql: str
    values: tuple[Any, ...]
    reads: tuple[str, ...]

    @property
    def reads_lines(self) -> bool:
        """Whether no summary could answer, so that the page says it read the lines."""
        return relations.LINES.name in self.reads


@dataclass(frozen=True)
class _Part:
    """One fact's select: its SQL, its values, the measures it gives, what it reads."""

    sql: str
    values: tuple[Any, ...]
    measures: tuple[str, ...]
    reads: tuple[str, ...]


def compile_query(query: MetricQuery, overridden: frozenset[str] = frozenset()) -> Compiled:
    """SQL for a query. `overridden`: column dimensions for which the company uploaded an
    attribute that wins over the column (a product table with categories)."""
    return _Compiler(query, overridden).compile()


def needed_measures(query: MetricQuery) -> tuple[str, ...]:
    """The measures the SQL must give: asked ones, with ratios opened into their two sums, less
    those that are told beside the lines."""
    known = catalogue().measures
    return tuple(name for name in _opened(query.measures) if not known[name].beside)


def beside_measures(names: Iterable[str]) -> tuple[str, ...]:
    """Those told beside the lines that these measures are, or are made of."""
    known = catalogue().measures
    return tuple(name for name in _opened(names) if known[name].beside)


def _opened(names: Iterable[str]) -> dict[str, None]:
    known = catalogue().measures
    return dict.fromkeys(part for name in names for part in known[name].over or (name,))


def lines_behind(
    scope: Scope, overridden: frozenset[str] = frozenset(), relation: str = "lines"
) -> Compiled:
    """SQL that stands behind `from`: the lines, called `f`, whose amounts sum to the net sales
    of a scope, whichever dimensions and days it names. Of "own_lines" they do in the money of
    their files."""
    split = Splitting(scope, (), overridden)
    where, values = split.where()
    conditions = [where, "f.month between ? and ?", f"f.line_type in {_texts(_counted_lines())}"]
    bounds: list[Any] = [scope.period.first, scope.period.last]
    if scope.days is not None:
        conditions.append(within(scope.days, "?", "?"))
        bounds += [scope.days.first, scope.days.last]
    sql = f"{split.told(relation)} as f{split.joins()}\nwhere {' and '.join(conditions)}"
    return Compiled(sql, (*values, *bounds), (relation,))


class _Compiler:
    """The facts of one query, stacked and put side by side."""

    def __init__(self, query: MetricQuery, overridden: frozenset[str]) -> None:
        self.query = query
        self.scope: Scope = query.scope
        self.split = Splitting(query.scope, query.by, overridden, query.reported)
        # Rows that other facts may add to are put in order, and cut, when all are there.
        self.whole = not beside_measures(query.measures)

    def compile(self) -> Compiled:
        span, span_values = _span(self.query.compare, self.scope)
        parts = [part for fact in (self._amounts, self._orders, self._customers) for part in fact()]
        ctes = ",\n".join([f"span as ({span})", *(_cte(part, at) for at, part in enumerate(parts))])
        sql = f"with {ctes},\ntogether as ({self._stack(parts)})\n{self._side_by_side()}"
        values = [*span_values, *(value for part in parts for value in part.values)]
        reads = tuple(dict.fromkeys(name for part in parts for name in part.reads))
        return Compiled(sql, tuple(values), reads)

    # --- the three facts -------------------------------------------------------------

    def _amounts(self) -> Iterable[_Part]:
        measures = self._measures("amounts")
        if not measures:
            return
        source = self._smallest(relations.AMOUNTS)
        sums = ", ".join(f"{self._sum(measure)} as {measure.name}" for measure in measures)
        names = tuple(measure.name for measure in measures)
        summary = self._whole(relations.AMOUNTS)
        if _mixes(self.scope) and summary is not relations.LINES:
            mixed, edges = self._mixed(summary.name, measures)
            sql, values = self._grouped(mixed, sums)
            yield _Part(sql, (*edges, *values), names, (summary.name, source.name))
            return
        sql, values = self._grouped(self._of(source, measures), sums)
        yield _Part(sql, values, names, (source.name,))

    def _of(self, source: relations.Relation, measures: Iterable[Measure] = ()) -> str:
        """SQL of a relation, the months of snapshots as these keep them."""
        return self.split.reported(source.name, self._held(measures))

    def _held(self, measures: Iterable[Measure]) -> list[str]:
        """What a summary of amounts is read for."""
        alike = [f"{of}_{end}" for of in ("currency", "unit") for end in ("low", "high")]
        columns = {self._column(measure) for measure in measures} | self.split.columns()
        return ["month", "basis", "line_type", *alike, *sorted(columns)]

    def _mixed(self, summary: str, measures: Iterable[Measure]) -> tuple[str, list[int]]:
        """Whole months out of a summary, and the lines of those that the days cut: these are at
        the ends of either side."""
        columns = ", ".join(self._held(measures))
        sides = [self.scope.period, *self._base()]
        edges = sorted({month for side in sides for month in (side.first, side.last)})
        marks = ", ".join("?" for _ in edges)
        lines = f"{columns}, grain, date, 0 as whole from {self.split.told(relations.LINES.name)}"
        return (
            f"(select {columns}, 'month' as grain, cast(null as date) as date, 1 as whole"
            f" from {self.split.told(summary)} union all select {lines} where month in ({marks}))"
        ), edges

    def _base(self) -> list[Period]:
        """The months compared with, where any are."""
        if self.query.compare == "none":
            return []
        period = self.scope.period
        return [period.previous() if self.query.compare == "previous" else period.last_year()]

    def _orders(self) -> Iterable[_Part]:
        if not self._measures("orders"):
            return
        source = self._smallest(relations.ORDERS)
        if source is relations.LINES:
            counted = "f.order_number is not null and f.line_type in " + _texts(_counted_lines())
            sql, values = self._distinct(source.name, _ORDER, counted, "orders")
            yield _Part(sql, values, ("orders",), (source.name,))
            return
        alone, values = self._grouped(self._of(source), "cast(sum(f.orders) as bigint) as orders")
        shared = self.split.reported(reported.STRADDLING, ())
        straddling, more = self._distinct(shared, _ORDER, "1 = 1", "orders")
        keys = self.split.key_names("side")
        both = f"select * from ({alone}) as alone union all select * from ({straddling}) as shared"
        total = "cast(sum(orders) as bigint) as orders"
        sql = f"select {keys}, {total} from ({both}) as every group by {keys}"
        yield _Part(sql, (*values, *more), ("orders",), (source.name, reported.STRADDLING))

    def _customers(self) -> Iterable[_Part]:
        if not self._measures("customers"):
            return
        source = self._smallest(relations.CUSTOMERS)
        if source is relations.LINES or self.split.needs_line_month():
            self._check_kept(relations.LINES)
            bought = "f.line_type = 'sale' and f.paid > 0 and f.customer is not null"
            lines = relations.LINES.name
            sql, values = self._distinct(lines, "f.customer as member", bought, "active_customers")
            yield _Part(sql, values, ("active_customers",), (lines,))
            return
        sql, values = self._masked(self._of(source))
        yield _Part(sql, values, ("active_customers",), (source.name,))

    # --- how a fact is read ----------------------------------------------------------

    def _told(self, source: str) -> str:
        """The relation as it is to be read; what is made in place is told by then."""
        return source if source.startswith("(") else self.split.told(source)

    def _smallest(self, known: tuple[relations.Relation, ...]) -> relations.Relation:
        """The smallest relation that can answer; days are known to lines alone."""
        if self.scope.days is not None:
            self._check_kept(relations.LINES)
            return relations.LINES
        found = self._whole(known)
        self._check_kept(found)
        return found

    def _whole(self, known: tuple[relations.Relation, ...]) -> relations.Relation:
        """The smallest relation that can answer whole months."""
        return self.split.smallest(known)

    def _check_kept(self, source: relations.Relation) -> None:
        """A closing keeps summaries and no lines."""
        if self.query.reported and not reported.can(source):
            raise BadQueryError("not_reported", name=", ".join(self.query.by) or "days")

    def _months(self, source: str) -> str:
        """How the months asked for are joined: whole, or by their days."""
        joined = "join span on span.month = f.month"
        days = self.scope.days
        if days is None:
            return joined
        between = within(days, "span.first_day", "span.last_day")
        if source == relations.LINES.name:
            return f"{joined} and {between}"
        return f"{joined} and f.whole = span.whole and (f.whole = 1 or {between})"

    def _grouped(self, source: str, aggregates: str) -> tuple[str, tuple[Any, ...]]:
        joins, where, values = self.split.joins(), *self.split.where()
        return (
            f"select {self.split.key_columns()}span.side as side, {aggregates}\n"
            f"from {self._told(source)} as f {self._months(source)}{joins}\n"
            f"where {where}\ngroup by {self.split.key_expressions('span.side')}",
            values,
        )

    def _distinct(
        self, source: str, what: str, condition: str, name: str
    ) -> tuple[str, tuple[Any, ...]]:
        joins, where, values = self.split.joins(), *self.split.where()
        keys = self.split.key_names("side")
        return (
            f"select {keys}, count(*) as {name} from (select distinct"
            f" {self.split.key_columns()}span.side as side, {what}\n"
            f"from {self._told(source)} as f {self._months(source)}{joins}\n"
            f"where {where} and {condition}) as once group by {keys}",
            values,
        )

    def _masked(self, source: str) -> tuple[str, tuple[Any, ...]]:
        """Distinct customers whose mask of months meets the months asked for."""
        times = [f"span.k_{key.name}" for key in self.split.keys if key.calendar]
        grouped = ", ".join([*times, "span.side", "span.era"])
        months = f"select {grouped}, sum(span.bit) as bits from span group by {grouped}"
        joins, where, values = self.split.joins(), *self.split.where()
        return (
            f"select {self.split.key_columns()}span.side as side,"
            f" count(distinct f.customer) as active_customers\n"
            f"from {self._told(source)} as f join ({months}) as span on span.era = f.era\n"
            f"    and (f.mask & span.bits) <> 0{joins}\n"
            f"where {where}\ngroup by {self.split.key_expressions('span.side')}",
            values,
        )

    def _sum(self, measure: Measure) -> str:
        counted = f"f.line_type in {_texts(measure.lines)}"
        column = self._column(measure)
        unlike = "currency" if measure.money else "unit"
        low = f"min(case when {counted} then f.{unlike}_low end)"
        high = f"max(case when {counted} then f.{unlike}_high end)"
        if measure.money:
            # Members' money is added up and compared by whoever asks, so one money for all.
            low, high = f"min({low}) over ()", f"max({high}) over ()"
        alike = f"{low} = {high}"
        return f"case when {alike} then sum(case when {counted} then f.{column} end) end"

    def _column(self, measure: Measure) -> str:
        """The column of a summary that holds an amount."""
        side = measure.tax or self.scope.tax
        return f"{measure.column}_{side}" if measure.money else str(measure.column)

    def _measures(self, fact: str) -> list[Measure]:
        known = catalogue().measures
        return [known[name] for name in needed_measures(self.query) if known[name].fact == fact]

    # --- side by side ----------------------------------------------------------------

    def _stack(self, parts: list[_Part]) -> str:
        measures = needed_measures(self.query)
        return " union all ".join(
            f"select {self.split.key_names('side')}, "
            + ", ".join(
                name if name in part.measures else f"cast(null as {_type(name)}) as {name}"
                for name in measures
            )
            + f" from fact_{at}"
            for at, part in enumerate(parts)
        )

    def _side_by_side(self) -> str:
        sides = [(NOW, "")] + ([(THEN, BASE)] if self.query.compare != "none" else [])
        names = [(name, name) for name in needed_measures(self.query)]
        columns = [f"k_{key.name} as {key.name}" for key in self.split.keys]
        for side, suffix in sides:
            columns += [
                f"max(case when side = '{side}' then {value} end) as {name}{suffix}"
                for name, value in [*names, (PRESENT, "1")]
            ]
        grouped = f"\ngroup by {self.split.key_names()}" if self.split.keys else ""
        return f"select {', '.join(columns)}\nfrom together{grouped}{self._order()}"

    def _order(self) -> str:
        ordered = self.query.order in needed_measures(self.query) and self.whole
        first = [f"{self.query.order} desc nulls last"] if ordered else []
        terms = first + [f"{key.name} nulls last" for key in self.split.keys]
        alone = self.whole and (ordered or not self.query.order)
        limited = self.query.limit is not None and alone
        limit = f"\nlimit {int(self.query.limit or 0)}" if limited else ""
        return (f"\norder by {', '.join(terms)}" if terms else "") + limit


def _span(compare: Comparison, scope: Scope) -> tuple[str, list[Any]]:
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


def _mixes(scope: Scope) -> bool:
    """Whether days leave whole months, of which a summary tells all there is to tell."""
    return scope.days is not None and scope.days.months_whole and len(scope.period) > 1


def _cte(part: _Part, at: int) -> str:
    return f"fact_{at} as ({part.sql})"


def _type(measure: str) -> str:
    """The SQL type of a measure's empty cell in the stack."""
    return "decimal(38, 4)" if catalogue().measures[measure].fact == "amounts" else "bigint"


def _counted_lines() -> tuple[str, ...]:
    return catalogue().measures["net_sales"].lines


def _texts(names: Iterable[str]) -> str:
    """Catalogue words as an SQL list; they are ours, never a person's."""
    return "(" + ", ".join(f"'{name}'" for name in names) + ")"
