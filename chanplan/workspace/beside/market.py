"""市场份额: own net sales / the market size of the same scope (definitions §6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.workspace.beside.asking import CALENDAR, Ask, Figures, Key, Way, keys, narrowed, those
from chanplan.workspace.ratios import quotient

_CELL = ("channel", "region", "province", "city", "category")
_ZERO = Decimal(0)
Grain = tuple[str, ...]


def tell(measure: str, scope: Scope, by: tuple[str, ...], ask: Ask) -> Figures:
    """Both sides over the cells and months of which the market is told and we have sales at all:
    a category whose market nobody has told stands on neither side."""
    cells = _kept(ask(Question("market", scope)), scope)
    grain = _grain(cells, (narrowed(scope) | set(by)) - CALENDAR)
    if grain is None:
        return {}
    split = ("month", *grain)
    frame = ask(MetricQuery(("net_sales",), scope, by=split))
    own = dict(zip(keys(frame, split), frame["net_sales"], strict=True))
    begun = {key[0] for key in own}
    sums: dict[Key, list[Decimal]] = defaultdict(lambda: [_ZERO, _ZERO])
    cells = those(cells, (one == grain for one in _grains(cells)))
    rows = zip(keys(cells, by), keys(cells, split), cells["amount"], strict=True)
    for key, cell, size in rows:
        if cell[0] in begun:
            sums[key][0] += own.get(cell) or _ZERO
            sums[key][1] += size
    return {key: quotient(ours, size) for key, (ours, size) in sums.items()}


def _kept(cells: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The cells that the scope's filters keep; the empty text stands for "not stated"."""
    for name, members in (*scope.where, *scope.rows.permitted):
        if name in cells:
            kept = {str(member) for member in members}
            texts = ["" if key is None else str(key) for (key,) in keys(cells, (name,))]
            cells = those(cells, (text in kept for text in texts))
    return cells


def _grains(cells: pd.DataFrame) -> Iterable[Grain]:
    """Of every cell the columns it tells of."""
    return (
        tuple(name for name, value in zip(_CELL, key, strict=True) if value is not None)
        for key in keys(cells, _CELL)
    )


def _grain(cells: pd.DataFrame, asked: frozenset[str]) -> Grain | None:
    """The coarsest columns that tell of what is asked; of several the ones told most often."""
    told = Counter(grain for grain in _grains(cells) if asked <= set(grain))
    return min(told, key=lambda grain: (len(grain), -told[grain], grain), default=None)


WAY = Way(frozenset(_CELL) | CALENDAR, "market", tell)
