"""gzip and zip of one file are that file; anything else packed is refused in one sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from chanplan.domain.errors import UnreadableFileError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.read import reread
from chanplan.settings import MIB, Limits
from tests.ingest.reading_room import only, read_bytes, rows

PLAIN = "日期,渠道,金额\n2024-03-01,天猫,12.50\n".encode("gb18030")
ROWS = [(2, "2024-03-01", "天猫", "12.50", None)]


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The bytes of a zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


PACKED = {
    "gz": gzip.compress(PLAIN),
    "zip": zipped({"三月/明细.csv": PLAIN}),
    "zip of a Mac": zipped({"a.csv": PLAIN, "__MACOSX/._a.csv": b"1", ".DS_Store": b"2"}),
}


@pytest.mark.parametrize("data", PACKED.values(), ids=PACKED.keys())
def test_one_packed_file_is_read_and_replayed(tmp_path: Path, data: bytes) -> None:
    sheet = only(read_bytes(tmp_path, data, "x.csv.gz"))
    assert rows(sheet, 1) == ROWS
    recipe = Recipe("sales", "s", ("a",), 1, {}, dialect=sheet.dialect)
    again = reread(tmp_path / "original", "x", tmp_path / "staging", recipe, Limits())
    assert rows(again, 1) == ROWS
    assert not list((tmp_path / "staging").glob("*.unpacked"))


def locked() -> bytes:
    """A zip whose member says that it is encrypted, in both of its headers."""
    data = bytearray(zipped({"a.csv": PLAIN}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


REFUSED: dict[str, Callable[[], bytes]] = {
    "archive_many": lambda: zipped({"a.csv": PLAIN, "b.csv": PLAIN}),
    "archive_nested": lambda: zipped({"a.zip": zipped({"a.csv": PLAIN})}),
    "archive_bomb": lambda: gzip.compress(bytes(50 * MIB)),
    "archive_damaged": lambda: gzip.compress(PLAIN * 99)[:-9],
    "archive_encrypted": locked,
    "file_empty": lambda: zipped({"folder/": b""}),
}


@pytest.mark.parametrize("code", REFUSED)
def test_refusals_leave_nothing_behind(tmp_path: Path, code: str) -> None:
    with pytest.raises(UnreadableFileError) as told:
        read_bytes(tmp_path, REFUSED[code](), "三月.zip")
    assert (told.value.code, told.value.values["name"]) == (code, "三月.zip")
    if code == "archive_many":
        assert told.value.values["files"] == "a.csv, b.csv"
    assert not list((tmp_path / "staging").iterdir())


def test_more_than_may_be_unpacked_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="archive_bomb"):
        read_bytes(tmp_path, gzip.compress(PLAIN * 9), limits=Limits(unpacked_bytes=100))
