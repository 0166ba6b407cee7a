"""Whole files of every format that is read, each of a table of its own."""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from benchmarks.fuzzed.grids import Grid, printable
from benchmarks.fuzzed.old_books import ods, xls, xlsb, zipped

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5")
MADE = datetime(2024, 1, 1)  # noqa: DTZ001 - a workbook knows no zone
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def text(rows: Grid, draw: random.Random) -> bytes:
    """Separated text in any encoding, quoted or not."""
    buffer = io.StringIO()
    quoting = draw.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    end = draw.choice(("\n", "\r\n", "\r"))
    writer = csv.writer(buffer, delimiter=draw.choice(",;\t|"), quoting=quoting, lineterminator=end)
    writer.writerows(rows)
    return buffer.getvalue().encode(draw.choice(ENCODINGS), errors="replace")


def xlsx(rows: Grid, draw: random.Random) -> bytes:
    """A workbook with numbers, text, formulas, a merged cell and a second, hidden sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("明细")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                number = _number(cell) if draw.random() < 0.8 else None
                if number is not None:
                    sheet.write_number(at, column, float(number))
                else:
                    sheet.write_string(at, column, printable(cell)[:32_000])
        if draw.random() < 0.3:
            sheet.write_formula(len(rows), 3, draw.choice(("=SUM(D2:D9)", "=1/0")), None, "")
        if draw.random() < 0.3:
            sheet.merge_range(2, 1, 4, 1, "天猫")
        book.add_worksheet("退货").hide()
    return buffer.getvalue()


def page(rows: Grid, draw: random.Random) -> bytes:
    """A web page named .xls."""
    encoding = draw.choice(("utf-8", "gb18030", "utf-16"))
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    told = (
        f"<html><head><meta charset='{encoding}'></head><body><table>{lines}</table></body></html>"
    )
    return told.encode(encoding, errors="replace")


def spreadsheet_xml(rows: Grid, draw: random.Random) -> bytes:
    """SpreadsheetML 2003."""
    lines = "".join(f"<Row>{''.join(_xml_cell(cell) for cell in row)}</Row>\n" for row in rows)
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">'
        f'<Worksheet ss:Name="data"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def _xml_cell(cell: str) -> str:
    kind = "String" if _number(cell) is None else "Number"
    return f'<Cell><Data ss:Type="{kind}">{escape(printable(cell))}</Data></Cell>'


def parquet(rows: Grid, draw: random.Random) -> bytes:
    """Typed columns where the cells allow it, in any compression."""
    width = max(map(len, rows))
    heads, *below = [row for row in rows if len(row) == width]
    columns = [_typed([row[at] for row in below], draw) for at in range(width)]
    table = pa.table(columns, names=[f"{head[:200]}" for head in heads])
    buffer = io.BytesIO()
    pq.write_table(
        table, buffer, compression=draw.choice(("none", "snappy", "gzip", "zstd", "brotli"))
    )
    return buffer.getvalue()


def _typed(cells: list[str], draw: random.Random) -> Any:
    numbers = [_number(cell) for cell in cells]
    if all(one is not None for one in numbers) and draw.random() < 0.8:
        kind = draw.choice((pa.float64(), pa.decimal128(38, 8), pa.float32()))
        given = numbers if pa.types.is_decimal(kind) else [float(one or 0) for one in numbers]
        return pa.array(given, kind)
    try:
        days = [datetime.fromisoformat(cell) for cell in cells]
        return pa.array(
            days, draw.choice((pa.date32(), pa.timestamp("us"), pa.timestamp("ns", "UTC")))
        )
    except (ValueError, pa.ArrowInvalid):
        return pa.array(cells, draw.choice((pa.string(), pa.large_string())))


def _number(cell: str) -> Decimal | None:
    """A number of ordinary size, else None."""
    try:
        told = Decimal(cell) if cell.isascii() else None
    except InvalidOperation:
        return None
    fits = told is not None and told.is_finite() and -30 < told.adjusted() < 25
    return round(told, 6) if fits and told is not None else None


def packed(rows: Grid, draw: random.Random) -> bytes:
    """Text or a workbook in gz or zip."""
    inner = draw.choice((text, xlsx, page))(rows, draw)
    return gzip.compress(inner, mtime=0) if draw.random() < 0.5 else zipped({"导出.csv": inner})


FORMATS: dict[str, Callable[[Grid, random.Random], bytes]] = {
    "csv": text,
    "xlsx": xlsx,
    "xls": lambda rows, draw: xls(rows),
    "ods": lambda rows, draw: ods(rows),
    "xlsb": lambda rows, draw: xlsb(rows),
    "html": page,
    "xml": spreadsheet_xml,
    "parquet": parquet,
    "packed": packed,
}
