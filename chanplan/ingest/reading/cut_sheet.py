"""In the child: the markup of a large sheet is cut between rows, as it is unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import IO

import numpy as np
import numpy.typing as npt

from chanplan.ingest.reading.archive import marks_of
from chanplan.ingest.reading.sheet import TOP_ROWS
from chanplan.ingest.reading.sheet_rows import LONGEST_GAP
from chanplan.settings import MIB

# Unpacked bytes of a piece: enough for each to be worth its frame, few enough to be held at once.
PIECE = 12 * MIB
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROW = b"<row "
_NUMBER = re.compile(rb'<row [^>]*?\br="(\d+)"')
# Marks of `archive.MARKS` that ask for a second look.
ASKING = frozenset({"errors", "uncomputed", "merges"})


class UncuttableError(Exception):
    """The sheet is not of the plain kind that may be cut; it is read whole."""


@dataclass(frozen=True)
class Piece:
    """Whole rows of a sheet, from line `first` to line `last`."""

    rows: bytes
    first: int
    last: int


def head_of(part: IO[bytes]) -> tuple[bytes, bytes]:
    """What stands before the rows, and the rows that were read with it."""
    text = part.read(MIB)
    head, found, rows = text.partition(_BEGIN)
    if not found:
        raise UncuttableError
    return head + found, rows


def pieces_of(part: IO[bytes], rows: bytes, size: int = PIECE) -> Iterator[Piece]:
    """The rows in pieces, the first of as many as headings are looked for in.

    part  read to its end, and so to its checksum
    rows  what was read of them already

    UncuttableError where rows do not say their numbers, are far from each other, or where what
    stands behind them asks for a second look.
    """
    last = 0
    while (at := _behind(rows, TOP_ROWS)) < 0 and (chunk := part.read(MIB)):
        rows += chunk
    if at > 0:
        yield (piece := _piece(rows[:at], last))
        rows, last = rows[at:], piece.last
    while chunk := part.read(size):
        rows += chunk
        at = rows.rfind(_ROW)
        if at > 0:
            yield (piece := _piece(rows[:at], last))
            rows, last = rows[at:], piece.last
    end = rows.rfind(_END)
    if end < 0 or marks_of(rows[end:]):
        raise UncuttableError
    if rows[:end].strip():
        yield _piece(rows[:end], last)


def _behind(rows: bytes, count: int) -> int:
    """Where the row after so many begins; -1 where there is none."""
    at = -1
    for _ in range(count + 1):
        at = rows.find(_ROW, at + 1)
        if at < 0:
            return -1
    return at


def _piece(rows: bytes, before: int) -> Piece:
    """The piece, where its first and last rows say their numbers and none is far from the next."""
    first, last = _NUMBER.match(rows), _NUMBER.match(rows, rows.rfind(_ROW))
    if first is None or last is None:
        raise UncuttableError
    top, bottom = int(first[1]), int(last[1])
    if not before < top <= before + LONGEST_GAP:
        raise UncuttableError
    if not 0 <= bottom - top <= rows.count(_ROW) + LONGEST_GAP:
        raise UncuttableError
    return Piece(rows, top, bottom)


def must_be_plain(rows: bytes, asking: Set[str]) -> None:
    """UncuttableError where cells of a piece ask for a second look, but for errors among values,
    which a reader tells; or where remarks or verbatim text may hide what looks like a row."""
    text = np.frombuffer(rows, dtype=np.uint8)
    if _stands(text, b"<!") or (_stands(text, b"<f") and marks_of(rows) & asking):
        raise UncuttableError


def _stands(text: npt.NDArray[np.uint8], two: bytes) -> bool:
    """Whether two signs follow each other anywhere; other threads go on meanwhile."""
    return bool(np.any((text[:-1] == two[0]) & (text[1:] == two[1])))
