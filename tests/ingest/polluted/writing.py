"""A draft becomes the bytes of a file: text, workbook, web page or SpreadsheetML."""

from __future__ import annotations

import csv
import gzip
import html
import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from tests.ingest.polluted.draft import AMOUNT, Draft, Error, Formula


def written(draft: Draft) -> bytes:
    """The bytes of the file, packed where the draft says so."""
    plain = {"xlsx": _workbook, "html": _page, "xml": _spreadsheet_xml}.get(draft.form, _text)
    data = plain(draft)
    if draft.wrapped == "gz":
        return gzip.compress(data)
    if draft.wrapped == "zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.csv", data)
        return buffer.getvalue()
    return data


def _grid(draft: Draft) -> list[list[Any]]:
    return [*draft.above, *draft.header, *(row.cells for row in draft.rows)]


def _said(cell: Any) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Error):
        return cell.shown
    return "" if isinstance(cell, Formula) else str(cell)


def _text(draft: Draft) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=draft.separator,
        lineterminator=draft.line_end,
        quoting=csv.QUOTE_ALL if draft.quote_all else csv.QUOTE_MINIMAL,
    )
    for line in draft.options.get("lines_above", ()):
        buffer.write(line + draft.line_end)
    for row in _grid(draft):
        raw = [_said(cell) for cell in row]
        if any("\0raw" in cell for cell in raw):
            # Cells that the separator would cut stay quoted: only the stray quotes are raw.
            cells = [_raw(cell.replace("\0raw", ""), draft.separator) for cell in raw]
            buffer.write(draft.separator.join(cells) + draft.line_end)
        else:
            writer.writerow(raw)
    mark = draft.options.get("mark", b"")
    return bytes(mark) + buffer.getvalue().encode(draft.encoding, errors="replace")


def _raw(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell and '"' not in cell else cell


def _workbook(draft: Draft) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **draft.options.get("book", {})}) as book:
        for name, hidden, rows in draft.options.get("before", ()):
            other = book.add_worksheet(name)
            for at, row in enumerate(rows):
                other.write_row(at, 0, row)
            if hidden:
                other.hide()
        sheet = book.add_worksheet("data")
        sheet.activate()
        sheet.set_first_sheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        money = book.add_format({"num_format": draft.options.get("amount_format", "General")})
        plain = draft.options.get("plain_amounts", 0)
        for at, row in enumerate(_grid(draft)):
            for column, cell in enumerate(row):
                shown = None if plain and at % plain == 0 else money
                _write(sheet, at, column, cell, day, shown if _is_amount(draft, column) else None)
        for top, left, bottom, right in draft.merges:
            first = _grid(draft)[top][left]
            sheet.merge_range(top, left, bottom, right, "")
            _write(sheet, top, left, first, day)
    return buffer.getvalue()


def _is_amount(draft: Draft, column: int) -> bool:
    """Whether the cells of a column are amounts, wherever the columns have moved."""
    moved = next((at for at, head in enumerate(draft.header[0]) if head), 0)
    return "amount_format" in draft.options and column == AMOUNT + moved


def _write(sheet: Any, at: int, column: int, cell: Any, day: Any, shown: Any = None) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(at, column, cell, day)
    elif isinstance(cell, Decimal):
        sheet.write_number(at, column, float(cell), shown)
    elif isinstance(cell, Error):
        sheet.write_formula(at, column, "=1/0", None, cell.shown)
    elif isinstance(cell, Formula):
        sheet.write_formula(at, column, cell.text)
    elif cell != "":
        sheet.write_string(at, column, str(cell))


def _spans(draft: Draft, at: int, column: int) -> tuple[int, int] | None:
    """(rows, columns) of the merged cell that begins here; None where one covers this cell."""
    for top, left, bottom, right in draft.merges:
        if (at, column) == (top, left):
            return bottom - top + 1, right - left + 1
        if top <= at <= bottom and left <= column <= right:
            return None
    return 1, 1


def _page(draft: Draft) -> bytes:
    lines = ["<html><head><meta charset='utf-8'></head><body><table border=1>"]
    for at, row in enumerate(_grid(draft)):
        cells = []
        for column, cell in enumerate(row):
            if spans := _spans(draft, at, column):
                sizes = f" rowspan={spans[0]} colspan={spans[1]}" if spans != (1, 1) else ""
                said = html.escape(_said(cell)).replace("\n", "<br>")
                cells.append(f"<td{sizes}>{said}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table></body></html>"]).encode()


def _spreadsheet_xml(draft: Draft) -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    lines = [
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">',
        '<Worksheet ss:Name="data"><Table>',
    ]
    for at, row in enumerate(_grid(draft)):
        cells = "".join(_xml_cell(draft, at, column, cell) for column, cell in enumerate(row))
        lines.append(f"<Row>{cells}</Row>")
    return "\n".join([*lines, "</Table></Worksheet></Workbook>"]).encode()


def _xml_cell(draft: Draft, at: int, column: int, cell: Any) -> str:
    spans = _spans(draft, at, column)
    if spans is None:
        return ""
    down, right = spans[0] - 1, spans[1] - 1
    merged = f' ss:MergeDown="{down}" ss:MergeAcross="{right}"' if down or right else ""
    start = f'<Cell ss:Index="{column + 1}"{merged}'
    if isinstance(cell, Formula):
        return f'{start} ss:Formula="{cell.text}"/>'
    kind, said = "String", html.escape(_said(cell))
    if isinstance(cell, date):
        kind, said = "DateTime", f"{said}T00:00:00.000"
    elif isinstance(cell, Decimal):
        kind = "Number"
    elif isinstance(cell, Error):
        kind = "Error"
    return f'{start}><Data ss:Type="{kind}">{said}</Data></Cell>'
