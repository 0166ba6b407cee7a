"""How the sample company's sources write: text in their own encoding, workbooks with titles."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from chanplan.sample.ledger import money

# One moment for every workbook: the same company is the same bytes.
_MADE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
# Columns of money are kept in cents; a file shows yuan.
_WIDEST = 28


def yuan(cents: pd.Series) -> Any:
    """Cents as amounts (list of Decimal); missing stays missing."""
    return [None if pd.isna(value) else money(int(value)) for value in cents]


def text(
    path: Path,
    frame: pd.DataFrame,
    encoding: str,
    remarks: Sequence[str] = (),
    blank_after: int | None = None,
) -> None:
    """A CSV file with Windows line ends, as most platforms send it.

    remarks      what stands below the rows, a line each
    blank_after  a blank line stands after so many rows
    """
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(frame.columns)
    for at, row in enumerate(_rows(frame)):
        if at == blank_after:
            writer.writerow([])
        writer.writerow(row)
    writer.writerows([remark] for remark in remarks)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(held.getvalue().encode(encoding))


def workbook(
    path: Path,
    frame: pd.DataFrame,
    titles: Sequence[str] = (),
    sums: Sequence[str] = (),
    sheet: str = "Sheet1",
    remarks: Sequence[str] = (),
) -> None:
    """An xlsx file: title rows, the header, the rows, a 合计 row for the columns in `sums`, and
    remarks below it."""
    with opened(path, sheet) as page:
        page.titles(titles)
        page.header(frame.columns)
        page.rows(frame)
        if sums:
            page.sums("合计", frame, sums)
        page.titles(remarks)


@contextmanager
def opened(path: Path, sheet: str) -> Iterator[Page]:
    """The one sheet of a new workbook, written row by row from the top."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "author": "", "title": ""})
        yield Page(book, book.add_worksheet(sheet))


class Page:
    """A sheet that is being written; `at` is the row that comes next."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.at = 0
        self._sheet = sheet
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._middle = book.add_format({"valign": "vcenter"})

    def titles(self, texts: Iterable[str]) -> None:
        """Each text in the first cell of a row."""
        for told in texts:
            self._sheet.write_string(self.at, 0, told, self._bold)
            self.at += 1

    def header(self, headers: Iterable[str]) -> None:
        """The headings, which say how wide their columns are."""
        for column, header in enumerate(headers):
            self._sheet.write_string(self.at, column, str(header), self._bold)
            self._sheet.set_column(column, column, min(_WIDEST, 10 + len(str(header))))
        self.at += 1

    def rows(self, frame: pd.DataFrame) -> None:
        """The rows of a frame; what is missing is an empty cell."""
        for row in _rows(frame):
            for column, value in enumerate(row):
                if value is not None:
                    _cell(self._sheet, self.at, column, value, self._day)
            self.at += 1

    def merged(self, first: int, last: int, column: int, said: str) -> None:
        """One cell over several rows."""
        if first == last:
            self._sheet.write_string(first, column, said, self._middle)
        else:
            self._sheet.merge_range(first, column, last, column, said, self._middle)

    def sums(self, said: str, frame: pd.DataFrame, summed: Iterable[str]) -> None:
        """A row that sums columns of a frame."""
        self._sheet.write_string(self.at, 0, said, self._bold)
        for header in summed:
            column, total = list(frame.columns).index(header), sum(v or 0 for v in frame[header])
            self._sheet.write_number(self.at, column, float(total), self._bold)
        self.at += 1

    def skip(self) -> None:
        """A blank row."""
        self.at += 1


def _cell(page: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, str):
        page.write_string(row, column, value)
    elif hasattr(value, "year"):
        page.write_datetime(row, column, value, day)
    else:
        page.write_number(row, column, float(value))


def _rows(frame: pd.DataFrame) -> Iterable[list[Any]]:
    """Rows of plain values; missing as None."""
    columns = [
        [None if value is None or value is pd.NaT or value != value else value for value in one]
        for one in (frame[name].tolist() for name in frame.columns)
    ]
    return (list(row) for row in zip(*columns, strict=True))
