"""In the child: large sheets of an xlsx are read in pieces, on every processor.

Each piece of a sheet becomes a small workbook, unpacked, which the same parser reads as the
whole: quickly where every column is of one kind, cell by cell where it is not. Either way each
cell's text is the one that `sheet_rows` would write. What is not of the plain kind is left to
whoever reads workbooks whole.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from chanplan.ingest.reading import text_columns
from chanplan.ingest.reading.archive import marks_of
from chanplan.ingest.reading.book_parts import BOOK, RELATIONS, STYLES, TEXTS, sheet_parts
from chanplan.ingest.reading.cells import text
from chanplan.ingest.reading.cut_sheet import (
    ASKING,
    PIECE,
    Piece,
    UncuttableError,
    head_of,
    must_be_plain,
    pieces_of,
)
from chanplan.ingest.reading.plain import Plain, of_all
from chanplan.ingest.reading.sheet import TOP_ROWS
from chanplan.ingest.reading.sheet_rows import MOST_COLUMNS

# Shared texts are read again with every piece, which should be a small part of its work.
TIMES_TEXTS = 8
MOST_THREADS = 4
# Pieces whose columns were of several kinds before nobody expects the next to be otherwise.
PATIENCE = 2
_FRAME = ("[Content_Types].xml", "_rels/.rels", BOOK, RELATIONS, STYLES, TEXTS)
_HEAD, _HEAD_CELL = '<row r="{line}">{cells}</row>', '<c r="{at}" t="str"><v>c</v></c>'
_WRITTEN_DATE = b't="d"'
_TAIL = b"</sheetData></worksheet>"
_LETTERS = 26


@dataclass(frozen=True)
class _Frame:
    """What every piece of a sheet needs beside its rows.

    name, part  of the sheet
    left        its first used column, from 0; width  its columns from there
    """

    parts: dict[str, bytes]
    name: str
    part: str
    head: bytes = b""
    left: int = 0
    width: int = 0


@dataclass(frozen=True)
class _Columns:
    """A piece as text: its line numbers begin at `first`; top and plain as `Sheet` and `Relation`
    describe them; last  the last line with a cell in it, 0 for none; full  every line has one."""

    first: int
    cells: list[pa.Array]
    last: int
    full: bool
    plain: Plain


def read(
    path: Path, target: Callable[[int], Path], large: int, piece: int = PIECE
) -> dict[str, dict[str, Any]]:
    """Sheet's name → the facts that make a `Sheet` of it, for those that are large and plain.

    target  where the rows of the sheet at a place among all go
    large   unpacked bytes from which a sheet is
    piece   unpacked bytes of one

    What reads damaged parts raises, as `archive.marks_in`: each part is read to its checksum.
    """
    found = {}
    with zipfile.ZipFile(path) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
        if BOOK not in sizes or max(sizes.values()) < large:
            return {}
        parts = {name: archive.read(name) for name in _FRAME if name in sizes}
        size = max(piece, TIMES_TEXTS * len(parts.get(TEXTS, b"")))
        # Values that a program left for Excel to work out are none: then formulas ask, too.
        asking = ASKING | ({"formulas"} if "uncomputed" in marks_of(parts[BOOK]) else set())
        for at, (name, part) in enumerate(sheet_parts(archive)):
            if sizes.get(part, 0) < large:
                continue
            try:
                facts = _read(
                    archive, _Frame(parts, name, part), target(at), size, frozenset(asking)
                )
            except UncuttableError:
                target(at).unlink(missing_ok=True)
            else:
                found[name] = {**facts, "part": part}
    return found


def _read(
    archive: zipfile.ZipFile, frame: _Frame, target: Path, size: int, asking: Set[str]
) -> dict[str, Any]:
    with archive.open(frame.part) as part:
        head, rows = head_of(part)
        coming = pieces_of(part, rows, size)
        first = next(coming, None)
        if first is None or marks_of(first.rows) & asking:
            raise UncuttableError
        frame, start, cells = _beginning(replace(frame, head=head), first)
        reader = _Reader(frame, asking)
        top = [[text(cell) for cell in row] for row in cells]
        begun = reader.made(start, [text_columns.of_cells(one) for one in zip(*top, strict=True)])
        facts = _write(target, frame.width, begun, _made(reader, coming))
    return {**facts, "top": _top(start, top, facts["line_count"]), "merges": [], "covered": []}


def _beginning(frame: _Frame, first: Piece) -> tuple[_Frame, int, list[list[Any]]]:
    """The first rows: with their columns known, the line they begin at, their cells."""
    sheet = _calamine(_book(frame, first), frame.name)
    if sheet.start is None or sheet.end is None:
        raise UncuttableError
    (top, left), (_, right) = sheet.start, sheet.end
    if not 0 < (width := right - left + 1) <= MOST_COLUMNS:
        raise UncuttableError
    known = replace(frame, left=left, width=width)
    return known, top + 1, sheet.to_python(skip_empty_area=True)


def _top(start: int, rows: list[list[str]], last: int) -> list[list[str]]:
    """The first lines without the empty cells at their ends, nor lines below the last one."""
    told: list[list[str]] = [[] for _ in range(start - 1)]
    for row in rows[: TOP_ROWS - start + 1]:
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        told.append(cells)
    lines = min(last, TOP_ROWS)
    return [*told[:lines], *([] for _ in range(lines - len(told)))]


class _Reader:
    """Reads the pieces of one sheet behind its first."""

    def __init__(self, frame: _Frame, asking: Set[str]) -> None:
        self._frame, self._asking = frame, asking
        self._mixed = 0

    def read(self, piece: Piece) -> _Columns:
        """UncuttableError where it has cells beside the first piece's columns."""
        must_be_plain(piece.rows, self._asking)
        book = _book(self._frame, piece)
        if self._mixed < PATIENCE:
            try:
                return self.made(piece.first, self._typed(book, piece))
            except text_columns.MixedError:
                self._mixed += 1
        if marks_of(piece.rows) & self._asking:
            raise UncuttableError
        return self.made(piece.first, self._untyped(book, piece.first))

    def made(self, first: int, cells: list[pa.Array]) -> _Columns:
        """The columns, and what is told of them."""
        kept, last, full = text_columns.settled(cells)
        end = first + last if last >= 0 else 0
        return _Columns(first, kept, end, full, text_columns.plain(cells))

    def _typed(self, book: bytes, piece: Piece) -> list[pa.Array]:
        """By fastexcel, into columns at once; a date it cannot read there is nothing to it."""
        import fastexcel

        try:
            loaded = fastexcel.read_excel(book).load_sheet(
                self._frame.name, header_row=0, schema_sample_rows=None, dtype_coercion="strict"
            )
            table, errors = loaded.to_arrow_with_errors()
        except (fastexcel.FastExcelError, pa.ArrowException):
            raise text_columns.MixedError from None
        if table.num_columns != self._frame.width:
            raise UncuttableError
        open_dates = any(one.null_count for one in table.columns if pa.types.is_timestamp(one.type))
        if errors or (open_dates and _WRITTEN_DATE in piece.rows):
            raise text_columns.MixedError
        return [text_columns.of_kind(column) for column in table.columns]

    def _untyped(self, book: bytes, line: int) -> list[pa.Array]:
        """By calamine, cell by cell."""
        sheet, frame = _calamine(book, self._frame.name), self._frame
        if sheet.start != (line - 2, frame.left) or sheet.end[1] != frame.left + frame.width - 1:
            raise UncuttableError
        rows = sheet.to_python(skip_empty_area=True)[1:]
        return [text_columns.of_cells(column) for column in zip(*rows, strict=True)]


