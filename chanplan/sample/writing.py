"""How the sample company's sources write: text in their own encoding, workbooks with titles."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
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


def text(path: Path, frame: pd.DataFrame, encoding: str, separator: str = ",") -> None:
    """A CSV file with Windows line ends, as most platforms send it."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=separator, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows(_rows(frame))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(held.getvalue().encode(encoding))


def workbook(
    path: Path,
    frame: pd.DataFrame,
    titles: Sequence[str] = (),
    sums: Iterable[str] = (),
    sheet: str = "Sheet1",
) -> None:
    """An xlsx file: title rows, the header, the rows, and a 合计 row for the columns in `sums`."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "author": "", "title": ""})
        page = book.add_worksheet(sheet)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for at, title in enumerate(titles):
            page.write_string(at, 0, title, bold)
        top = len(titles)
        for column, header in enumerate(frame.columns):
            page.write_string(top, column, str(header), bold)
            page.set_column(column, column, min(_WIDEST, 10 + len(str(header))))
        for at, row in enumerate(_rows(frame), start=top + 1):
            for column, value in enumerate(row):
                if value is not None:
                    _cell(page, at, column, value, day)
        summed = set(sums)
        if summed:
            end = top + 1 + len(frame)
            page.write_string(end, 0, "合计", bold)
            for column, header in enumerate(frame.columns):
                if header in summed:
                    page.write_number(end, column, float(sum(v or 0 for v in frame[header])), bold)


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
