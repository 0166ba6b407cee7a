"""Workbooks: the cells a person sees, in their own rows; bombs and damage end in one sentence."""

from __future__ import annotations

import datetime as dt
import errno
import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.read import Sheet, read
from chanplan.ingest.reading import child
from chanplan.settings import GIB, MIB, Limits
from tests.ingest.reading_room import counted, only, read_bytes, rows

SHEET = "xl/worksheets/sheet1.xml"


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    """The bytes of a workbook that `fill` has written into."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        fill(book)
    return buffer.getvalue()


def small(book: Any) -> None:
    """Twenty rows of two numbers."""
    sheet = book.add_worksheet()
    for row in range(20):
        sheet.write_row(row, 0, [row, 2])


def altered(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed, and honest checksums."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == part else content)
    return buffer.getvalue()


def every_kind(book: Any) -> None:
    """A title in B3, headings in row 5, one cell of each kind in row 6, odd numbers in row 8."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    clock = book.add_format({"num_format": "hh:mm"})
    sheet = book.add_worksheet("数据")
    sheet.write(2, 1, "标题")
    sheet.write_row(4, 1, ["日期", "金额", "对", "时刻", "钟", "文本", "错"])
    sheet.write_datetime(5, 1, dt.datetime.fromisoformat("2015-01-01"), day)
    sheet.write_number(5, 2, 22439.933999999997)
    sheet.write_boolean(5, 3, True)
    sheet.write_datetime(5, 4, dt.datetime.fromisoformat("2015-01-01 10:32"), day)
    sheet.write_number(5, 5, 0.5, clock)
    sheet.write_string(5, 6, 'a\nb,"q"')
    sheet.write_formula(5, 7, "=A99/0", None, "#DIV/0!")
    for column, number in enumerate([29955.0, 1e17, 1.5e-7, -0.0, 1 / 3], start=1):
        sheet.write_number(7, column, number)
    book.add_worksheet("空")
    hidden = book.add_worksheet("藏")
    hidden.write(0, 0, "x")
    hidden.hide()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=数据!$C$8:$E$8"})
    book.add_chartsheet("图").set_chart(chart)


def test_cells_are_text_in_their_own_rows(tmp_path: Path) -> None:
    book = read_bytes(tmp_path, workbook(every_kind))
    data, hidden = book.sheets
    assert (data.name, data.hidden, data.line_count) == ("数据", False, 8)
    assert (hidden.name, hidden.hidden, hidden.top) == ("藏", True, (("x",),))
    assert data.top[2] == ("标题",)
    first = ("2015-01-01", "22439.934", "TRUE", "2015-01-01 10:32:00", "12:00:00")
    assert rows(data, 5) == [
        (6, *first, 'a\nb,"q"', "#DIV/0!", None),
        (7, *[None] * 8),
        (8, "29955", "1E+17", "0.00000015", "0", "0.333333333333333", *[None] * 3),
    ]


def test_dates_that_count_from_1904(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, dt.datetime.fromisoformat("2024-03-01"), day)

    sheet = only(read_bytes(tmp_path, workbook(fill, date_1904=True)))
    assert sheet.top == (("2024-03-01",),)


def test_a_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    data = altered(workbook(small), SHEET, lambda xml: xml.replace(b"A1:B20", b"A1:A1"))
    assert counted(only(read_bytes(tmp_path, data)), 0) == (20, 1, 20, 20, 0)


@pytest.mark.parametrize("far", [(1_048_575, 16_383), (30, 16_383), (1_048_575, 0)])
def test_a_stray_far_cell(tmp_path: Path, far: tuple[int, int]) -> None:
    def fill(book: Any) -> None:
        small(book)
        book.worksheets()[0].write(*far, "stray")

    found = rows(only(read_bytes(tmp_path, workbook(fill))), 0)
    filled = [row for row in found if row[1] is not None or "stray" in row]
    assert [row[0] for row in filled] == [*range(1, 21), far[0] + 1]
    assert filled[19][1:3] == ("19", "2")
    assert "stray" in filled[-1]


