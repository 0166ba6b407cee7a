"""How one fact is read: which relation answers, over which months, by which members."""

from __future__ import annotations

from typing import Any

from chanplan.domain.errors import BadQueryError
from chanplan.metrics import relations, reported
from chanplan.metrics.query import MetricQuery
from chanplan.metrics.span import within
from chanplan.metrics.splitting import Splitting


class Reading:
    """Selects of one relation each, for one query. `split` says by what it is split, and under
    which names."""

    def __init__(self, query: MetricQuery, split: Splitting) -> None:
        self.query = query
        self.scope = query.scope
        self.split = split

    def told(self, source: str) -> str:
        """The relation as it is to be read; what is made in place is told by then."""
        return source if source.startswith("(") else self.split.told(source)

    def smallest(self, known: tuple[relations.Relation, ...]) -> relations.Relation:
        """The smallest relation that can answer; days are known to lines alone."""
        if self.scope.days is not None:
            self.check_kept(relations.LINES)
            return relations.LINES
        found = self.whole(known)
        self.check_kept(found)
        return found

    def whole(self, known: tuple[relations.Relation, ...]) -> relations.Relation:
        """The smallest relation that can answer whole months."""
        return self.split.smallest(known)

    def check_kept(self, source: relations.Relation) -> None:
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

    def grouped(self, source: str, aggregates: str) -> tuple[str, tuple[Any, ...]]:
        """Aggregates by side and members, and the values of their statement."""
        joins, where, values = self.split.joins(), *self.split.where()
        return (
            f"select {self.split.key_columns()}span.side as side, {aggregates}\n"
            f"from {self.told(source)} as f {self._months(source)}{joins}\n"
            f"where {where}\ngroup by {self.split.key_expressions('span.side')}",
            values,
        )

    def distinct(
        self, source: str, what: str, condition: str, name: str
    ) -> tuple[str, tuple[Any, ...]]:
        """How many different `what` there are by side and members, as a column `name`."""
        joins, where, values = self.split.joins(), *self.split.where()
        keys = self.split.key_names("side")
        return (
            f"select {keys}, count(*) as {name} from (select distinct"
            f" {self.split.key_columns()}span.side as side, {what}\n"
            f"from {self.told(source)} as f {self._months(source)}{joins}\n"
            f"where {where} and {condition}) as once group by {keys}",
            values,
        )

    def masked(self, source: str) -> tuple[str, tuple[Any, ...]]:
        """Distinct customers whose mask of months meets the months asked for."""
        times = [f"span.k_{key.name}" for key in self.split.keys if key.calendar]
        grouped = ", ".join([*times, "span.side", "span.era"])
        months = f"select {grouped}, sum(span.bit) as bits from span group by {grouped}"
        joins, where, values = self.split.joins(), *self.split.where()
        return (
            f"select {self.split.key_columns()}span.side as side,"
            f" count(distinct f.customer) as active_customers\n"
            f"from {self.told(source)} as f join ({months}) as span on span.era = f.era\n"
            f"    and (f.mask & span.bits) <> 0{joins}\n"
            f"where {where}\ngroup by {self.split.key_expressions('span.side')}",
            values,
        )
