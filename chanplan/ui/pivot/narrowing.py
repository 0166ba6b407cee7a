"""A click on the pivot's chart: every page kept to the members that a bar or point stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chanplan.analysis.pivot import Key, Pivot
from chanplan.ui import crumbs, sidebar

# Members of the calendar that a choice of the sidebar can mean; the finest is said last.
_SPANS = ("year", "quarter", "month")


def narrowing(found: Pivot, keys: Sequence[Key]) -> Callable[[str | None], None] | None:
    """What a click does, told "series.place" of `charts.crossed`; `keys`: the rows drawn. None
    where no dimension of the layout can be filtered by."""
    column = found.layout.column
    if not any(map(_is_offered, [*found.layout.rows, *([column] if column else [])])):
        return None

    def clicked(code: str | None) -> None:
        series, place = (int(part) for part in str(code).split("."))
        row = keys[series] if found.across else keys[place]
        pairs = list(zip(found.layout.rows, row, strict=True))
        if found.across and column:
            pairs += zip((column,), found.across[place], strict=True)
        for dimension, member in sorted(pairs, key=lambda pair: _fineness(pair[0])):
            _keep(dimension, member)

    return clicked


def _is_offered(dimension: str) -> bool:
    return dimension in _SPANS or sidebar.offers(dimension)


def _fineness(dimension: str) -> int:
    return _SPANS.index(dimension) if dimension in _SPANS else 0


def _keep(dimension: str, member: str | None) -> None:
    if dimension not in _SPANS:
        if sidebar.offers(dimension):
            crumbs.keep(dimension, member)
    elif member is not None:
        crumbs.keep_span(dimension, member)
