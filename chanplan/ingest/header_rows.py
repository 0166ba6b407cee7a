"""Which rows of a sheet may be its headings: rows of words, told from rows of data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chanplan.ingest import values
from chanplan.ingest.headers import normal, spellings, vocabulary
from chanplan.ingest.headings import headings, two_lines
from chanplan.ingest.read import Sheet
from chanplan.ingest.told import Hints
from chanplan.ingest.wide import months_of

# Rows among which a header is looked for; report titles and legends are shorter than this.
HEADER_ROWS = 40
# A header row is words; a row with more numbers and dates than this share is data.
_MOST_VALUES = 0.2
_YEAR_OVER = re.compile(r"^\s*(?:19|20)\d\d年?\s*$")
_YEAR_HEADING = re.compile(r"^\s*(?:19|20)\d\d年\s*$")


def header_rows(sheet: Sheet, hints: Hints) -> list[int]:
    """Lines that may be the headings of a table: as a person said, else those with known words."""
    if sheet.header is not None:
        return [0]
    if hints.header_line is not None:
        return [hints.header_line] if 0 < hints.header_line <= len(sheet.top) else []
    wordy = wordy_rows(sheet)
    stated = {normal(header) for header in hints.columns.values() if header}
    told = {line: [headings(sheet, line, deep) for deep in depths(sheet, line)] for line in wordy}
    if holding := [n for n in wordy if stated and any(stated <= _normals(h) for h in told[n])]:
        return holding
    # Two known words make a candidate; where no row has them, the first row is what is shown.
    return [line for line in wordy if any(map(_known, told[line]))] or wordy[:1]


def depths(sheet: Sheet, line: int) -> tuple[int, ...]:
    """How many lines of headings may end in this one: 1, or 1 and 2."""
    if not two_lines(sheet, line):
        return (1,)
    above = sheet.top[line - 2]
    if months_of([cell or "" for cell in sheet.top[line - 1]]):  # a year stands over its months
        above = tuple(cell for cell in above if not _YEAR_OVER.match(cell or "")) + ("—", "—")
    return (1, 2) if _wordy(above) else (1,)


def wordy_rows(sheet: Sheet) -> list[int]:
    """Lines of the first rows that are words and not data."""
    start = sheet.area.first - 1 if sheet.area else 0
    rows = enumerate(sheet.top[start : start + HEADER_ROWS], start + 1)
    return [line for line, row in rows if _wordy(row)]


def _normals(row: Iterable[str | None]) -> set[str]:
    return {normal(cell) for cell in row if cell}


def _known(row: Sequence[str | None]) -> bool:
    cells = [cell for cell in row if cell]
    hits = sum(1 for cell in cells if not vocabulary().isdisjoint(spellings(cell)))
    return hits > 1 or bool(months_of(cells))


def _wordy(row: Sequence[str | None]) -> bool:
    """A row of headings: at least two cells, hardly any of them a number or a date."""
    cells = [cell for cell in row if cell and cell.strip()]
    months = months_of(cells)
    data = sum(1 for at, c in enumerate(cells) if at not in months and is_value(c))
    return len(cells) > 1 and data <= _MOST_VALUES * len(cells)


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date, and no year over months."""
    if _YEAR_HEADING.match(cell):  # over the months of two years
        return False
    return values.number_of(cell) is not None or values.shape_of(cell) is not None
