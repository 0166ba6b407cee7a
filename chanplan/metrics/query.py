"""A question in the words of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from chanplan.domain.errors import BadQueryError
from chanplan.domain.scope import COMPARISONS, Comparison, Scope
from chanplan.metrics.catalogue import catalogue

# The column suffix of a measure's value in the period compared with.
BASE = "__base"


@dataclass(frozen=True)
class MetricQuery:
    """Measures by dimensions in a scope, optionally beside the same of another period.

    The answer has one row per combination of members: the dimensions as columns, then each
    measure, then each `<measure>__base` when compared. A calendar dimension of the base is
    told as the month it is compared with, so that both stand in one row. `order` names a
    measure to sort by, largest first; otherwise rows come in the order of the dimensions.
    `reported` names snapshots (Workspace.closings), each of another month: in those months the
    answer is as it was when they were closed.
    """

    measures: tuple[str, ...]
    scope: Scope
    by: tuple[str, ...] = ()
    compare: Comparison = "none"
    order: str | None = None
    limit: int | None = None
    reported: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Raises BadQueryError for a name that is not in the catalogue."""
        known = catalogue()
        shown = [measure.name for measure in known.shown()]
        filters = [name for name, _ in (*self.scope.where, *self.scope.rows.permitted)]
        _check("unknown_measure", self.measures, shown)
        _check("unknown_dimension", (*self.by, *filters), list(known.dimensions))
        _check("unknown_comparison", (self.compare,), list(COMPARISONS))
        if self.order is not None:
            _check("unknown_measure", (self.order,), list(self.measures))
        if not self.measures:
            raise BadQueryError("no_measure", known=", ".join(shown))
        if self.reported:
            _check_reported(self.measures)


def _check_reported(measures: tuple[str, ...]) -> None:
    """A closing keeps what lines tell, and nothing of other uploads."""
    known = catalogue().measures
    for name in measures:
        if any(known[part].beside for part in known[name].over or (name,)):
            raise BadQueryError("not_reported", name=name)


def _check(code: str, asked: tuple[str, ...], known: list[str]) -> None:
    for name in asked:
        if name not in known:
            raise BadQueryError(code, name=name, known=", ".join(known))
