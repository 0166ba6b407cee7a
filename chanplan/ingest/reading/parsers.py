"""In the child: the two ways to the cells of a workbook, a quick one and a frugal one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chanplan.ingest.reading.sheet_rows import write

# How fastexcel calls the errors that Excel shows.
ERROR_TEXTS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}

# 0-based row of the sheet → column counted from the first used one → what Excel shows there.
Errors = dict[int, dict[int, str]]


def whole(request: dict[str, Any]) -> list[dict[str, Any]]:
    """By calamine, quick; it needs memory for the whole rectangle a sheet spans."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets, look = [], request["errors"]
    with Path(request["path"]).open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        for at, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            errors = _error_cells(request["path"], about.name, sheet.start) if look else {}
            # iter_rows begins at the sheet's first row, though at its first used column.
            facts = write(_with_errors(sheet.iter_rows(), errors), _target(request, at))
            hidden = about.visible != SheetVisibleEnum.Visible
            sheets.append({"name": about.name, "hidden": hidden, **facts})
    return sheets


def _error_cells(path: str, sheet: str, start: tuple[int, int] | None) -> Errors:
    """Where error cells stand, which calamine gives as empty, by fastexcel, which tells them."""
    import fastexcel

    if start is None:
        return {}
    # From bytes, because a path's extension would decide how it is read.
    book = fastexcel.read_excel(Path(path).read_bytes())
    loaded = book.load_sheet(sheet, header_row=None, dtypes="string")
    _, told = loaded.to_arrow_with_errors()
    errors: Errors = {}
    for error in told.errors if told else ():
        row, column = error.position
        kind = error.detail.partition("Error(")[2].partition(")")[0]
        errors.setdefault(start[0] + row, {})[column] = ERROR_TEXTS.get(kind, f"#{kind}")
    return errors


def _with_errors(rows: Iterable[list[Any]], errors: Errors) -> Iterator[tuple[int, list[Any]]]:
    for at, row in enumerate(rows):
        for column, shown in errors.get(at, {}).items():
            row[column] = shown
        yield at + 1, row


def streaming(request: dict[str, Any]) -> list[dict[str, Any]]:
    """By openpyxl, slow, row after row; a stray cell far away costs it nothing."""
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    sheets = []
    # As an open file, because openpyxl refuses a path whose extension it does not know.
    with Path(request["path"]).open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        for at, sheet in enumerate(book.worksheets):
            if isinstance(sheet, ReadOnlyWorksheet):
                # The stated dimension may be wrong: 1 of 53 rows was read by trusting it.
                sheet.reset_dimensions()
            facts = write(enumerate(sheet.iter_rows(values_only=True), 1), _target(request, at))
            hidden = sheet.sheet_state != "visible"
            sheets.append({"name": sheet.title, "hidden": hidden, **facts})
    return sheets


def _target(request: dict[str, Any], at: int) -> Path:
    return Path(request["staging"]) / f"{request['stem']}-{at}.csv"
