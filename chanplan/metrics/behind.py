"""The lines behind a number: those whose amounts sum to the net sales of a scope."""

from __future__ import annotations

from typing import Any

from chanplan.domain.scope import Scope
from chanplan.metrics.span import within
from chanplan.metrics.splitting import Splitting
from chanplan.metrics.statement import Compiled, counted_lines, texts


def lines_behind(
    scope: Scope, overridden: frozenset[str] = frozenset(), relation: str = "lines"
) -> Compiled:
    """SQL that stands behind `from`: the lines, called `f`, whose amounts sum to the net sales
    of a scope, whichever dimensions and days it names. Of "own_lines" they do in the money of
    their files."""
    split = Splitting(scope, (), overridden)
    where, values = split.where()
    conditions = [where, "f.month between ? and ?", f"f.line_type in {texts(counted_lines())}"]
    bounds: list[Any] = [scope.period.first, scope.period.last]
    if scope.days is not None:
        conditions.append(within(scope.days, "?", "?"))
        bounds += [scope.days.first, scope.days.last]
    sql = f"{split.told(relation)} as f{split.joins()}\nwhere {' and '.join(conditions)}"
    return Compiled(sql, (*values, *bounds), (relation,))
