"""In the child: rows of typed cells are written to staging as numbered lines of text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

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


def write(
    rows: Iterable[tuple[int, Iterable[Any]]], target: Path, merges: Merges = NO_MERGES
) -> dict[str, Any]:
    """Write (row number, cells) to `target`; the facts that make a `Sheet` of it."""
    top: list[list[str]] = []
    number, widest, multiline = 0, 0, False
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        told = _texts(rows)
        for number, cells in _without_gaps(merges.noted(told) if merges.ranges else told):
            writer.writerow([number, *cells])
            widest = max(widest, len(cells))
            multiline = multiline or "\n" in "".join(cells)
            if number <= TOP_ROWS:
                top.extend([] for _ in range(number - len(top) - 1))
                top.append(["" if cell.startswith(COVERED) else cell for cell in cells])
    return {
        "path": str(target),
        "top": top,
        "line_count": number,
        "widest": widest,
        "multiline": multiline,
        "merges": merges.headings(),
        "covered": merges.columns(),
    }


def _texts(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[tuple[int, list[str]]]:
    """Each row's texts without the empty cells at its end."""
    for number, cells in _as_text(rows):
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            cells[MOST_COLUMNS - 1 :] = ["\t".join(filter(None, cells[MOST_COLUMNS - 1 :]))]
        yield number, cells


def _as_text(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[tuple[int, list[str]]]:
    coming = iter(rows)
    while taken := [(number, list(row)) for number, row in islice(coming, TOGETHER)]:
        if len({len(row) for _, row in taken}) == 1 and taken[0][1]:
            columns = [texts(column) for column in zip(*(row for _, row in taken), strict=True)]
            yield from zip(
                (number for number, _ in taken), map(list, zip(*columns, strict=True)), strict=True
            )
        else:
            yield from ((number, [text(cell) for cell in row]) for number, row in taken)


def _without_gaps(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Blank rows at the end and long runs of them are left out; the numbers stay true."""
    last = 0
    for number, cells in rows:
        if cells:
            if number - last - 1 <= LONGEST_GAP:
                for blank in range(last + 1, number):
                    yield blank, []
            yield number, cells
            last = number
