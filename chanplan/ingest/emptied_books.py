"""A workbook without what some columns say: in place, or written anew as xlsx, its values alone.

Anew come xls, xlsb, web pages named .xls, and whatever repeats cells in charts, pivots or remarks.
Every sheet comes along with its rows under their numbers, hidden ones hidden, merged cells merged;
what shows the values (formats, charts) does not. What was written is read again and held against
the file, cell by cell, before anybody relies on it.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any

from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.headers import normal
from chanplan.ingest.read import Sheet, read
from chanplan.ingest.reading.blanking import Chosen
from chanplan.ingest.reading.blanking_books import blank_workbook, can_blank
from chanplan.ingest.reading.cells import date_time, number
from chanplan.ingest.reading.merging import COVERED, Range
from chanplan.settings import Limits

# No sheet, so no column of it.
_NONE = Chosen()
_NUMBER = re.compile(r"-?\d{1,16}(?:\.\d{1,16})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?")
# Excel takes 1900 for a leap year.
_FIRST_SURE_YEAR = 1901
_FORMATS = {"default_date_format": "yyyy-mm-dd hh:mm:ss", "constant_memory": True}
_MISMATCH = "workbook_damaged"

Cells = list[str]


def blank_book(
    path: Path,
    name: str,
    target: Path,
    heading: str,
    chosen: Mapping[str, Chosen],
    limits: Limits,
) -> tuple[int, bool]:
    """Write `target`: the workbook at `path` without what the columns of sheets, by name, say;
    how many cells that were, and whether it holds the values alone. Sheets of which nothing was
    loaded lose the column under the same heading, too.

    UnreadableFileError where the file cannot be read, or xlsx cannot hold what it says.
    """
    before = read(path, name, target.parent, limits).sheets
    chosen = {**_under(heading, before), **chosen}
    try:
        if can_blank(path):
            with suppress(UnreadableFileError):
                emptied = blank_workbook(path, target, chosen)
                _check_same(before, target, name, chosen, limits)
                return emptied, False
        emptied = _write(before, target, chosen)
        _check_same(before, target, name, chosen, limits)
        return emptied, True
    finally:
        _put_away(before)


def _under(heading: str, sheets: Sequence[Sheet]) -> dict[str, Chosen]:
    """Sheet → its cells under the heading, where that stands in the first line of several cells:
    further down the same word is one of the data."""
    found: dict[str, Chosen] = {}
    for sheet in sheets:
        rows = ((line, row) for line, row in enumerate(sheet.top, 1) if sum(map(bool, row)) > 1)
        line, row = next(rows, (0, ()))
        told = {at for at, cell in enumerate(row) if normal(cell or "") == normal(heading)}
        if told:
            found[str(sheet.name)] = Chosen(((line, None, frozenset(told)),))
    return found


def _check_same(
    before: Sequence[Sheet], target: Path, name: str, chosen: Mapping[str, Chosen], limits: Limits
) -> None:
    """UnreadableFileError unless `target` says what the sheets said, but for the columns."""
    after = read(target, name, target.parent, limits).sheets
    try:
        if _told(before) != _told(after):
            raise UnreadableFileError(_MISMATCH, name=name)
        for one, other in zip(before, after, strict=True):
            columns = chosen.get(str(one.name), _NONE)
            if any(
                first is None or last is None or not _alike(first, last, columns)
                for first, last in zip_longest(_filled(one, columns), _filled(other, columns))
            ):
                raise UnreadableFileError(_MISMATCH, name=name)
    finally:
        _put_away(after)


def _told(sheets: Sequence[Sheet]) -> list[tuple[Any, ...]]:
    return [(one.name, one.hidden, one.merges, one.covered) for one in sheets]


def _alike(one: tuple[int, Cells], other: tuple[int, Cells], chosen: Chosen) -> bool:
    """Whether both rows say the same; an emptied cell may repeat the heading it is merged with."""
    return one[0] == other[0] and all(
        first == last or (at in chosen.at(one[0]) and last.startswith(COVERED))
        for at, (first, last) in enumerate(zip_longest(one[1], other[1], fillvalue=""))
    )


def _filled(sheet: Sheet, chosen: Chosen) -> Iterator[tuple[int, Cells]]:
    """The rows that say something once the columns are empty."""
    for line, cells in _rows(sheet):
        goes = chosen.at(line)
        kept = ["" if at in goes else cell for at, cell in enumerate(cells)]
        if any(kept):
            yield line, kept


def _rows(sheet: Sheet) -> Iterator[tuple[int, Cells]]:
    if sheet.source is None:
        return
    csv.field_size_limit(1 << 30)
    with sheet.source.path.open(encoding="utf-8", newline="") as file:
        for line, *cells in csv.reader(file):
            yield int(line), cells


def _put_away(sheets: Sequence[Sheet]) -> None:
    for one in sheets:
        if one.source is not None:
            one.source.path.unlink(missing_ok=True)


def _write(sheets: Sequence[Sheet], target: Path, chosen: Mapping[str, Chosen]) -> int:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    merged = any(one.merges or one.covered for one in sheets)
    options = {**_FORMATS, "constant_memory": not merged, "tmpdir": str(target.parent)}
    emptied = 0
    try:
        with xlsxwriter.Workbook(str(target), options) as book:
            for one in sheets:
                out = book.add_worksheet(one.name)
                if one.hidden:
                    out.hide()
                emptied += _fill(out, one, chosen.get(str(one.name), _NONE))
            shown = [at for at, one in enumerate(sheets) if not one.hidden]
            if shown:
                book.worksheets()[shown[0]].activate()
                book.worksheets()[shown[0]].set_first_sheet()
        return emptied
    except XlsxWriterException as fault:
        raise UnreadableFileError(_MISMATCH, name=target.name) from fault


def _fill(out: Any, sheet: Sheet, chosen: Chosen) -> int:
    """Write a sheet's cells; how many of the columns' were not empty."""
    emptied = 0
    for top, left, bottom, right in _ranges(sheet):
        out.merge_range(top - 1, left, bottom - 1, right, "")
    for line, cells in _rows(sheet):
        goes = chosen.at(line)
        for at, cell in enumerate(cells):
            if not cell or cell.startswith(COVERED):
                continue
            if at in goes:
                emptied += bool(cell.strip())
            else:
                _put(out, line - 1, at, cell)
    return emptied


def _put(out: Any, line: int, at: int, cell: str) -> None:
    """A number or a date as such where reading it says the same again, else its text."""
    if _NUMBER.fullmatch(cell) and number(float(cell)) == cell:
        out.write_number(line, at, float(cell))
    elif (day := _day(cell)) is not None:
        out.write_datetime(line, at, day)
    else:
        out.write_string(line, at, cell)


def _day(cell: str) -> dt.datetime | None:
    if not _DAY.fullmatch(cell):
        return None
    try:
        day = dt.datetime.fromisoformat(cell)
    except ValueError:
        return None
    return day if day.year >= _FIRST_SURE_YEAR and date_time(day) == cell else None


def _ranges(sheet: Sheet) -> list[Range]:
    """The merged ranges: those of headings as they are told, others by the cells they cover."""
    told = list(sheet.merges)
    runs: list[list[int]] = []
    open_runs: dict[int, list[int]] = {}
    for line, cells in _rows(sheet) if sheet.covered else ():
        for at in sheet.covered:
            if at >= len(cells) or not cells[at].startswith(COVERED):
                open_runs.pop(at, None)
            elif at in open_runs:
                open_runs[at][2] = line
            else:
                open_runs[at] = [line - 1, at, line, at]
                runs.append(open_runs[at])
    heads = {(top, left) for top, left, _, _ in told}
    return told + [(t, left, b, r) for t, left, b, r in runs if (t, left) not in heads]
