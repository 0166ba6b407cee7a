"""The care list as a workbook to work in: what may be written is open, the rest is locked, and the
key of every row comes back with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from chanplan.domain.care import WRITTEN
from chanplan.domain.tables import table
from chanplan.language import Language
from chanplan.reports.escaping import inert
from chanplan.reports.tables import FORMATS, Kind, sheet_name
from chanplan.reports.templates import heading

# Columns that nobody needs to see, by which a row is known again.
HIDDEN: Final = ("key", "population", "opened", "version")
_KINDS: Final[Mapping[str, Kind]] = {"due": "date", "contacted": "date", "opened": "date"}
_WIDTHS: Final = {"customer": 24, "action": 30, "result": 30}


@dataclass(frozen=True)
class Told:
    """A column beside them that is only to be read."""

    name: str
    heading: str
    kind: Kind = "text"
    width: int = 16


def headings(language: Language) -> dict[str, str]:
    """Field of the table `care` → its heading, by which the file is recognised again."""
    return {name: heading(column, language) for name, column in table("care").columns.items()}


def workbook(
    rows: Sequence[Mapping[str, Any]],
    told: Sequence[Told],
    states: Sequence[str],
    language: Language,
    sheet: str,
) -> bytes:
    """An xlsx file, a row per customer. Rows hold the fields of the table `care` (state already
    in the reader's words, one of `states`) and the columns of `told`."""
    import xlsxwriter

    heads, buffer = headings(language), BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet(sheet_name(sheet))
        fields = ["customer", *WRITTEN]
        columns = [
            (fields[0], heads[fields[0]], "text", _WIDTHS["customer"]),
            *((one.name, one.heading, one.kind, one.width) for one in told),
            *((name, heads[name], _KINDS.get(name, "text"), _WIDTHS.get(name, 14))
              for name in (*WRITTEN, *HIDDEN)),
        ]  # fmt: skip
        _fill(book, page, columns, rows)
        at = [name for name, *_ in columns].index("state")
        if rows:
            source = {"validate": "list", "source": list(states)}
            page.data_validation(1, at, len(rows), at, source)
    return buffer.getvalue()


def _fill(
    book: Any,
    page: Any,
    columns: Sequence[tuple[str, str, str, int]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for at, (name, head, kind, width) in enumerate(columns):
        look = {"locked": name not in WRITTEN, "num_format": FORMATS.get(kind, "@")}
        if name in WRITTEN:
            look["bg_color"] = "#FFF8E1"
        style = book.add_format(look)
        page.write_string(0, at, inert(head), bold)
        page.set_column(at, at, width, style, {"hidden": name in HIDDEN})
        for line, row in enumerate(rows, start=1):
            _write(page, line, at, row.get(name), style)
    page.freeze_panes(1, 1)
    if rows:
        page.autofilter(0, 0, len(rows), len(columns) - 1)
    page.protect("", {"sort": True, "autofilter": True, "format_columns": True})


def _write(page: Any, line: int, at: int, cell: object, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(line, at, None, style)
    elif isinstance(cell, (Decimal, int, float)):
        page.write_number(line, at, float(cell), style)
    elif isinstance(cell, date):
        page.write_datetime(line, at, cell, style)
    else:
        page.write_string(line, at, inert(str(cell)), style)
