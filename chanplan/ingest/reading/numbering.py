"""Every line of a text gets its number in front, quickly, as long as quotes keep the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat

import numpy as np
import numpy.typing as npt

from chanplan.ingest.reading.ahead import ahead
from chanplan.ingest.reading.decoding import LONGEST_LINE
from chanplan.ingest.reading.glance import Glance
from chanplan.ingest.reading.records import MOST_LINES, records

# A number is written as high digits, the same for this many lines, and low digits made once:
# putting them together costs a third of formatting each number.
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
    glance     what no cell has
    """

    def __init__(self, separator: str, quote: str, cap: int) -> None:
        self.lines = 0
        self.widest = 1
        self.multiline = False
        self.glance = Glance(separator, quote)
        self._separator, self._quote, self._cap = separator, quote, cap
        self._mark, self._sep = quote.encode(), separator.encode()
        self._edges = np.frombuffer(self._mark + self._sep + b"\n", dtype=np.uint8)
        self._low = [b"%04d" % low + self._sep for low in range(RUN)]

    def numbered(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The blocks, each of whole lines, with numbers."""
        rest = b""
        for block, most in ahead((block, self.glance.look(block)) for block in blocks):
            block = rest + block
            rest = b""
            if self._mark not in block:
                if most > self._cap:
                    raise IrregularError
                self.widest = max(self.widest, most)
                yield self._number_all(block)
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
            self._measure(block[:-1].split(b"\n"))
            return self._number_all(block)
        self.multiline = True
        return self._number_first_lines(block)

    def _number_all(self, block: bytes) -> bytes:
        lines = block.split(b"\n")
        lines.pop()  # what follows the last line end
        parts = [b"\n"] * (3 * len(lines))
        parts[1::3] = lines
        at = 0
        while at < len(lines):
            high, low = divmod(self.lines + 1, RUN)
            prefix = b"%d" % high
            run = [prefix + digits for digits in self._low[low : low + len(lines) - at]]
            parts[3 * at : 3 * (at + len(run)) : 3] = run
            at += len(run)
            self.lines += len(run)
        return b"".join(parts)

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
        self._measure([text for _, text in rows])
        return b"".join(b"%d%s%s\n" % (number, self._sep, text) for number, text in rows)

    def _measure(self, rows: list[bytes]) -> None:
        """Of rows with quotes, in which not every separator parts two cells."""
        widest = max(map(bytes.count, rows, repeat(self._sep))) + 1
        if widest > self._cap:
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
