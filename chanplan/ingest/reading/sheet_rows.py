"""In the child: rows of typed cells are written to staging as numbered lines of text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from chanplan.ingest.reading.cells import text, texts
from chanplan.ingest.reading.merging import COVERED, Merges
from chanplan.ingest.reading.sheet import TOP_ROWS

# A run of more blank rows than this is the way to a stray cell far below; it is not written.
LONGEST_GAP = 1000
# No table of a business is wider; a stray cell far to the right is kept in the last column.
MOST_COLUMNS = 512
# Rows whose cells become text together, column by column: cells of a column are mostly alike.
TOGETHER = 200
NO_MERGES = Merges()
# Signs for which a cell is put in quotes.
_QUOTED = re.compile('[",\n\r]')


def write(
    rows: Iterable[tuple[int, Iterable[Any]]],
    target: Path,
    merges: Merges = NO_MERGES,
    to_the_end: bool = False,
) -> dict[str, Any]:
    """Write (row number, cells) to `target`; the facts that make a `Sheet` of it.

    to_the_end  empty cells at the end of a row count: they tell that it is longer than others
    """
    with target.open("w", encoding="utf-8", newline="") as file:
        out = _Out(file)
        if merges.ranges or to_the_end:
            every = (row for some in _together(rows) for row in some.rows())
            out.put(merges.noted(_unblank(every) if to_the_end else _trimmed(every)))
        else:
            for some in _together(rows):
                if not out.put_plain(some):
                    out.put(_trimmed(some.rows()))
    return {
        "path": str(target),
        "top": out.top,
        "line_count": out.number,
        "widest": out.widest,
        "multiline": out.multiline,
        "merges": merges.headings(),
        "covered": merges.columns(),
    }


class _Out:
    """The file in staging, and what is told of it."""

    def __init__(self, file: TextIO) -> None:
        self.top: list[list[str]] = []
        self.number, self.widest, self.multiline = 0, 0, False
        self._file = file
        self._writer = csv.writer(file, lineterminator="\n")

    def put(self, rows: Iterator[tuple[int, list[str]]]) -> None:
        """Rows as they come; blank ones between them as far as they are not too many."""
        for number, cells in _without_gaps(rows, self.number):
            self._writer.writerow([number, *cells])
            self.number, self.widest = number, max(self.widest, len(cells))
            self.multiline = self.multiline or "\n" in "".join(cells)
            if number <= TOP_ROWS:
                self.top.extend([] for _ in range(number - len(self.top) - 1))
                self.top.append(["" if cell.startswith(COVERED) else cell for cell in cells])

    def put_plain(self, some: _Rows) -> bool:
        """Rows that follow below the first ones, all full to the end, none with a sign that asks
        for quotes: most of a large sheet. False where they are not, and nothing is written."""
        if self.number < TOP_ROWS or some.numbers[0] != self.number + 1 or not some.is_plain():
            return False
        numbers = map(str, some.numbers)
        self._file.write("\n".join(map(",".join, zip(numbers, *some.columns, strict=True))) + "\n")
        self.number = some.numbers[-1]
        self.widest = max(self.widest, len(some.columns))
        return True


@dataclass(frozen=True)
class _Rows:
    """Some rows that follow each other: their texts by column, or by row where some are shorter."""

    numbers: list[int]
    columns: Sequence[Sequence[str]] = ()
    by_row: Sequence[list[str]] = ()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """One by one."""
        told = self.by_row or map(list, zip(*self.columns, strict=True))
        return zip(self.numbers, told, strict=True)

    def is_plain(self) -> bool:
        """Whether the rows are numbered without a gap and can be written as they are."""
        columns, first, last = self.columns, self.numbers[0], self.numbers[-1]
        if not 0 < len(columns) <= MOST_COLUMNS or last - first != len(self.numbers) - 1:
            return False
        return "" not in columns[-1] and not _QUOTED.search("".join(map("".join, columns)))


def _together(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[_Rows]:
    """So many rows at a time, as text."""
    coming = iter(rows)
    while taken := list(islice(coming, TOGETHER)):
        numbers, cells = [number for number, _ in taken], [list(row) for _, row in taken]
        if cells[0] and len({*map(len, cells)}) == 1:
            yield _Rows(numbers, [texts(column) for column in zip(*cells, strict=True)])
        else:
            yield _Rows(numbers, by_row=[[text(cell) for cell in row] for row in cells])


def _unblank(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Each row's texts with the empty cells at its end, unless there is nothing else."""
    for number, cells in rows:
        yield number, _narrow(cells) if any(cells) else []


def _narrow(cells: list[str]) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        cells[MOST_COLUMNS - 1 :] = ["\t".join(filter(None, cells[MOST_COLUMNS - 1 :]))]
    return cells


def _trimmed(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Each row's texts without the empty cells at its end."""
    for number, cells in rows:
        while cells and not cells[-1]:
            cells.pop()
        yield number, _narrow(cells)


def _without_gaps(
    rows: Iterator[tuple[int, list[str]]], last: int
) -> Iterator[tuple[int, list[str]]]:
    """Blank rows at the end and long runs of them are left out; the numbers stay true."""
    for number, cells in rows:
        if cells:
            if number - last - 1 <= LONGEST_GAP:
                for blank in range(last + 1, number):
                    yield blank, []
            yield number, cells
            last = number
