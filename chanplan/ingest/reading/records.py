"""Lines of text become rows of cells, one by one and with care for stray quotes."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

Line = tuple[int, str]
Record = tuple[int, list[str]]

# A quoted cell over more lines than this is a quote that somebody forgot to close.
MOST_LINES = 50
# A row longer than this is none either; DuckDB takes two million bytes for one at most.
LONGEST_ROW = 256 * 1024
# What the csv module says of a cell whose quote has not been closed; more lines may close it.
# Whatever else it says of the beginning of a row stays true of the whole row.
UNCLOSED = "unexpected end of data"
# The csv module refuses cells above 128 KiB; a line of ours may be four times as long.
csv.field_size_limit(4 * 1024 * 1024)


def records(
    lines: Iterable[Line], separator: str, quote: str, usual: int | None = None
) -> Iterator[Record]:
    """Each row with the number of its first line.

    A quoted cell may run over lines. A quote that breaks the rules of quoting spoils its own
    line only: the line is then cut leniently, or plainly where that gives the `usual` width.
    """
    feed = _Feed(lines)
    for number, line in feed:
        if quote not in line:
            yield number, line.split(separator)
            continue
        cells, open_ = _whole(line, separator, quote)
        if open_:
            cells = _joined(feed, line, separator, quote, usual)
        yield number, cells if cells is not None else _lenient(line, separator, quote, usual)


class _Feed:
    """Lines one after the other, which can be looked ahead at."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._seen: deque[Line] = deque()

    def __iter__(self) -> Iterator[Line]:
        while self.ahead(1):
            yield self._seen.popleft()

    def ahead(self, count: int) -> list[str]:
        while len(self._seen) < count and (line := next(self._lines, None)):
            self._seen.append(line)
        return [text for _, text in list(self._seen)[:count]]

    def drop(self, count: int) -> None:
        for _ in range(count):
            self._seen.popleft()


def _joined(
    feed: _Feed, line: str, separator: str, quote: str, usual: int | None
) -> list[str] | None:
    """The cells of a row that goes on in the next lines, or None when it does not."""
    text = line
    for count in range(1, MOST_LINES):
        ahead = feed.ahead(count)
        if len(ahead) < count:
            return None
        text += "\n" + ahead[-1]
        if quote not in ahead[-1]:
            continue
        cells, open_ = _whole(text, separator, quote)
        if open_ and len(text) < LONGEST_ROW:
            continue
        if cells is None or len(text) > LONGEST_ROW or (usual is not None and len(cells) > usual):
            return None
        feed.drop(count)
        return cells
    return None


def _whole(text: str, separator: str, quote: str) -> tuple[list[str] | None, bool]:
    """The cells of a row whose quotes keep the rules, else None, and whether one is still open;
    a quote within may be doubled or escaped."""
    cells, open_ = _strict(text, separator, quote)
    if cells is None and f"\\{quote}" in text:
        cells, more = _strict(text, separator, quote, escape="\\")
        open_ = cells is None and (open_ or more)
    return cells, open_


def _strict(
    text: str, separator: str, quote: str, escape: str | None = None
) -> tuple[list[str] | None, bool]:
    """The cells of a row that keeps the rules, else None; whether a quote is still open."""
    spaced = f"{separator} {quote}" in text
    try:
        rows = list(
            csv.reader(
                text.splitlines(keepends=True) if "\n" in text else [text],
                delimiter=separator,
                quotechar=quote,
                skipinitialspace=spaced,
                doublequote=escape is None,
                escapechar=escape,
                strict=True,
            )
        )
    except csv.Error as fault:
        return None, str(fault) == UNCLOSED
    return (rows[0] if len(rows) == 1 else None), False


def _lenient(line: str, separator: str, quote: str, usual: int | None) -> list[str]:
    plain = line.split(separator)
    if len(plain) == usual:
        return [_unopened(cell, quote) for cell in plain]
    if usual is not None:
        cells = _by_closed_quotes(line, separator, quote, usual)
        if len(cells) == usual:
            return cells
    try:
        return next(csv.reader([line], delimiter=separator, quotechar=quote))
    except csv.Error:
        return plain


def _by_closed_quotes(line: str, separator: str, quote: str, usual: int) -> list[str]:
    """The cells where only those are quoted whose quote is closed before a separator: behind a
    quote that nothing closes, "1,234.50" is one cell all the same. One more than `usual` already
    says that the line is not of that width."""
    cells = []
    for found in islice(_cell(separator, quote).finditer(f"{separator}{line}"), usual + 1):
        inner, plain = found.groups()
        cell = _unopened(plain, quote) if inner is None else inner.replace(quote * 2, quote)
        cells.append(cell)
    return cells


@cache
def _cell(separator: str, quote: str) -> re.Pattern[str]:
    sep, q = re.escape(separator), re.escape(quote)
    return re.compile(f"{sep}(?:{q}((?:[^{q}]|{q}{q})*){q}(?={sep}|$)|([^{sep}]*))")


def _unopened(cell: str, quote: str) -> str:
    """A cell without the quote that opens it and that nothing closes."""
    return cell[1:] if cell.startswith(quote) and cell.count(quote) == 1 else cell
