"""数值铺货率 and 加权铺货率: which of the uploaded outlets carry the goods (definitions §6)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from chanplan.domain.scope import RowFilter, Scope
from chanplan.questions import Question
from chanplan.workspace.beside.asking import CALENDAR, Ask, Figures, Way, figures
from chanplan.workspace.ratios import quotient

WEIGHTED: Final = "weighted_distribution"
_GOODS = frozenset("product brand series category".split())
_PLACES = frozenset("channel channel_kind channel_group partner region province city".split())


def tell(measure: str, scope: Scope, by: tuple[str, ...], ask: Ask) -> Figures:
    """Outlets that carry / all outlets, by number or by their category sales. Goods narrow who
    carries, never the outlets there are; a month in which no outlet carries is 0."""
    column = "weight" if measure == WEIGHTED else "outlets"
    places = tuple(name for name in by if name not in _GOODS)
    whole = figures(ask(Question("outlets", _anything(scope), by=places)), places, column)
    part = figures(ask(Question("outlets_carrying", scope, by=by)), by, column)
    if places == by:
        return {key: _share(part.get(key), size) for key, size in whole.items()}
    kept = [at for at, name in enumerate(by) if name not in _GOODS]
    return {
        key: _share(value, whole.get(tuple(key[at] for at in kept))) for key, value in part.items()
    }


def _share(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """Nobody that carries is 0; where no outlet tells what it sells, nothing is known."""
    return quotient(part or 0, whole)


def _anything(scope: Scope) -> Scope:
    """The same places, whatever they carry."""
    where, permitted = (
        tuple(pair for pair in pairs if pair[0] not in _GOODS)
        for pairs in (scope.where, scope.rows.permitted)
    )
    return replace(scope, where=where, rows=RowFilter(permitted))


WAY = Way(_GOODS | _PLACES | CALENDAR, "outlets", tell)
