"""Rows of a workbook are written alike, whether many at a time or one by one."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from chanplan.ingest.reading.cells import text
from chanplan.ingest.reading.sheet import TOP_ROWS
from chanplan.ingest.reading.sheet_rows import TOGETHER, write

DAY = dt.date(2024, 1, 3)


def row(at: int) -> list[Any]:
    """Mostly full rows; some ask for quotes, some end early, some are blank."""
    cells: list[Any] = [DAY, "天猫", at / 4, at, f"SO{at}"]
    odd = {7: 'say "x"', 8: "a,b", 9: "two\nlines", 10: ""}
    if at % 1000 in odd:
        cells[4] = odd[at % 1000]
    if at % 1000 == 11:
        return cells[:3]
    return [] if at % 1000 == 12 else [None] * 5 if at % 1000 == 13 else cells


def by_hand(rows: list[tuple[int, list[Any]]], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        for number, cells in rows:
            told = [text(cell) for cell in cells]
            while told and not told[-1]:
                told.pop()
            out.writerow([number, *told])


def test_many_rows_at_a_time_are_written_as_one_by_one(tmp_path):
    rows = [(at, row(at)) for at in range(1, TOP_ROWS + 20 * TOGETHER)]
    facts = write(rows, tmp_path / "quick.csv")
    by_hand(rows, tmp_path / "slow.csv")
    assert (tmp_path / "quick.csv").read_bytes() == (tmp_path / "slow.csv").read_bytes()
    assert (facts["line_count"], facts["widest"], facts["multiline"]) == (len(rows), 5, True)
    assert len(facts["top"]) == TOP_ROWS


def test_rows_that_are_missing_stand_as_blank_ones(tmp_path):
    gone = range(TOP_ROWS + 3 * TOGETHER, TOP_ROWS + 3 * TOGETHER + 5)
    rows = [(at, ["x", "y"]) for at in range(1, TOP_ROWS + 6 * TOGETHER) if at not in gone]
    facts = write(rows, tmp_path / "sheet.csv")
    lines = (tmp_path / "sheet.csv").read_text("utf-8").splitlines()
    assert [int(line.partition(",")[0]) for line in lines] == [*range(1, len(lines) + 1)]
    assert [lines[at - 1] for at in gone] == [str(at) for at in gone]
    assert (facts["line_count"], facts["multiline"]) == (len(lines), False)
