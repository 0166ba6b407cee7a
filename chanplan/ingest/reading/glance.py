"""Looks at a text's blocks while they pass by, for what none of its cells has.

A look at a whole block costs a fraction of asking every cell in SQL. What is seen here only
spares questions whose answer is known: a text that is not plain is read as carefully as ever.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chanplan.ingest.reading.plain import BLANKS, SHORT, TOTALS, Plain

# Blanks wider than a byte are so rare that a text which has one anywhere is not plain.
_WIDE_BLANKS = tuple(blank.encode() for blank in BLANKS if len(blank.encode()) > 1)
# How ="0123" begins, whatever quotes stand around it.
_GUARD = b'="'
_NEW_LINE, _POINT = ord("\n"), ord(".")

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


class Glance:
    """Looks at one text, block by block; each a whole number of lines.

    A separator inside a quoted cell is taken for the cell's end: so more is seen to end a cell
    than does, and what is found nowhere is nowhere. Whole blocks are compared at once, into room
    that is used again: asking for new room costs more than comparing.

    lines   how many the last block had
    fewest  the fewest cells of any of them, where none is quoted
    """

    def __init__(self, separator: str, quote: str) -> None:
        self._edges = (ord(separator), ord(quote))
        self._tabbed, self._quote = separator == "\t", quote.encode()
        self._trimmed = self._no_totals = self._short = True
        self._room = np.empty((3, 0), dtype=np.bool_)
        self.lines = self.fewest = 0

    @property
    def seen(self) -> Plain:
        """What has held so far."""
        return Plain(self._trimmed, self._no_totals, self._short)

    def look(self, block: bytes) -> int:
        """Take in one block; the most cells that any line of it may have."""
        text = np.frombuffer(block, dtype=np.uint8)
        if len(text) > self._room.shape[1]:
            self._room = np.empty((3, len(text)), dtype=np.bool_)
        edge, found, like = self._room[:, : len(text)]
        np.equal(text, _NEW_LINE, out=edge)
        for sign in self._edges:
            np.logical_or(edge, np.equal(text, sign, out=like), out=edge)
        narrow = (b" ",) if self._tabbed else (b" ", b"\t")
        self._trimmed = self._trimmed and not (
            any(_ends_with(blank, block, text, edge, found) for blank in narrow)
            or any(_holds(block, sign) for sign in (_GUARD, *_WIDE_BLANKS))
        )
        self._no_totals = self._no_totals and not any(
            _ends_with(sign.encode(), block, text, edge, found) for sign in TOTALS
        )
        self._short = self._short and _short(block, text, edge, found, like)
        if self._tabbed and self._quote in block:  # a tab is then a cell's end, or a blank in it
            self._trimmed = self._short = False
        ends = np.flatnonzero(text[np.flatnonzero(edge)] == _NEW_LINE)
        cells = np.diff(ends, prepend=-1)
        self.lines, self.fewest = len(cells), int(cells.min())
        return int(cells.max())


def _ends_with(sign: bytes, block: bytes, text: Bytes, edge: Flags, room: Flags) -> bool:
    """Whether a cell ends with this sign, found by its last byte."""
    if sign[:1] not in block:
        return False
    last = len(sign) - 1
    found = room[: len(text) - len(sign)]
    np.equal(text[last:-1], sign[-1], out=found)
    np.logical_and(found, edge[len(sign) :], out=found)
    at = np.flatnonzero(found) if found.any() else np.empty(0, dtype=np.intp)
    for before, byte in enumerate(sign[:-1]):
        at = at[text[at + before] == byte]
    return len(at) > 0


def _holds(block: bytes, signs: bytes) -> bool:
    """Whether the signs stand anywhere; looking for the first alone is ten times cheaper."""
    return signs[:1] in block and signs in block


def _short(block: bytes, text: Bytes, edge: Flags, points: Flags, inside: Flags) -> bool:
    """Whether every point is followed by a cell's end soon enough."""
    if _holds(block, b"e-") or _holds(block, b"E-"):
        return False
    np.equal(text, _POINT, out=points)
    np.logical_not(edge, out=inside)
    for behind in range(1, SHORT + 2):
        # The block ends with an edge, so that behind the last signs there is one.
        np.logical_and(points[:-behind], inside[behind:], out=points[:-behind])
    return not points.any()
