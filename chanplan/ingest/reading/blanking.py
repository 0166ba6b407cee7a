"""A text file written again without what stands in some of its columns, all else as it was."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chanplan.domain.errors import UnreadableFileError
from chanplan.domain.recipe import Dialect
from chanplan.ingest.reading.charset import BIG5
from chanplan.ingest.reading.cutting import first_lines, lines
from chanplan.ingest.reading.packed import unpacked
from chanplan.ingest.reading.records import Record, records
from chanplan.settings import Limits

_CODECS = {BIG5: "cp950"}


@dataclass(frozen=True)
class Chosen:
    """Which cells of one table of text are to be emptied.

    bands  (line, last line or None, columns): the cells of these columns below the line, which is
           that of the headings, down to the last; a sheet with several tables has several
    """

    bands: tuple[tuple[int, int | None, frozenset[int]], ...] = ()

    def at(self, line: int) -> frozenset[int]:
        """The columns to empty in a line, counted from 0, in a workbook from the first used."""
        found = [
            columns
            for above, last, columns in self.bands
            if line > above and (last is None or line <= last)
        ]
        heads = {above for above, _, _ in self.bands}
        return frozenset().union(*found) if found and line not in heads else frozenset()


def blank(
    path: Path, target: Path, dialect: Dialect, chosen: Chosen, width: int, limits: Limits
) -> int:
    """Write `target`: the file at `path` with these columns empty; returns how many cells were.

    chosen  headings stay, so that recipes still fit; so does all above. In a row with more than
            `width` cells as many cells behind each go, too, since what was meant for the column
            has moved there
    Line ends become line feeds; a packed file comes out unpacked; rows keep their line numbers.
    """
    inner = unpacked(path, path.name, target.parent, limits)
    try:
        codec = _CODECS.get(dialect.encoding, dialect.encoding)
        blanked = 0
        with target.open("w", encoding=codec, newline="") as file:
            for number, cells in _rows(inner, dialect):
                if columns := chosen.at(number):
                    blanked += _empty(cells, columns, max(len(cells) - width, 0))
                file.write(_line(cells, dialect))
        return blanked
    except UnicodeError as fault:
        raise UnreadableFileError("file_truncated", name=path.name) from fault
    finally:
        if inner != path:
            inner.unlink(missing_ok=True)


def _rows(path: Path, dialect: Dialect) -> Iterator[Record]:
    """The rows as loading cuts them."""
    marks = dialect.separator, dialect.quote
    first = list(enumerate(first_lines(path, dialect.encoding, path.name), 1))
    widths = Counter(len(cells) for _, cells in records(first, *marks) if cells != [""])
    usual = widths.most_common(1)[0][0] if widths else 1
    return records(lines(path, dialect.encoding, path.name), *marks, usual)


def _empty(cells: list[str], columns: frozenset[int], surplus: int) -> int:
    """Empty them in place. Line breaks in a cell stay, so that later rows keep their numbers."""
    chosen = {at + more for at in columns for more in range(surplus + 1)}
    full = [at for at in chosen if at < len(cells) and cells[at].strip()]
    for at in full:
        cells[at] = "\n" * cells[at].count("\n")
    return len(full)


def _line(cells: list[str], dialect: Dialect) -> str:
    """Cells as loading will cut them again: plainly where nothing asks for quotes."""
    marks = (dialect.separator, dialect.quote, "\n", "\r")
    if not any(mark in cell for cell in cells for mark in marks):
        return dialect.separator.join(cells) + "\n"
    text = io.StringIO(newline="")
    csv.writer(
        text, delimiter=dialect.separator, quotechar=dialect.quote, lineterminator="\n"
    ).writerow(cells)
    return text.getvalue()
