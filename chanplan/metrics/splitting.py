"""How a query or a question is split and narrowed: keys, looked-up attributes, conditions, in SQL.

The fact read is called `f`, the months asked for `span`. A dimension is a column of `f`, a
column of the calendar told by `span`, or an attribute of a member, looked up by date.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chanplan.domain.moving import MOVING, moved
from chanplan.domain.scope import Scope
from chanplan.metrics import relations, reported
from chanplan.metrics.catalogue import Dimension, catalogue
from chanplan.metrics.reported import Snaps


class Splitting:
    """The parts of SQL that all facts of one statement share.

    overridden  column dimensions for which an uploaded attribute wins over the column
    moving      those of them that are told of a line by its partner, which has moved
    snaps       snapshots whose months stand as they were reported
    """

    def __init__(
        self, scope: Scope, by: Sequence[str], overridden: frozenset[str], snaps: Snaps = ()
    ) -> None:
        self.scope = scope
        self.snaps = snaps
        self.overridden = overridden
        self.moving = overridden & frozenset(MOVING)
        self.keys = [catalogue().dimensions[name] for name in by]
        self.filters = [*scope.where, *scope.rows.permitted]

    def dimensions(self) -> list[Dimension]:
        """Those split by and those filtered on, each once."""
        filtered = [catalogue().dimensions[name] for name, _ in self.filters]
        return list({d.name: d for d in (*self.keys, *filtered)}.values())

    def columns(self) -> frozenset[str]:
        """The member columns a relation must hold for the keys and filters."""
        needed = [d.column for d in self.dimensions() if d.column]
        needed += [d.of for d in self.dimensions() if d.of and self._looked_up(d)]
        return frozenset(needed)

    def told(self, relation: str) -> str:
        """The relation to read in place of this one, where the keys or filters have moved."""
        return self.moved(relation) if self.moving & self.columns() else relation

    def moved(self, relation: str) -> str:
        """The relation under the company's word on where partners belong; it costs a join."""
        return moved(relation, self.scope.attributes) if self.moving else relation

    def smallest(self, known: tuple[relations.Relation, ...]) -> relations.Relation:
        """The smallest relation that holds the keys and filters, moved ones by their partner."""
        needed = self.columns()
        moving = self.moving & needed
        return relations.smallest(
            relations.with_partner(known, moving) if moving else known, needed
        )

    def reported(self, relation: str, columns: Sequence[str]) -> str:
        """SQL of a summary with the months of the snapshots as these keep them."""
        if not self.snaps:
            return relation
        view = self.scope.attributes if self.moving & self.columns() else None
        return reported.relation(relation, self.told(relation), self.snaps, columns, view)

    def _looked_up(self, dimension: Dimension) -> bool:
        """Whether an attribute has to be looked up for this dimension."""
        overruled = dimension.column is None or dimension.name in self.overridden
        return dimension.of is not None and overruled

    def needs_line_month(self) -> bool:
        """A dated attribute needs each line's own month, which a mask does not tell."""
        dated = self.scope.attributes == "then"
        return dated and any(self._looked_up(dimension) for dimension in self.dimensions())

    def joins(self) -> str:
        """A join per attribute that has to be looked up."""
        return "".join(self._join(d) for d in self.dimensions() if self._looked_up(d))

    def _join(self, dimension: Dimension) -> str:
        known = reported.attributes(self.scope.attributes, self.snaps)
        name = f"a_{dimension.name}"
        dated = (
            f" and f.month >= {name}.from_month and f.month <= {name}.to_month"
            if self.scope.attributes == "then"
            else ""
        ) + (f" and {name}.snap = f.snap" if self.snaps else "")
        return (
            f"\nleft join {known} as {name} on {name}.dimension = '{dimension.of}'"
            f" and {name}.attribute = '{dimension.attribute}'"
            f" and {name}.member = f.{dimension.of}{dated}"
        )

    def _expression(self, dimension: Dimension) -> str:
        if dimension.calendar:
            return f"span.k_{dimension.name}"
        if not self._looked_up(dimension):
            return f"f.{dimension.column}"
        looked_up = f"a_{dimension.name}.value"
        return f"coalesce({looked_up}, f.{dimension.column})" if dimension.column else looked_up

    def where(self) -> tuple[str, tuple[Any, ...]]:
        """Conditions on basis and members; the empty text stands for "not stated"."""
        conditions, values = ["f.basis = ?"], list[Any]((self.scope.basis,))
        for name, members in self.filters:
            dimension = catalogue().dimensions[name]
            marks = ", ".join("?" for _ in members) or "null"
            kept = f"coalesce(cast({self._expression(dimension)} as varchar(1000)), '')"
            conditions.append(f"{kept} in ({marks})")
            values += [str(member) for member in members]
        return " and ".join(conditions), tuple(values)

    def key_columns(self) -> str:
        """`channel as k_channel, ` …, ready to stand before other columns."""
        return "".join(f"{self._expression(key)} as k_{key.name}, " for key in self.keys)

    def key_expressions(self, *more: str) -> str:
        """What to group by, before the columns have names."""
        return ", ".join([*(self._expression(key) for key in self.keys), *more])

    def key_names(self, *more: str) -> str:
        """The names the keys have after selecting them."""
        return ", ".join([*(f"k_{key.name}" for key in self.keys), *more])
