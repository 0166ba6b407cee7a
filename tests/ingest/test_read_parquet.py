"""Parquet: every type as the text a workbook would give, rows numbered from 1."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.read import read
from chanplan.settings import MIB, Limits
from tests.ingest.reading_room import counted, only, read_bytes, rows

NOON = dt.datetime(2024, 3, 1, 12, 30, tzinfo=dt.UTC)
# Column → values and the texts they must become.
COLUMNS = {
    "渠道": (["天猫", "", None], ["天猫", "", None]),
    "number": ([22439.933999999997, 29955.0, float("nan")], ["22439.934", "29955", None]),
    # Beyond fifteen digits a double has lost some, and shows it.
    "large": ([1e14, 1e17, -1.5e-7], ["100000000000000", "1E+17", "-0.00000015"]),
    "whole": ([1, -2, None], ["1", "-2", None]),
    "money": ([Decimal("12.30"), Decimal("-1.00"), None], ["12.30", "-1.00", None]),
    "Flag": ([True, False, None], ["TRUE", "FALSE", None]),
    "flag": ([dt.date(2024, 3, 1), dt.date(1999, 1, 2), None], ["2024-03-01", "1999-01-02", None]),
    "at": (
        [
            dt.datetime.fromisoformat("2024-03-01"),
            dt.datetime.fromisoformat("2024-03-01 09:05:01"),
            None,
        ],
        ["2024-03-01", "2024-03-01 09:05:01", None],
    ),
    "zone": ([NOON, None, None], ["2024-03-01 12:30:00", None, None]),
}


def test_types_become_text(tmp_path: Path) -> None:
    table = pa.table({name: values for name, (values, _) in COLUMNS.items()})
    pq.write_table(table, tmp_path / "made")
    sheet = only(read_bytes(tmp_path, (tmp_path / "made").read_bytes()))
    expected = list(zip(*(texts for _, texts in COLUMNS.values()), strict=True))
    assert sheet.header == tuple(COLUMNS)
    assert sheet.line_count == 3
    assert list(sheet.top) == expected
    assert rows(sheet, 0, tmp_path) == [
        (line, *row, None) for line, row in enumerate(expected, start=1)
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PAR1 and then the line went dead", "file_truncated"),
        (b"PAR1nothingPAR1", "parquet_damaged"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFileError, match=code):
        read_bytes(tmp_path, data)


def made(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="none", use_dictionary=False)
    return buffer.getvalue()


FAR = 400 * 10_000 * 86_400_000_000  # microseconds: beyond every calendar
DAMAGED = {
    "text that is none": lambda: made(pa.table({"a": ["tmall"] * 9})).replace(
        b"tmall", b"tm\xff\xfel"
    ),
    "a name that is none": lambda: made(pa.table({"tmall": [1]})).replace(b"tmall", b"tm\xff\xfel"),
    "no such day": lambda: made(pa.table({"a": pa.array([FAR], pa.timestamp("us"))})),
    "a hole": lambda: made(pa.table({"a": ["tmall"] * 99}))[:40] + bytes(99) + b"PAR1",
}


@pytest.mark.parametrize("harm", DAMAGED)
def test_damage_is_found_by_a_process_of_its_own(tmp_path: Path, harm: str) -> None:
    with pytest.raises(UnreadableFileError, match="parquet_damaged"):
        read_bytes(tmp_path, DAMAGED[harm]())
    assert not list((tmp_path / "staging").iterdir())


def test_a_reader_at_its_limits_dies_alone(tmp_path: Path) -> None:
    data = made(pa.table({"a": ["tmall"] * 9}))
    with pytest.raises(UnreadableFileError, match=r"too_large|damaged"):
        read_bytes(tmp_path, data, limits=Limits(workbook_memory=40 * MIB))


def test_real_file(shared: Path, tmp_path: Path) -> None:
    path = shared / "online_retail" / "online_retail.parquet"
    sheet = only(read(path, path.name, tmp_path, Limits()))
    assert counted(sheet, 0) == (541_909, 1, 541_909, 541_909, 0)
