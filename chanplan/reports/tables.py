"""A table as a file: CSV that Excel opens in Chinese, and a workbook with real numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Literal

import pandas as pd

from chanplan.language.scale import decimal
from chanplan.reports import native_chart
from chanplan.reports.escaping import inert
from chanplan.reports.native_chart import Chart

Kind = Literal["text", "money", "price", "quantity", "count", "rate", "points", "month", "date"]

# Native formats: the cells stay numbers, so they can be summed and charted.
FORMATS: Mapping[str, str] = {
    "money": "#,##0.00",
    "price": "#,##0.00",
    "quantity": "#,##0.##",
    "count": "#,##0",
    "rate": "0.0%",
    "points": "0.0%",
    "month": "0",
    "date": "yyyy-mm-dd",
}
# 万 by the format alone: the cell keeps the whole amount. A comma divides by a thousand, and the
# point before the last digit by ten; so a column of smaller amounts would read 0.0万.
TEN_THOUSANDS = '0!.0,"万"'
LARGE = Decimal(10_000)
# Nothing of a cell's text is taken for a formula, an address or a number.
_OPTIONS: Mapping[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
# A column wider than this pushes its neighbours off the screen.
WIDEST = 48
# Chinese characters take two columns of a Latin one.
WIDE_CHARACTER = 2
# Rows looked at for the width of a column.
MEASURED_ROWS = 200


@dataclass(frozen=True)
class ReportColumn:
    """One column of a report: the frame's column, its heading, what its values are."""

    name: str
    heading: str
    kind: Kind = "text"


def csv_bytes(frame: pd.DataFrame, columns: Sequence[ReportColumn]) -> bytes:
    """UTF-8 with a byte order mark (Excel needs it for Chinese), text made inert."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([inert(column.heading) for column in columns])
    writer.writerows([_as_text(cell) for cell in row] for row in _rows(frame, columns))
    return text.getvalue().encode("utf-8-sig")


def excel_bytes(
    frame: pd.DataFrame,
    columns: Sequence[ReportColumn],
    sheet: str,
    about: Iterable[tuple[str, str]] = (),
    chart: Chart | None = None,
    ten_thousands: bool = False,
) -> bytes:
    """A workbook: the table with filters and a frozen heading, a chart beside it; `about` on a
    second sheet.

    Every download says what it holds (basis, tax view, period): that is `about`.
    `ten_thousands` shows columns of large money in 万, as Chinese readers count.
    """
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, dict(_OPTIONS)) as book:
        page = book.add_worksheet(sheet_name(sheet))
        _fill(book, page, frame, columns, ten_thousands)
        if chart:
            names = list(_rows(frame, [one for one in columns if one.name in chart.names]))
            drawn = frame[chart.values[0]] if chart.kind == "waterfall" else ()
            moneys = [decimal(cell) or Decimal(0) for cell in drawn]
            native_chart.draw(book, page, chart, [one.name for one in columns], names, moneys)
        notes = list(about)
        if notes:
            page = book.add_worksheet("chanplan")
            page.set_column(0, 0, 18)
            page.set_column(1, 1, 60)
            for at, (name, value) in enumerate(notes):
                page.write_string(at, 0, inert(name))
                page.write_string(at, 1, inert(value))
    return buffer.getvalue()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook of several."""

    name: str
    frame: pd.DataFrame
    columns: Sequence[ReportColumn]


def book_bytes(sheets: Sequence[Sheet], ten_thousands: bool = False) -> bytes:
    """A workbook of several tables, each on its own sheet with filters and a frozen heading."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, dict(_OPTIONS)) as book:
        for one in sheets:
            page = book.add_worksheet(sheet_name(one.name))
            _fill(book, page, one.frame, one.columns, ten_thousands)
    return buffer.getvalue()


def sheet_name(name: str) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\, no outer apostrophe."""
    allowed = "".join(" " if char in "[]:*?/\\" else char for char in name).strip("' ")
    return allowed[:31] or "data"


def _fill(
    book: Any, page: Any, frame: pd.DataFrame, columns: Sequence[ReportColumn], ten_thousands: bool
) -> None:
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    codes = {*FORMATS.values(), TEN_THOUSANDS}
    formats = {code: book.add_format({"num_format": code}) for code in codes}
    for at, column in enumerate(columns):
        code = FORMATS.get(column.kind)
        if ten_thousands and column.kind == "money" and _is_large(frame[column.name]):
            code = TEN_THOUSANDS
        page.write_string(0, at, inert(column.heading), heading)
        page.set_column(at, at, _width(frame, column), formats[code] if code else None)
    for line, row in enumerate(_rows(frame, columns), start=1):
        for at, cell in enumerate(row):
            _write(page, line, at, cell)
    page.freeze_panes(1, 1)
    if columns:
        page.autofilter(0, 0, max(len(frame), 1), len(columns) - 1)


def _is_large(cells: pd.Series) -> bool:
    amounts = (decimal(cell) for cell in cells)
    return any(amount is not None and abs(amount) >= LARGE for amount in amounts)


def _write(page: Any, line: int, at: int, cell: object) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_boolean(line, at, cell)
    elif isinstance(cell, (Decimal, int, float)):
        page.write_number(line, at, float(cell))
    elif isinstance(cell, (date, datetime)):
        page.write_datetime(line, at, cell)
    else:
        page.write_string(line, at, inert(str(cell)))


def _rows(frame: pd.DataFrame, columns: Sequence[ReportColumn]) -> Iterator[tuple[object, ...]]:
    """The cells row by row; every missing value as None."""
    cells = [[_known(cell) for cell in frame[column.name].tolist()] for column in columns]
    return zip(*cells, strict=True)


def _known(cell: object) -> object:
    return None if cell is None or (not isinstance(cell, (str, list)) and pd.isna(cell)) else cell  # type: ignore[call-overload]


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return inert(cell) if isinstance(cell, str) else str(cell)


def _width(frame: pd.DataFrame, column: ReportColumn) -> int:
    shown = [column.heading, *(str(cell) for cell in frame[column.name].head(MEASURED_ROWS))]
    return min(WIDEST, 2 + max(map(_columns_of, shown)))


def _columns_of(text: str) -> int:
    return sum(1 if char.isascii() else WIDE_CHARACTER for char in text)
