"""Every line of a text gets its number in front, quickly, as long as quotes keep the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from operator import add

import numpy as np
import numpy.typing as npt

from chanplan.ingest.reading.decoding import LONGEST_LINE
from chanplan.ingest.reading.records import MOST_LINES, records

# A number is written as high digits, the same for this many lines, and low digits made once:
# joining lines with their high digits costs a third of formatting each number.
RUN = 10_000
NEW_LINE = ord("\n")


class IrregularError(Exception):
    """Quotes, or surplus cells, that only careful reading can tell apart."""


class Numbering:
    """Numbers the lines of one text; IrregularError means: read it carefully instead.

    lines      lines seen so far
    widest     the most cells of any row, or a few more where quoted cells hold separators;
               never above `cap`
    multiline  some row runs over several lines; its first line alone has a number
    """

    def __init__(self, separator: str, quote: str, cap: int) -> None:
        self.lines = 0
        self.widest = 1
        self.multiline = False
        self._separator, self._quote, self._cap = separator, quote, cap
        self._mark, self._sep = quote.encode(), separator.encode()
        self._edges = np.frombuffer(self._mark + self._sep + b"\n", dtype=np.uint8)
        self._low = [b"%04d" % low + self._sep for low in range(RUN)]

    def numbered(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The blocks, each of whole lines, with numbers."""
        rest = b""
        for block in blocks:
            block = rest + block
            rest = b""
            if self._mark not in block:
                yield self._number_all(block, quoted=False)
                continue
            quotes = self._quotes(block)
            cut = _start_of_open_row(block, quotes)
            block, rest = block[:cut], block[cut:]
            if len(rest) > LONGEST_LINE:
                raise IrregularError
            if block:
                yield self._number_quoted(block, quotes)
        if rest:
            raise IrregularError

    def _quotes(self, block: bytes) -> npt.NDArray[np.intp]:
        """Where quotes stand; every second one closes, because a row starts the block.

        An opening quote must follow a separator or a line end, a closing one must come before
        one. A doubled quote inside a cell closes and opens at once, so a quote is an edge too.
        """
        text = np.frombuffer(block, dtype=np.uint8)
        quotes = np.flatnonzero(text == self._mark[0])
        # Before the block's first byte comes a line end: text[-1] is one.
        before, after = text[quotes[0::2] - 1], text[quotes[1::2] + 1]
        if not (np.isin(before, self._edges).all() and np.isin(after, self._edges).all()):
            raise IrregularError
        return quotes

    def _number_quoted(self, block: bytes, quotes: npt.NDArray[np.intp]) -> bytes:
        text = np.frombuffer(block, dtype=np.uint8)
        ends = np.flatnonzero(text == NEW_LINE)
        if not (np.searchsorted(quotes, ends) % 2).any():
            return self._number_all(block, quoted=True)
        self.multiline = True
        return self._number_first_lines(block)

    def _number_all(self, block: bytes, quoted: bool) -> bytes:
        lines = block[:-1].split(b"\n")
        self._measure(lines, quoted)
        parts, at = [], 0
        while at < len(lines):
            high, low = divmod(self.lines + 1, RUN)
            run = lines[at : at + RUN - low]
            prefix = b"%d" % high
            parts.append(prefix + (b"\n" + prefix).join(map(add, self._low[low:], run)))
            at += len(run)
            self.lines += len(run)
        parts.append(b"")
        return b"\n".join(parts)

    def _number_first_lines(self, block: bytes) -> bytes:
        rows: list[tuple[int, bytes]] = []
        row: list[bytes] = []
        quotes = 0
        for line in block[:-1].split(b"\n"):
            row.append(line)
            self.lines += 1
            quotes += line.count(self._mark)
            if quotes % 2 == 0:
                rows.append((self.lines - len(row) + 1, b"\n".join(row)))
                row = []
            elif len(row) >= MOST_LINES:
                raise IrregularError
        self._measure([text for _, text in rows], quoted=True)
        return b"".join(b"%d%s%s\n" % (number, self._sep, text) for number, text in rows)

    def _measure(self, rows: list[bytes], quoted: bool) -> None:
        widest = max(map(bytes.count, rows, repeat(self._sep))) + 1
        if widest > self._cap:
            if not quoted:
                raise IrregularError
            widest = max(map(self._width, rows))
        self.widest = max(self.widest, widest)

    def _width(self, row: bytes) -> int:
        """Cells are counted only where the separators alone would exceed the cap."""
        width = row.count(self._sep) + 1
        if width <= self._cap:
            return width
        lines = [(1, part) for part in row.decode().split("\n")]
        ((_, cells),) = records(lines, self._separator, self._quote)
        if len(cells) > self._cap:
            raise IrregularError
        return len(cells)


def _start_of_open_row(block: bytes, quotes: npt.NDArray[np.intp]) -> int:
    """Where the row begins whose quoted cell the block's end cuts off; else the block's end."""
    start, before = len(block), len(quotes)
    while before % 2:
        start = block.rfind(b"\n", 0, int(quotes[before - 1])) + 1
        before = int(np.searchsorted(quotes, start))
    return start
