"""A large sheet that is read in pieces is the one that is read whole, cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.ingest.reading import large_sheets, parsers
from chanplan.ingest.reading.plain import Plain
from chanplan.ingest.reading.sheet import Sheet
from chanplan.ingest.reading.workbook import _sheet
from tests.ingest.reading_room import rows

HEAD = ["日期", "渠道", "单号", "数量", "金额", "已付"]
DAY = dt.datetime(2024, 1, 3)  # noqa: DTZ001
# Few bytes, so that a small sheet is a large one with several pieces.
PIECE = 2000


def row(at: int) -> list[Any]:
    """A row as most large sheets have them: each column of one kind."""
    return [DAY + dt.timedelta(days=at % 90), "天猫", f"SO{at:06}", at % 7, at * 1.07, at % 2 == 0]


def plainly(count: int) -> list[list[Any]]:
    return [HEAD, *map(row, range(count))]


def book(grid: list[list[Any]], write: Callable[[Any, Any], None] | None = None) -> bytes:
    """The grid in a sheet; None leaves a cell away, text stays text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("明细")
        for line, cells in enumerate(grid):
            for at, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(line, at, cell)
                elif cell is not None:
                    sheet.write(line, at, cell)
        if write:
            write(made, sheet)
    return out.getvalue()


def in_pieces(folder: Path, data: bytes, large: int = 1) -> Sheet | None:
    """The sheet as pieces make it, None where it is not cut."""
    path, staging = folder / "book", folder / "pieces"
    path.write_bytes(data)
    staging.mkdir(exist_ok=True)
    found = large_sheets.read(path, lambda at: staging / f"{at}.parquet", large, PIECE)
    assert len(list(staging.iterdir())) == len(found)
    facts = found.get("明细")
    return facts and _sheet({"name": "明细", "hidden": False, **facts})  # type: ignore[return-value]


def as_whole(folder: Path, data: bytes) -> Sheet:
    """The sheet as one that is small is read."""
    path = folder / "book"
    path.write_bytes(data)
    (facts,) = parsers.whole({"path": str(path), "staging": str(folder), "stem": "whole"})
    return _sheet(facts)


def same(folder: Path, data: bytes) -> Sheet:
    """Asserts that both ways give the same sheet and the same rows; the one made of pieces."""
    cut, whole = in_pieces(folder, data), as_whole(folder, data)
    assert cut is not None
    assert (cut.top, cut.line_count, cut.merges) == (whole.top, whole.line_count, whole.merges)
    assert filled(rows(cut, 1)) == filled(rows(whole, 1))
    return cut


