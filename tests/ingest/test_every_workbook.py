"""Every kind of workbook is read, or refused in one sentence that says what is wrong with it."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from benchmarks.fuzzed import old_books
from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.recognise import Hints, recognise
from chanplan.language import explain
from tests.ingest.reading_room import only, read_bytes, rows

GRID = [["日期", "渠道", "产品", "金额"]]
GRID += [[f"2024-01-{at % 28 + 1:02d}", "天猫", f"水{at}", str(at)] for at in range(400)]


def xlsx(fill: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def filled(book: Any) -> None:
    sheet = book.add_worksheet("一月")
    for at, row in enumerate(GRID):
        sheet.write_row(at, 0, row)
    sheet.protect("secret")  # who may write is no matter of who reads


def with_macros() -> bytes:
    out = io.BytesIO(xlsx(filled))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", os.urandom(4000))
    return out.getvalue()


READ = {
    "xls": lambda: old_books.xls(GRID),
    "xlsb": lambda: old_books.xlsb(GRID),
    "ods": lambda: old_books.ods(GRID),
    "xlsx": lambda: xlsx(filled),
    "xlsm": with_macros,
}


@pytest.mark.parametrize("kind", READ)
def test_every_kind_of_workbook_is_read(tmp_path: Path, kind: str) -> None:
    book = read_bytes(tmp_path, READ[kind](), f"一月.{kind}")
    found = rows(only(book), 1)
    assert [list(row[1:5]) for row in found] == GRID[1:]
    assert recognise(book, f"一月.{kind}", Hints()).recipe.table == "sales"


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("share", [0.4, 0.97])
def test_a_part_of_a_workbook_is_never_taken_for_all_of_it(
    tmp_path: Path, kind: str, share: float
) -> None:
    data = READ[kind]()
    with pytest.raises(UnreadableFileError) as fault:
        read_bytes(tmp_path, data[: int(len(data) * share)], f"一月.{kind}")
    assert fault.value.code == "workbook_damaged"


def only_charts(book: Any) -> None:
    sheet = book.add_worksheet("data")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=data!$A$1:$A$3"})
    sheet.insert_chart("B2", chart)
    more = book.add_chart({"type": "line"})
    more.add_series({"values": "=data!$A$1:$A$3"})
    book.add_chartsheet("图").set_chart(more)


def locked_xls() -> bytes:
    """An Excel 97 file with a password: all behind its second record is noise."""
    first = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0)
    writers = struct.pack("<HHH", 0x0086, 2, 0)
    locked = struct.pack("<HHHHH", 0x002F, 54, 1, 1, 1)
    return old_books.ole(first + writers + locked + os.urandom(5000))


def locked_ods() -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    parts = {"META-INF/manifest.xml": manifest.encode(), "content.xml": os.urandom(900)}
    return old_books.zipped(parts)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "blank xls": (lambda: old_books.xls([]), "workbook_empty"),
    "blank xlsb": (lambda: old_books.xlsb([]), "workbook_empty"),
    "blank ods": (lambda: old_books.ods([]), "workbook_empty"),
    "only charts": (lambda: xlsx(only_charts), "workbook_empty"),
    "xls with a password": (locked_xls, "workbook_encrypted"),
    "ods with a password": (locked_ods, "workbook_encrypted"),
    "Apple's": (
        lambda: old_books.zipped({"Index/Document.iwa": b"x", "Metadata/a.plist": b"x"}),
        "not_a_table",
    ),
    "Access": (lambda: b"\x00\x01\x00\x00Standard Jet DB\x00" + os.urandom(900), "not_a_table"),
    "a program": (lambda: b"MZ\x90\x00\x03" + os.urandom(900), "not_a_table"),
    "Excel 4": (lambda: b"\x09\x04\x06\x00\x00\x04\x10\x00\x00\x00\x0a\x00", "text_binary"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, what: str) -> None:
    make, code = REFUSED[what]
    with pytest.raises(UnreadableFileError) as fault:
        read_bytes(tmp_path, make(), "一月.xls")
    assert fault.value.code == code
    for language in ("zh", "en"):
        assert "一月.xls" in explain(fault.value, language)
    assert not list((tmp_path / "staging").iterdir())
