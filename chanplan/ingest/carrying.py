"""Names that stand only in the first row of their group: seen, asked about, and carried down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from chanplan.ingest import values
from chanplan.ingest.cells_sql import literal
from chanplan.ingest.reading.plain import UNKNOWN
from chanplan.ingest.reading.sheet import Relation
from chanplan.ingest.sum_words import says_sum

# So many groups, and so large a share of empty cells, are no accident.
FEWEST_GROUPS = 2
FEWEST_EMPTY = 0.2


def in_groups(rows: Iterable[Sequence[str | None]], at: int) -> bool:
    """Whether a column tells a name once for a group of rows, as merged cells saved as text do.

    Then the first row tells one, no name stands twice in a row, and many cells are empty.
    """
    column = [(row[at] if at < len(row) else "", row) for row in rows]
    if not any(values.is_none(cell) for cell, _ in column):
        return False
    cells = [
        cell
        for cell, row in column
        if _several(row) and not (values.is_none(cell) and says_sum(row))
    ]
    told = [cell for cell in cells if not values.is_none(cell)]
    if len(told) < FEWEST_GROUPS or values.is_none(cells[0]):
        return False
    follows = any(one == next_one and not values.is_none(one) for one, next_one in pairwise(cells))
    return not follows and len(cells) - len(told) >= FEWEST_EMPTY * len(cells)


def _head(headers: Sequence[str], at: int) -> str:
    return literal(headers[at].strip() if at < len(headers) else "")


def _several(row: Sequence[str | None]) -> bool:
    """A row of data; titles, remarks and totals fill two cells at most."""
    return sum(1 for cell in row if cell and cell.strip()) > 2


def carried(below: Relation, columns: tuple[int, ...], headers: Sequence[str] = ()) -> Relation:
    """The rows with an empty cell of these columns filled from above; blank rows stay blank.

    headers  told again in a row further down, they are no name to carry
    """
    if not columns:
        return below
    others = ", ".join(f"c{at}" for at in range(below.width) if at not in columns)
    blank = f"trim(concat_ws('', {others})) = ''"
    replaced = ", ".join(
        f"case when {blank} or trim(c{at}) = {_head(headers, at)} then c{at} else"
        f" last_value(nullif(nullif(trim(c{at}), ''), {_head(headers, at)}) ignore nulls)"
        f" over (order by line rows unbounded preceding) end as c{at}"
        for at in columns
    )
    sql = f"(select * replace ({replaced}) from {below.sql})"
    return replace(below, sql=sql, plain=UNKNOWN)
