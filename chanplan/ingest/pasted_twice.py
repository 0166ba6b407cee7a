"""Rows that somebody has pasted twice: a block that stands once more, line by line the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest import values
from chanplan.ingest.matching import Match
from chanplan.ingest.settle_case import LONE, Case, rows_below

# So many different rows do not follow each other twice by chance, nor so many different numbers;
# what stands more often is the till's: one bottle, and one bottle again.
_FEWEST, _NUMBERS, _TIMES = 10, 5, 3
Row = tuple[str, ...]


def check(case: Case, matches: Mapping[str, Match]) -> None:
    """UnrecognisedTableError where a block of sales stands twice. What a person said of the lines
    that count stands."""
    if not case.sales or case.hints.rows is not None:
        return
    told = [
        (case.fit.header_line + at, row)
        for at, row in enumerate(_told(case, matches), 1)
        if sum(map(bool, row)) > LONE
    ]
    count = Counter(row for _, row in told)
    if len(count) == len(told) or len(count) < _FEWEST:
        return
    found = _block(told, count) or (_doubled(told, count) if "order" in matches else None)
    if found is not None and _telling([told[at][1] for at in range(found[0], sum(found[::2]))]):
        first, again, rows = found
        lines = {"first": told[first][0], "again": told[again][0], "rows": rows}
        raise UnrecognisedTableError("rows_twice", name=case.name, **lines)


def _told(case: Case, matches: Mapping[str, Match]) -> list[Row]:
    """What the rows below the headings say in the columns that mean something: a line number or a
    remark such as 修订版 makes no other sale of the same one."""
    layout, rows = case.fit.layout, rows_below(case)
    ats = {found.at for found in matches.values()} | layout.spread
    if layout.wide is not None:
        ats = set(range(len(case.fit.headers)))
    kept = sorted(ats)
    return [tuple((row[at] or "").strip() if at < len(row) else "" for at in kept) for row in rows]


def _block(told: Sequence[tuple[int, Row]], count: Counter[Row]) -> tuple[int, int, int] | None:
    """(where it begins, where it begins again, its rows) of the longest block of different rows
    that follow each other twice."""
    first: dict[Row, int] = {}
    best, run = (0, 0, 0), 0
    for at, (_, row) in enumerate(told):
        before = first.setdefault(row, at)
        follows = run and before == first[told[at - 1][1]] + 1
        run = (run + 1 if follows else 1) if before < at and count[row] <= _TIMES else 0
        if run > best[2]:
            best = (before - run + 1, at - run + 1, run)
    return best if best[2] >= _FEWEST else None


def _doubled(told: Sequence[tuple[int, Row]], count: Counter[Row]) -> tuple[int, int, int] | None:
    """The same of orders that were sorted after it: each line of each of them stands twice."""
    if any(times != 2 for times in count.values()):
        return None
    again = next(at for at, (_, row) in enumerate(told) if at and row == told[0][1])
    return 0, again, len(count)


def _telling(rows: Sequence[Row]) -> bool:
    """Whether rows hold different numbers: a list of names may stand twice."""
    told = {cell for row in rows for cell in row if values.number_of(cell) is not None}
    return len(told) >= _NUMBERS
