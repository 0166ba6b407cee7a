"""Text is cut into rows with numbers: quickly where quotes keep the rules, else with care."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from uuid import uuid4

from chanplan.domain.recipe import Dialect
from chanplan.domain.writing import writing
from chanplan.ingest.reading.decoding import blocks
from chanplan.ingest.reading.in_place import seen_plain
from chanplan.ingest.reading.numbering import IrregularError, Numbering
from chanplan.ingest.reading.records import MOST_LINES, Line, Record, records
from chanplan.ingest.reading.sheet import TOP_ROWS, Row, Sheet
from chanplan.ingest.reading.sheet_rows import MOST_COLUMNS
from chanplan.ingest.reading.staged import StagedText

# Cells that a row may have more than any of the first rows and still show them one by one;
# what is beyond stands together in the last of them.
SURPLUS = 8


def first_lines(path: Path, encoding: str, name: str) -> list[str]:
    """Enough lines to recognise the table by."""
    return list(islice((text for _, text in lines(path, encoding, name)), TOP_ROWS + MOST_LINES))


def lines(path: Path, encoding: str, name: str) -> Iterator[Line]:
    """Every line of a text with its number, which counts from 1."""
    number = 0
    for block in blocks(path, encoding, name):
        for line in block[:-1].split(b"\n"):
            number += 1
            yield number, line.decode()


def cut(path: Path, name: str, staging: Path, dialect: Dialect, first: list[str]) -> Sheet:
    """The sheet that `dialect` cuts, its rows in a new file in staging or, where the text is
    plain, in the text itself; `first`: `first_lines`."""
    plain = seen_plain(path, name, staging, dialect)
    if plain is not None:
        return Sheet(None, dialect, _top(first, dialect), plain.lines, source=plain)
    target = staging / f"{path.stem[:16]}-{uuid4().hex[:12]}.csv"
    try:
        with writing():
            return _quickly(path, name, target, dialect, first) or _carefully(
                path, name, target, dialect, first
            )
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _quickly(
    path: Path, name: str, target: Path, dialect: Dialect, first: list[str]
) -> Sheet | None:
    """Block by block; None where quotes or surplus cells ask for care."""
    top = _top(first, dialect)
    numbering = Numbering(dialect.separator, dialect.quote, _cap(top))
    try:
        numbered = numbering.numbered(blocks(path, dialect.encoding, name))
        with target.open("wb") as file:
            file.writelines(numbered)
    except IrregularError:
        return None
    source = StagedText(
        path=target,
        separator=dialect.separator,
        quote=dialect.quote,
        widest=numbering.widest,
        multiline=numbering.multiline,
        plain=numbering.glance.seen,
        lines=None if numbering.multiline else numbering.lines,
    )
    return Sheet(None, dialect, top, numbering.lines, source=source)


def _carefully(path: Path, name: str, target: Path, dialect: Dialect, first: list[str]) -> Sheet:
    """Row by row, about ten times slower."""
    top = _top(first, dialect)
    usual = Counter(len(row) for row in top if row).most_common(1)
    told = lines(path, dialect.encoding, name)
    width = usual[0][0] if usual else 1
    rows = records(told, dialect.separator, dialect.quote, width)
    number, widest, multiline = _write(target, rows, dialect, _cap(top))
    source = StagedText(target, dialect.separator, dialect.quote, widest, multiline)
    return Sheet(None, dialect, _top(first, dialect, width), number, source=source)


def _cap(top: tuple[Row, ...]) -> int:
    return min(max((len(row) for row in top), default=1) + SURPLUS, MOST_COLUMNS)


def _narrow(cells: list[str], cap: int, separator: str) -> list[str]:
    """At most so many cells; what is beyond stands together in the last."""
    return cells if len(cells) <= cap else [*cells[: cap - 1], separator.join(cells[cap - 1 :])]


def _top(lines: list[str], dialect: Dialect, usual: int | None = None) -> tuple[Row, ...]:
    """Rows by line; blank lines and lines that a quoted cell runs over are ()."""
    top: list[Row] = [()] * min(len(lines), TOP_ROWS)
    for number, cells in records(enumerate(lines, 1), dialect.separator, dialect.quote, usual):
        if number <= len(top) and cells != [""]:
            top[number - 1] = tuple(_narrow(cells, MOST_COLUMNS, dialect.separator))
    return tuple(top)


def _write(
    target: Path, rows: Iterable[Record], dialect: Dialect, cap: int
) -> tuple[int, int, bool]:
    """Rows written so that quotes keep the rules; lines, widest and multiline of `Numbering`."""
    number, widest, multiline = 0, 1, False
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(
            file, delimiter=dialect.separator, quotechar=dialect.quote, lineterminator="\n"
        )
        for number, row in rows:
            cells = _narrow(row, cap, dialect.separator)
            breaks = sum(cell.count("\n") for cell in cells)
            multiline = multiline or breaks > 0
            widest = max(widest, len(cells))
            writer.writerow([number, *cells])
            number += breaks
    return number, widest, multiline
