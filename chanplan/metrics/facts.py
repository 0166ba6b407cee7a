"""The facts of a query (amounts, orders, customers): each one select, from the smallest relation
that holds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics import relations, reported
from chanplan.metrics.catalogue import Measure, catalogue
from chanplan.metrics.needed import needed_measures
from chanplan.metrics.query import MetricQuery
from chanplan.metrics.reading import Reading
from chanplan.metrics.span import mixes
from chanplan.metrics.splitting import Splitting
from chanplan.metrics.statement import counted_lines, texts

# What makes two order numbers one order.
_ORDER = "f.source as order_source, f.order_number as order_number"


@dataclass(frozen=True)
class Part:
    """One fact's select: its SQL, its values, the measures it gives, what it reads."""

    sql: str
    values: tuple[Any, ...]
    measures: tuple[str, ...]
    reads: tuple[str, ...]


class Facts:
    """What one query asks of each fact."""

    def __init__(self, query: MetricQuery, split: Splitting) -> None:
        self.query = query
        self.scope: Scope = query.scope
        self.split = split
        self.reading = Reading(query, split)

    def parts(self) -> list[Part]:
        """The selects of all facts that are asked for."""
        return [part for fact in (self._amounts, self._orders, self._customers) for part in fact()]

    def _amounts(self) -> Iterable[Part]:
        measures = self._measures("amounts")
        if not measures:
            return
        source = self.reading.smallest(relations.AMOUNTS)
        sums = ", ".join(f"{self._sum(measure)} as {measure.name}" for measure in measures)
        names = tuple(measure.name for measure in measures)
        summary = self.reading.whole(relations.AMOUNTS)
        if mixes(self.scope) and summary is not relations.LINES:
            mixed, edges = self._mixed(summary.name, measures)
            sql, values = self.reading.grouped(mixed, sums)
            yield Part(sql, (*edges, *values), names, (summary.name, source.name))
            return
        sql, values = self.reading.grouped(self._of(source, measures), sums)
        yield Part(sql, values, names, (source.name,))

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

    def _orders(self) -> Iterable[Part]:
        if not self._measures("orders"):
            return
        source = self.reading.smallest(relations.ORDERS)
        if source is relations.LINES:
            counted = "f.order_number is not null and f.line_type in " + texts(counted_lines())
            sql, values = self.reading.distinct(source.name, _ORDER, counted, "orders")
            yield Part(sql, values, ("orders",), (source.name,))
            return
        alone, values = self.reading.grouped(
            self._of(source), "cast(sum(f.orders) as bigint) as orders"
        )
        shared = self.split.reported(reported.STRADDLING, ())
        straddling, more = self.reading.distinct(shared, _ORDER, "1 = 1", "orders")
        keys = self.split.key_names("side")
        both = f"select * from ({alone}) as alone union all select * from ({straddling}) as shared"
        total = "cast(sum(orders) as bigint) as orders"
        sql = f"select {keys}, {total} from ({both}) as every group by {keys}"
        yield Part(sql, (*values, *more), ("orders",), (source.name, reported.STRADDLING))

    def _customers(self) -> Iterable[Part]:
        if not self._measures("customers"):
            return
        source = self.reading.smallest(relations.CUSTOMERS)
        if source is relations.LINES or self.split.needs_line_month():
            self.reading.check_kept(relations.LINES)
            bought = "f.line_type = 'sale' and f.paid > 0 and f.customer is not null"
            lines = relations.LINES.name
            sql, values = self.reading.distinct(
                lines, "f.customer as member", bought, "active_customers"
            )
            yield Part(sql, values, ("active_customers",), (lines,))
            return
        sql, values = self.reading.masked(self._of(source))
        yield Part(sql, values, ("active_customers",), (source.name,))

    def _sum(self, measure: Measure) -> str:
        counted = f"f.line_type in {texts(measure.lines)}"
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
