"""Whatever Python's csv module writes is read back cell by cell, with the line it began on."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.reading_room import only, read_bytes, rows

CELL = st.text(st.sampled_from("ab7, ;\t|\"'\n金额"), max_size=6)
TABLE = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=12)
)
QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


@settings(max_examples=40, deadline=None)
@given(TABLE, QUOTING, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_written_by_csv(table: list[list[str]], quoting: int, charset: str) -> None:
    # The header, many times, so that nobody doubts the separator.
    width = len(table[0]) if table else 2
    table = [[f"column{at}" for at in range(width)]] * 40 + table
    text, starts = io.StringIO(newline=""), []
    writer = csv.writer(text, quoting=quoting, lineterminator="\n")
    for row in table:
        starts.append(text.getvalue().count("\n") + 1)
        writer.writerow(row)
    with TemporaryDirectory() as folder:
        sheet = only(read_bytes(Path(folder), text.getvalue().encode(charset)))
        found = rows(sheet, 0)
    assert found == [(line, *row, None) for line, row in zip(starts, table, strict=True)]