def filled(told: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows with a cell in them: where many blank ones follow each other, not all are written."""
    return [one for one in told if any(one[1:])]


def test_plain_columns_are_the_same_text_either_way(tmp_path):
    cut = same(tmp_path, book(plainly(2000)))
    assert cut.line_count == 2001
    relation = cut.below(1)
    assert (relation.rows, relation.width) == (2000, 6)


ODD: dict[str, Callable[[int], list[Any]]] = {
    "mixed": lambda at: [*row(at)[:2], at if at % 3 else f"A{at}", *row(at)[3:]],
    "blank cells": lambda at: [cell if (at + n) % 5 else None for n, cell in enumerate(row(at))],
    "short rows": lambda at: row(at)[: 1 + at % 6],
    "blank rows": lambda at: [] if at % 50 == 7 else row(at),
    "empty texts": lambda at: ["" if (at + n) % 4 == 0 else "x" for n in range(6)],
    "long numbers": lambda at: [*row(at)[:3], 123456789012345678 + at, at / 3, 10.0**-at],
    "signs of nothing": lambda at: [*row(at)[:1], "天\u200b猫\r\n店", *row(at)[2:]],
    "quotes and lines": lambda at: [*row(at)[:1], 'say "x",\n', *row(at)[2:]],
    "times of day": lambda at: [dt.time(at % 24, 5), *row(at)[1:]],
    "dates with times": lambda at: [DAY + dt.timedelta(minutes=at * 7.31), *row(at)[1:]],
    "total below": lambda at: row(at) if at < 1400 else ["合计", None, None, 9, 9.5, None],
    "blank at the end of the first rows": lambda at: [] if 490 < at < 510 else row(at),
    "one column empty": lambda at: [*row(at)[:2], None, *row(at)[3:]],
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_columns_are_the_same_text_either_way(tmp_path, kind):
    same(tmp_path, book([HEAD, *map(ODD[kind], range(1500))]))


def test_titles_above_and_columns_that_begin_further_right_stay_where_they_are(tmp_path):
    grid = [[], [None, None, "销售明细"], [], *[[None, None, *one] for one in plainly(900)]]
    assert same(tmp_path, book(grid)).top[3][:2] == ("日期", "渠道")


cells = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**14), 10**14),
    st.datetimes(dt.datetime(1899, 12, 31), dt.datetime(2100, 1, 1)),  # noqa: DTZ001
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=12), st.integers(0, 99)
)
def test_any_cells_are_the_same_text_either_way(tmp_path_factory, kinds, seed):
    pick = random.Random(seed)
    grid = [["x", "y", "z"], *(pick.choice(kinds) for _ in range(700))]
    same(tmp_path_factory.mktemp("any"), book(grid))


def test_what_no_cell_has_is_told_of_all_pieces(tmp_path):
    plain = same(tmp_path, book(plainly(900))).below(1).plain
    assert plain == Plain(trimmed=True, no_totals=True, short=True)
    odd = plainly(900)
    odd[800][1], odd[700][2], odd[600][4] = "天猫 ", "小计", 0.12345
    assert same(tmp_path, book(odd)).below(1).plain == Plain()


def wider(made: Any, sheet: Any) -> None:
    sheet.write(1100, 9, "备注")


def further_left(made: Any, sheet: Any) -> None:
    sheet.write(1100, 0, "备注")


def far_below(made: Any, sheet: Any) -> None:
    sheet.write(90_000, 0, "完")


def merged(made: Any, sheet: Any) -> None:
    sheet.merge_range(1100, 1, 1103, 1, "京东")


def wrong(made: Any, sheet: Any) -> None:
    sheet.write_formula(1100, 4, "=1/0", None, "#DIV/0!")


def open_formula(made: Any, sheet: Any) -> None:
    sheet.write_formula(1100, 4, "=E2*2", None, 0)


ASKING = {
    "wider": wider,
    "further left": further_left,
    "far below": far_below,
    "merged": merged,
    "an error": wrong,
    "an open formula": open_formula,
}


@pytest.mark.parametrize("kind", ASKING)
def test_what_asks_for_a_second_look_is_read_whole(tmp_path, kind):
    shift = [None] if kind == "further left" else []
    grid = [[*shift, *cells] for cells in plainly(1200)]
    assert in_pieces(tmp_path, book(grid, ASKING[kind])) is None


def without_numbers(text: str) -> str:
    return re.sub(r'<row r="\d+"', "<row", text)


def with_remark(text: str) -> str:
    return text.replace("</sheetData>", "<!-- <row r='1'/> --></sheetData>")


@pytest.mark.parametrize("change", [without_numbers, with_remark])
def test_markup_of_another_make_is_read_whole(tmp_path, change):
    data = book(plainly(1200))
    assert in_pieces(tmp_path, changed(data, change)) is None


def test_rows_out_of_their_order_are_read_whole_or_the_same(tmp_path):
    for line in (90, 1199, 5000):
        data = changed(
            book(plainly(1200)),
            lambda text, line=line: re.sub(r'r="([A-F]?)900"', rf'r="\g<1>{line}"', text),
        )
        if in_pieces(tmp_path, data) is not None:
            same(tmp_path, data)


def test_rows_may_say_their_number_behind_other_things(tmp_path):
    other = changed(
        book(plainly(1200)), lambda text: re.sub(r'<row (r="\d+")', r'<row spans="1:6" \1', text)
    )
    assert same(tmp_path, other).line_count == 1201


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """The book with the markup of its sheet changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book_, zipfile.ZipFile(out, "w") as made:
        for name in book_.namelist():
            text = book_.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = change(text.decode()).encode()
            made.writestr(name, text)
    return out.getvalue()


def test_dates_that_are_written_out_are_the_same(tmp_path):
    made = openpyxl.Workbook()
    made.iso_dates = True
    made.active.title = "明细"
    made.active.append(HEAD)
    for at in range(900):
        made.active.append([None if at % 9 == 4 else DAY, dt.time(9, at % 60), *row(at)[2:]])
    out = io.BytesIO()
    made.save(out)
    same(tmp_path, out.getvalue())


def test_small_sheets_are_not_cut(tmp_path):
    assert in_pieces(tmp_path, book(plainly(1200)), large=10_000_000) is None


def test_a_flipped_bit_in_a_large_sheet_is_damage(tmp_path):
    data = bytearray(book(plainly(1200)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml")
    data[place.header_offset + 30 + place.compress_size // 2] ^= 4
    with pytest.raises((zipfile.BadZipFile, zlib.error)):
        in_pieces(tmp_path, bytes(data))
