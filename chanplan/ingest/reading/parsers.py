"""In the child: two ways to the cells of a workbook, a quick and a frugal one; and parquet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any

from chanplan.ingest.reading import archive
from chanplan.ingest.reading.merging import Merges
from chanplan.ingest.reading.sheet_rows import write
from chanplan.ingest.reading.spreadsheet_xml import UNCOMPUTED
from chanplan.settings import MIB

# Unpacked bytes of a sheet from which several processors are worth their start.
LARGE = 16 * MIB
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


def load_libraries() -> None:
    """What large workbooks need, which takes a while to load."""
    import fastexcel  # noqa: F401
    import python_calamine  # noqa: F401

    from chanplan.ingest.reading import large_sheets  # noqa: F401


def whole(request: dict[str, Any]) -> list[dict[str, Any]]:
    """By calamine, quick; it needs memory for the whole rectangle a sheet spans."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    large = _large(request)
    sheets, marks = [], _marks(request["path"], {facts["part"] for facts in large.values()})
    formulas = _uncomputed(request["path"]) if marks >= {"formulas", "uncomputed"} else {}
    with Path(request["path"]).open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        told = ((about.name, about) for about in book.sheets_metadata)
        for at, about in enumerate(_at_hand(request, told)):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            hidden = about.visible != SheetVisibleEnum.Visible
            if about.name in large:
                sheets.append({"name": about.name, "hidden": hidden, **large[about.name]})
                continue
            sheet = book.get_sheet_by_name(about.name)
            look = "errors" in marks
            errors = _error_cells(request["path"], about.name, sheet.start) if look else {}
            merges = _merges(sheet) if "merges" in marks else Merges()
            # iter_rows begins at the sheet's first row, though at its first used column.
            left = sheet.start[1] if sheet.start else 0
            rows = _with_errors(sheet.iter_rows(), errors)
            open_cells = formulas.get(about.name)
            rows = _with_formulas(rows, open_cells, left) if open_cells else rows
            facts = write(rows, _target(request, at), merges)
            sheets.append({"name": about.name, "hidden": hidden, **facts})
    return sheets


def _large(request: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Sheets that are read in pieces, by name; only an xlsx has any."""
    path = Path(request["path"])
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as parts:
        if max((part.file_size for part in parts.infolist()), default=0) < LARGE:
            return {}
    from chanplan.ingest.reading import large_sheets  # takes longer to load than a small book

    def target(at: int) -> Path:
        return Path(request["staging"]) / f"{request['stem']}-{at}.parquet"

    return large_sheets.read(path, target, LARGE)


def _marks(path: str, but: Set[str] = frozenset()) -> frozenset[str]:
    """What asks for a second look; nothing in an old workbook tells cheaply that nothing does."""
    if not zipfile.is_zipfile(path):
        return frozenset({"errors", "merges"})
    return archive.marks_in(Path(path), but)


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


def _merges(sheet: Any) -> Merges:
    """Ranges by row from 1 and by column from the first used one, as the rows are written."""
    left = sheet.start[1] if sheet.start else 0
    told = sheet.merged_cell_ranges or ()
    ranges = ((r1 + 1, c1 - left, r2 + 1, c2 - left) for (r1, c1), (r2, c2) in told)
    return Merges(tuple(sorted(one for one in ranges if one[1] >= 0)))


def _uncomputed(path: str) -> dict[str, set[tuple[int, int]]]:
    """Sheet → (row from 1, column from 0) of every formula; which have no value shows later."""
    import openpyxl

    found: dict[str, set[tuple[int, int]]] = {}
    with Path(path).open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            cells = (cell for row in sheet.iter_rows() for cell in row)
            found[sheet.title] = {
                (cell.row, cell.column - 1) for cell in cells if cell.data_type == "f"
            }
    return found


def _with_formulas(
    rows: Iterable[tuple[int, list[Any]]], formulas: set[tuple[int, int]], left: int
) -> Iterator[tuple[int, list[Any]]]:
    """A formula that shows nothing, or 0 where no formula was worked out, is no value."""
    for number, row in rows:
        for at in range(len(row)):
            if (number, at + left) in formulas and row[at] in ("", 0, None):
                row[at] = UNCOMPUTED
        yield number, row


def streaming(request: dict[str, Any]) -> list[dict[str, Any]]:
    """By openpyxl, slow, row after row; a stray cell far away costs it nothing."""
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    sheets = []
    _marks(request["path"])
    # As an open file, because openpyxl refuses a path whose extension it does not know.
    with Path(request["path"]).open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        told = ((sheet.title, sheet) for sheet in book.worksheets)
        for at, sheet in enumerate(_at_hand(request, told)):
            if isinstance(sheet, ReadOnlyWorksheet):
                # The stated dimension may be wrong: 1 of 53 rows was read by trusting it.
                sheet.reset_dimensions()
            facts = write(enumerate(sheet.iter_rows(values_only=True), 1), _target(request, at))
            hidden = sheet.sheet_state != "visible"
            sheets.append({"name": sheet.title, "hidden": hidden, **facts})
    return sheets


def copied_parquet(request: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row read, checked and written anew: what a damaged file can do to a reader of its
    format it does here, and whoever reads the copy reads a sound one."""
    import pyarrow.parquet as pq

    target = Path(request["staging"]) / f"{request['stem']}-0.parquet"
    with (
        pq.ParquetFile(request["path"]) as file,
        pq.ParquetWriter(target, file.schema_arrow) as out,
    ):
        for batch in file.iter_batches(use_threads=False):
            batch.validate(full=True)
            out.write_batch(batch)
    return [{"path": str(target)}]


def _at_hand(request: dict[str, Any], named: Iterable[tuple[str, Any]]) -> Iterator[Any]:
    """One sheet after the other; the request notes the name of the one that is looked at."""
    for name, one in named:
        request["at_hand"] = name
        yield one
    request["at_hand"] = None


def _target(request: dict[str, Any], at: int) -> Path:
    return Path(request["staging"]) / f"{request['stem']}-{at}.csv"
