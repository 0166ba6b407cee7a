"""Lines of text become rows of cells, one by one and with care for stray quotes."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

Line = tuple[int, str]
Record = tuple[int, list[str]]

# A quoted cell over more lines than this is a quote that somebody forgot to close.
MOST_LINES = 50
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
        cells = _strict(line, separator, quote)
        if cells is None and line.count(quote) % 2:
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
        cells = _strict(text, separator, quote)
        if cells is not None:
            if usual is not None and len(cells) > usual:
                return None
            feed.drop(count)
            return cells
    return None


def _strict(text: str, separator: str, quote: str) -> list[str] | None:
    spaced = f"{separator} {quote}" in text
    try:
        rows = list(
            csv.reader(
                text.splitlines(keepends=True) if "\n" in text else [text],
                delimiter=separator,
                quotechar=quote,
                skipinitialspace=spaced,
                strict=True,
            )
        )
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _lenient(line: str, separator: str, quote: str, usual: int | None) -> list[str]:
    plain = line.split(separator)
    if len(plain) == usual:
        return plain
    try:
        return next(csv.reader([line], delimiter=separator, quotechar=quote))
    except csv.Error:
        return plain
