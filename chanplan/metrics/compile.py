"""A query becomes one SQL statement in what every engine speaks.

Each fact (amounts, orders, customers) is aggregated alone to the asked members, from the
smallest relation that holds them; the results are stacked and put side by side by key.
Facts are never joined with each other, so nothing fans out. Members, months and filters
are bound; every identifier comes from the catalogue.
"""

from __future__ import annotations

from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.facts import Facts, Part
from chanplan.metrics.needed import beside_measures, needed_measures
from chanplan.metrics.query import BASE, MetricQuery
from chanplan.metrics.span import NOW, THEN, span
from chanplan.metrics.splitting import Splitting
from chanplan.metrics.statement import Compiled

# Marks, per row, that the side has any line at all: no line is zero, unknown is not.
PRESENT = "__present"


def compile_query(query: MetricQuery, overridden: frozenset[str] = frozenset()) -> Compiled:
    """SQL for a query. `overridden`: column dimensions for which the company uploaded an
    attribute that wins over the column (a product table with categories)."""
    return _Compiler(query, overridden).compile()


class _Compiler:
    """The facts of one query, stacked and put side by side."""

    def __init__(self, query: MetricQuery, overridden: frozenset[str]) -> None:
        self.query = query
        self.split = Splitting(query.scope, query.by, overridden, query.reported)
        # Rows that other facts may add to are put in order, and cut, when all are there.
        self.whole = not beside_measures(query.measures)

    def compile(self) -> Compiled:
        told, told_values = span(self.query.compare, self.query.scope)
        parts = Facts(self.query, self.split).parts()
        ctes = ",\n".join([f"span as ({told})", *(_cte(part, at) for at, part in enumerate(parts))])
        sql = f"with {ctes},\ntogether as ({self._stack(parts)})\n{self._side_by_side()}"
        values = [*told_values, *(value for part in parts for value in part.values)]
        reads = tuple(dict.fromkeys(name for part in parts for name in part.reads))
        return Compiled(sql, tuple(values), reads)

    def _stack(self, parts: list[Part]) -> str:
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


def _cte(part: Part, at: int) -> str:
    return f"fact_{at} as ({part.sql})"


def _type(measure: str) -> str:
    """The SQL type of a measure's empty cell in the stack."""
    return "decimal(38, 4)" if catalogue().measures[measure].fact == "amounts" else "bigint"
