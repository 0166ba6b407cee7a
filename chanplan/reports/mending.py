"""Rows that were set aside as a workbook to mend: the reason first, then the row as it stood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from chanplan.domain.mending import MARK, OWN_COLUMNS, SHEET, UNSEEN
from chanplan.reports.escaping import inert
from chanplan.reports.tables import sheet_name

# A number may stand as it is, sign and all: escaped, it could not be read back.
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")


@dataclass(frozen=True)
class Row:
    """One row: why (in the reader's language), where, and its cells; one that begins with
    UNSEEN keeps its row out until a person has looked."""

    reason: str
    file: str
    sheet: str
    line: int
    cells: Sequence[str | None]


def workbook(
    rows: Sequence[Row],
    headers: Sequence[str],
    own: Sequence[str],
    batch: int,
    sha256: str,
    note: str,
) -> bytes:
    """An xlsx file that imports again as the rows of its batch.

    own      headings of OWN_COLUMNS: reason, file, sheet, line
    note     what to do with it, in a sheet that says whose rows these are
    """
    import xlsxwriter

    assert len(own) == OWN_COLUMNS
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet(sheet_name(own[0]))
        bold = book.add_format({"bold": True, "bottom": 1})
        # What a person types stays as typed, as in the file it came from.
        as_typed = book.add_format({"num_format": "@"})
        for at, heading in enumerate([*own, *headers]):
            page.write_string(0, at, inert(heading), bold)
            page.set_column(at, at, 28 if at == 0 else 16, as_typed)
        for number, row in enumerate(rows, start=1):
            _write(page, number, row)
        page.freeze_panes(1, 1)
        _mark(book.add_worksheet(SHEET), batch, sha256, note)
    return buffer.getvalue()


def _write(page: Any, number: int, row: Row) -> None:
    for at, said in enumerate((row.reason, row.file, row.sheet)):
        page.write_string(number, at, inert(said))
    page.write_number(number, OWN_COLUMNS - 1, row.line)
    for at, cell in enumerate(row.cells):
        if cell:
            marked = UNSEEN if cell.startswith(UNSEEN) else ""
            text = cell.removeprefix(UNSEEN) if marked else cell
            text = text if _NUMBER.fullmatch(text) else inert(text)
            page.write_string(number, OWN_COLUMNS + at, f"{marked}{text}")


def _mark(page: Any, batch: int, sha256: str, note: str) -> None:
    facts: Mapping[str, str] = {MARK: str(batch), "sha256": sha256, "": note}
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 80)
    for at, (name, said) in enumerate(facts.items()):
        page.write_string(at, 0, name)
        page.write_string(at, 1, said)