def _made(reader: _Reader, coming: Iterable[Piece]) -> Iterator[_Columns]:
    """The pieces in their order, as many in the making as there are processors."""
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    with ThreadPoolExecutor(threads, "chanplan-pieces") as pool:
        making: deque[Future[_Columns]] = deque()
        for piece in coming:
            making.append(pool.submit(reader.read, piece))
            if len(making) > threads:
                yield making.popleft().result()
        while making:
            yield making.popleft().result()


def _write(target: Path, width: int, begun: _Columns, coming: Iterable[_Columns]) -> dict[str, Any]:
    """The rows, packed by columns; what is told of all."""
    names = [f"c{at}" for at in range(width)]
    schema = pa.schema([("line", pa.int64()), *((name, pa.string()) for name in names)])
    last, full, line = 0, True, 1
    plain: list[Plain] = []
    with pq.ParquetWriter(target, schema, compression="none") as out:
        for made in chain([begun], coming):
            if made.first < line:  # rows out of their order
                raise UncuttableError
            count = len(made.cells[0])
            lines = pa.array(np.arange(made.first, made.first + count))
            out.write_table(pa.table([lines, *made.cells], schema=schema))
            plain.append(made.plain)
            last = max(last, made.last)
            full, line = full and made.full and made.first == line, made.first + count
    return {
        "path": str(target),
        "line_count": last,
        "widest": width,
        "full": full,
        "plain": asdict(of_all(plain)),
    }


def _calamine(book: bytes, name: str) -> Any:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name)


def _book(frame: _Frame, piece: Piece) -> bytes:
    """The piece as a workbook; a row above it, where its columns are known, says which they are."""
    head = b""
    if frame.width:
        line = piece.first - 1
        places = range(frame.left, frame.left + frame.width)
        cells = "".join(_HEAD_CELL.format(at=f"{_letters(at)}{line}") for at in places)
        head = _HEAD.format(line=line, cells=cells).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in frame.parts.items():
            archive.writestr(name, data)
        archive.writestr(frame.part, b"".join([frame.head, head, piece.rows, _TAIL]))
    return out.getvalue()


def _letters(column: int) -> str:
    """A column's name: A, …, Z, AA."""
    rest, last = divmod(column, _LETTERS)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)