def test_long_gaps_of_blank_rows_are_not_written(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for row in (0, 10, 900_000):
            sheet.write(row, 0, "x")

    assert counted(only(read_bytes(tmp_path, workbook(fill))), 0) == (12, 1, 900_001, 12, 0)


@pytest.fixture(scope="module")
def many_cells() -> bytes:
    """300,000 cells that unpack to 8 MiB: honest, and too much for the tiny limits below."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for row in range(30_000):
            sheet.write_row(row, 0, [row * 1.1 + column for column in range(10)])

    return workbook(fill)


TINY = {"memory": Limits(workbook_memory=40 * MIB), "time": Limits(workbook_seconds=0)}


@pytest.mark.parametrize("limits", TINY.values(), ids=TINY.keys())
def test_a_parser_at_its_limits_dies_alone(
    tmp_path: Path, many_cells: bytes, limits: Limits
) -> None:
    with pytest.raises(UnreadableFileError) as told:
        read_bytes(tmp_path, many_cells, limits=limits)
    assert told.value.code == "workbook_too_large"
    assert not list((tmp_path / "staging").iterdir())


def bomb() -> bytes:
    """417 KiB that unpack to 190 MiB."""
    return altered(
        workbook(small),
        SHEET,
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b'<row r="1"></row>' * 10_000_000),
    )


def flipped() -> bytes:
    """One bit of the sheet changed, its checksum not."""
    data = bytearray(altered(workbook(small), "", bytes))
    part = zipfile.ZipFile(io.BytesIO(data)).getinfo(SHEET)
    data[part.header_offset + 30 + len(SHEET) + part.compress_size // 2] ^= 4
    return bytes(data)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "workbook_bomb": bomb,
    "workbook_damaged": flipped,
    "workbook_encrypted": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "archive_not_workbook": lambda: zipped("[Content_Types].xml", "word/document.xml"),
    "workbook_empty": lambda: workbook(lambda book: book.add_worksheet()),
    "not_a_table": lambda: OLE + "WordDocument".encode("utf-16-le"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_refusals(tmp_path: Path, code: str) -> None:
    data, start = REFUSED[code](), time.monotonic()
    with pytest.raises(UnreadableFileError) as told:
        read_bytes(tmp_path, data, "三月.xlsx")
    assert (told.value.code, told.value.values["name"]) == (code, "三月.xlsx")
    assert time.monotonic() - start < 15


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_workbook(tmp_path: Path, share: float) -> None:
    data = workbook(small)
    with pytest.raises(UnreadableFileError, match="workbook_damaged"):
        read_bytes(tmp_path, data[: int(len(data) * share)])


def test_a_large_honest_workbook_may_use_more() -> None:
    limits = Limits()
    assert limits.workbook_memory == GIB < limits.large_workbook_memory == 3 * GIB


FIGURES = {
    "dealers_zh/销售记录.xlsx": {"销售记录": (15_092, 14)},
    "taobao_export/TB201812_anonymised.xlsx": {"Sheet1": (2_660, 54)},
    "messy_zh/产品销售统计.xlsx": {"Sheet1": (8, 14)},
    "online_retail/online_retail_2011-10.xlsx": {"Sheet1": (60_742, 8)},
    "superstore_zh/示例 - 超市.xls": {
        "订单": (10_000, 20),
        "退货": (296, 2),
        "销售人员": (6, 2),
    },
}


@pytest.mark.parametrize("file", FIGURES)
def test_real_files(shared: Path, tmp_path: Path, file: str) -> None:
    book = read(shared / file, file, tmp_path, Limits())
    assert {sheet.name: _size(sheet) for sheet in book.sheets} == FIGURES[file]


def _size(sheet: Sheet) -> tuple[int, int]:
    count, first, last, distinct, surplus = counted(sheet, 1)
    assert (first, last, distinct, surplus) == (2, count + 1, count, 0)
    return count, sheet.below(1).width


def test_errors_in_an_old_workbook(shared: Path, tmp_path: Path) -> None:
    """The first number record of a real .xls made an error record (#REF!) of the same length."""
    data = bytearray((shared / "superstore_zh" / "示例 - 超市.xls").read_bytes())
    at = data.index(struct.pack("<HH", 0x0203, 14))
    place = data[at + 4 : at + 10]
    row, column, _ = struct.unpack("<HHH", place)
    error = struct.pack("<HH", 0x0205, 8) + place + b"\x17\x01"
    data[at : at + 18] = error + struct.pack("<HH", 0x08FF, 2) + b"\0\0"
    orders = read_bytes(tmp_path, bytes(data)).sheets[0]
    assert orders.top[row][column] == "#REF!"


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("lib.so: failed to map segment from shared object"),
        RuntimeError("memory allocation of 1024 bytes failed"),
    ],
    ids=str,
)
def test_the_limit_of_memory_is_known_under_other_names(fault: Exception) -> None:
    assert child._code(fault) == "workbook_too_large"
    outer = ValueError("no sheet")
    outer.__cause__ = fault
    assert child._code(outer) == "workbook_too_large"
    assert child._code(ValueError("no sheet")) == "workbook_damaged"
