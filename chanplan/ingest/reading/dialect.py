"""Which separator and quote cut a text into a table, judged by how evenly they cut it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chanplan.ingest.reading.records import Line, records

# Lines looked at. A title of a few lines above the header cannot outvote hundreds of rows.
LINES = 300
# Signs looked at: lines of an ordinary table are far shorter than this gives each of them.
SIGNS = 512 * 1024
SEPARATORS = (",", "\t", ";", "|")
_STATED = re.compile(r"^[\"']?sep=([,;|\t])[\"']?$", re.IGNORECASE)
QUOTES = ('"', "'")


def separator_and_quote(lines: Sequence[str]) -> tuple[str, str]:
    """The best cut of these lines; a comma where nothing separates anything."""
    sample = [line for line in _within(lines[:LINES]) if line.strip()]
    # Excel's own word for it, in the first line.
    if sample and (stated := _STATED.match(sample[0])):
        return stated[1], _quote(sample, stated[1])
    best = max(SEPARATORS, key=lambda separator: _evenness(sample, separator))
    return best, _quote(sample, best)


def _within(lines: Sequence[str]) -> Iterator[str]:
    """The first lines, and of them no more than SIGNS."""
    left = SIGNS
    for line in lines:
        yield line[:left]
        left -= len(line)
        if left <= 0:
            return


def _evenness(lines: Sequence[str], separator: str) -> float:
    """0 to 1: how many rows have the usual width, how wide it is, how clean the cells are."""
    rows = [cells for _, cells in records(_numbered(lines), separator, '"')]
    if not rows:
        return 0.0
    width, count = Counter(len(cells) for cells in rows).most_common(1)[0]
    if width == 1:
        return 0.0
    cells = [cell for row in rows if len(row) == width for cell in row]
    mixed = sum(_holds_another(cell, separator) for cell in cells) / len(cells)
    return (count / len(rows)) * (1 - 1 / width) * (1 - mixed)


def _holds_another(cell: str, separator: str) -> bool:
    """Whether a cell still contains a separator; a comma inside a number is none."""
    for other in SEPARATORS:
        # What stands around a cell is none: exports keep numbers from Excel by a tab behind them.
        if other != separator and other in cell.strip():
            parts = cell.split(other)
            number = other == "," and all(part[:1].isdigit() for part in parts[1:])
            if not number:
                return True
    return False


def _quote(lines: Sequence[str], separator: str) -> str:
    """The double quote, unless half of the rows have cells in single quotes."""
    framed = sum(
        any(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in line.split(separator))
        for line in lines
    )
    return QUOTES[1] if lines and framed * 2 > len(lines) else QUOTES[0]


def _numbered(lines: Sequence[str]) -> list[Line]:
    return list(enumerate(lines, 1))
