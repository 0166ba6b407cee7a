"""A large text of the plainest kind is read where its original lies, and never cut into a copy.

Plain is UTF-8 without a quote, in which every line has the same number of cells: then a line is
a row, a separator parts two cells, and Arrow splits them as DuckDB would, with a number for each.
Numbering a copy for DuckDB takes a tenth of an import's work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

from chanplan.domain.recipe import Dialect
from chanplan.ingest.reading.ahead import ahead
from chanplan.ingest.reading.charset import MARKS, UTF8
from chanplan.ingest.reading.decoding import BLOCK_BYTES, LONGEST_LINE, blocks
from chanplan.ingest.reading.glance import Glance
from chanplan.ingest.reading.plain import Plain
from chanplan.ingest.reading.sheet import Relation, Row

# Smaller files gain nothing that anybody would see.
LARGE = 8 << 20
# What Arrow reads at once holds the longest line, and fits a processor's cache.
_AT_ONCE = BLOCK_BYTES + LONGEST_LINE


@dataclass(frozen=True)
class PlainText:
    """The rows of such a text.

    width  cells of every line
    lines  how many there are, the heading among them
    plain  what no cell has
    """

    path: Path
    separator: str
    width: int
    lines: int
    plain: Plain

    def relation(self, header_line: int, top: tuple[Row, ...]) -> Relation:
        """Rows below the header as `Relation` describes; none is too long or too short."""
        name = f"text_{self.path.stem[:32]}_{header_line:d}"
        return Relation(
            sql=f'(select *, cast(null as varchar) as extra from "{name}")',
            width=self.width,
            lent={name: _Rows(self.path, self.separator, self.width, header_line)},
            rows=max(self.lines - header_line, 0),
            plain=self.plain,
        )


@dataclass(frozen=True)
class _Rows:
    """Rows below a line, read anew by everyone who asks for Arrow's stream of them."""

    path: Path
    separator: str
    width: int
    header_line: int

    def __arrow_c_schema__(self) -> Any:
        return self._schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        told = pa.RecordBatchReader.from_batches(self._schema, self._numbered())
        return told.__arrow_c_stream__(requested_schema)

    @property
    def _names(self) -> list[str]:
        return [f"c{at}" for at in range(self.width)]

    @property
    def _schema(self) -> pa.Schema:
        texts = [(name, pa.string()) for name in self._names]
        return pa.schema([("line", pa.int64()), *texts])

    def _numbered(self) -> Iterator[pa.RecordBatch]:
        """A file is opened when the first rows are asked for, not when their names are."""
        above = 0
        for block in self._read():
            below = block.slice(max(self.header_line - above, 0))
            above += block.num_rows
            first = above - below.num_rows + 1
            numbers = pa.array(np.arange(first, above + 1))
            yield pa.RecordBatch.from_arrays([numbers, *below.columns], schema=self._schema)

    def _read(self) -> csv.CSVStreamingReader:
        names = self._names
        return csv.open_csv(
            self.path,
            csv.ReadOptions(column_names=names, block_size=_AT_ONCE),
            csv.ParseOptions(
                delimiter=self.separator,
                quote_char=False,
                double_quote=False,
                escape_char=False,
                newlines_in_values=False,
                ignore_empty_lines=False,
            ),
            csv.ConvertOptions(
                check_utf8=False,  # looked at before
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[],
                strings_can_be_null=False,
            ),
        )


def seen_plain(path: Path, name: str, staging: Path, dialect: Dialect) -> PlainText | None:
    """The text, where it is of this kind; None as soon as it is seen not to be.

    What lies in staging was unpacked, and goes when it has been read. The faults of `blocks`.
    """
    small = path.stat().st_size < LARGE
    if small or dialect.encoding != UTF8 or path.is_relative_to(staging):
        return None
    glance, quote = Glance(dialect.separator, dialect.quote), dialect.quote.encode()
    width = size = lines = 0
    for block in ahead(blocks(path, dialect.encoding, name)):
        most = glance.look(block)
        width = width or most
        if quote in block or width < 2 or not most == glance.fewest == width:
            return None
        size, lines = size + len(block), lines + glance.lines
    if size != _as_read(path):  # signs that nobody sees, or line ends of another kind
        return None
    return PlainText(path, dialect.separator, width, lines, glance.seen)


def _as_read(path: Path) -> int:
    """How many bytes the blocks of a file have of which nothing is taken: it loses its mark, and
    its last line gets an end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(max(map(len, MARKS)))
        file.seek(-1, 2)
        ended = file.read(1) == b"\n"
    mark = next((len(mark) for mark in MARKS if head.startswith(mark)), 0)
    return size - mark + (0 if ended else 1)
