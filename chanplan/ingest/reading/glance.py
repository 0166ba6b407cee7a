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


class Glance:
    """Looks at one text, block by block; each a whole number of lines.

    A separator inside a quoted cell is taken for the cell's end: so more is seen to end a cell
    than does, and what is found nowhere is nowhere.
    """

    def __init__(self, separator: str, quote: str) -> None:
        self._edges = (ord(separator), ord(quote))
        self._tabbed, self._quote = separator == "\t", quote.encode()
        self._trimmed = self._no_totals = self._short = True

    @property
    def seen(self) -> Plain:
        """What has held so far."""
        return Plain(self._trimmed, self._no_totals, self._short)

    def look(self, block: bytes) -> int:
        """Take in one block; the most cells that any line of it may have."""
        text = np.frombuffer(block, dtype=np.uint8)
        edge = text == _NEW_LINE
        for sign in self._edges:
            edge |= text == sign
        at = np.flatnonzero(edge)
        if self._trimmed or self._no_totals:
            # Before the block's first byte comes a line end: text[-1] is one.
            before = text[at - 1]
            self._trimmed = self._trimmed and not self._blank(block, before)
            self._no_totals = self._no_totals and not any(
                _ends_with(sign.encode(), text, at, before) for sign in TOTALS
            )
        self._short = self._short and _short(block, text, edge)
        if self._tabbed and self._quote in block:  # a tab is then a cell's end, or a blank in it
            self._trimmed = self._short = False
        ends = np.flatnonzero(text[at] == _NEW_LINE)
        return int(np.diff(ends, prepend=-1).max())

    def _blank(self, block: bytes, before: npt.NDArray[np.uint8]) -> bool:
        """Whether some cell may end with a blank, hold a wide one, or stand in a guard."""
        if _holds(block, _GUARD):
            return True
        narrow = (
            before == ord(" ") if self._tabbed else (before == ord(" ")) | (before == ord("\t"))
        )
        return bool(narrow.any()) or any(_holds(block, wide) for wide in _WIDE_BLANKS)


def _ends_with(
    sign: bytes,
    text: npt.NDArray[np.uint8],
    at: npt.NDArray[np.intp],
    before: npt.NDArray[np.uint8],
) -> bool:
    """Whether a cell ends with this sign, found by its last byte."""
    ends = at[before == sign[-1]]
    for back, byte in enumerate(reversed(sign), 1):
        ends = ends[text[ends - back] == byte]
    return len(ends) > 0


def _holds(block: bytes, signs: bytes) -> bool:
    """Whether the signs stand anywhere; looking for the first alone is ten times cheaper."""
    return signs[:1] in block and signs in block


def _short(block: bytes, text: npt.NDArray[np.uint8], edge: npt.NDArray[np.bool_]) -> bool:
    """Whether every point is followed by a cell's end soon enough."""
    if _holds(block, b"e-") or _holds(block, b"E-"):
        return False
    points = np.flatnonzero(text == _POINT)
    ended = np.zeros(len(points), dtype=np.bool_)
    for behind in range(1, SHORT + 2):
        # The block ends with an edge: what would lie behind it is that edge.
        ended |= edge[np.minimum(points + behind, len(edge) - 1)]
    return bool(ended.all())
