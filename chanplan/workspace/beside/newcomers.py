"""新客户数: customers whose first purchase, in the scope and in each member, is in the period."""

from __future__ import annotations

from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.questions import Question
from chanplan.workspace.beside.asking import CALENDAR, Ask, Figures, Way, figures, narrowed

# What the months of customers know; all else is told by lines alone.
_PLACES = frozenset("channel channel_kind channel_group partner region source".split()) | CALENDAR


def tell(measure: str, scope: Scope, by: tuple[str, ...], ask: Ask) -> Figures:
    """Exact over all lines of the store. Of the data's first twelve months nothing is told: there
    nobody knows who bought before (definitions §1)."""
    by_places = narrowed(scope) | set(by) <= _PLACES
    name = "new_customers" if by_places else "new_buyers"
    return figures(ask(Question(name, scope, by=by)), by, "customers")


WAY = Way(frozenset(catalogue().dimensions), None, tell)
