"""回款额, and what was due with what came in of it: from the uploaded sheets of collections."""

from __future__ import annotations

from chanplan.domain.scope import Scope
from chanplan.questions import Question
from chanplan.workspace.beside.asking import CALENDAR, Ask, Figures, Way, figures

_KNOWN = frozenset(
    "channel channel_kind channel_group partner partner_level partner_owner region province"
    " customer salesperson manager department".split()
)


def tell(measure: str, scope: Scope, by: tuple[str, ...], ask: Ask) -> Figures:
    """Money with tax, as it was paid, whatever basis and tax view the scope names."""
    return figures(ask(Question("collections", scope, by=by)), by, "amount")


def tell_due(measure: str, scope: Scope, by: tuple[str, ...], ask: Ask) -> Figures:
    """What was due (`due`), or what came in of it (`collected_due`), of the members and months of
    which it is told what was due."""
    return figures(ask(Question("dues", scope, by=by)), by, measure)


WAY = Way(_KNOWN | CALENDAR, "collections", tell)
DUES = Way(_KNOWN | CALENDAR, "dues", tell_due)
