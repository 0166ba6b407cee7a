"""What number formats show beside the numbers counts: the parsers have only the numbers."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.reading.number_formats import told
from chanplan.ingest.recognise import Hints, Proposal, recognise
from tests.ingest.reading_room import read_bytes

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ('"$"#,##0.00', "USD"),
        ("[$$-409]#,##0.00", "USD"),
        ("_($* #,##0.00_)", "USD"),
        ("#,##0.00 [$USD]", "USD"),
        ("[$€-407]#,##0.00", "EUR"),
        ("[$HK$-C04]#,##0.00", "HKD"),
        ("[$¥-411]#,##0", "JPY"),
        ("[$¥-804]#,##0.00", ""),
        ('"¥"#,##0.00', ""),
        ('0.00"万元"', "10000"),
        ('#,##0.00"千元";-0', "1000"),
        ('0!.0,"万"', ""),
        ('#,##0.00,"千元"', ""),
        ("#,##0.00_);[Red](#,##0.00)", ""),
        ("yyyy-mm-dd", ""),
        ("", ""),
    ],
)
def test_a_format_says_its_money_or_its_size(code: str, shows: str) -> None:
    assert told(code) == shows


def proposal(
    tmp_path: Path, formats: list[str], hints: Hints | None = None, left: int = 0
) -> Proposal:
    """A sheet whose amounts have these formats; so many columns on its left are empty."""
    book, blank = Workbook(), [None] * left
    sheet = book.active
    sheet.append([*blank, "日期", "渠道", "金额"])
    for day, code in enumerate(formats, 1):
        sheet.append([*blank, date(2024, 3, day), "天猫", 12.5])
        sheet.cell(day + 1, left + 3).number_format = code
    held = io.BytesIO()
    book.save(held)
    read = read_bytes(tmp_path, held.getvalue(), "sales.xlsx")
    return recognise(read, "sales.xlsx", hints or Hints(), today=TODAY)


def test_a_column_in_dollars_is_in_dollars(tmp_path: Path) -> None:
    assert proposal(tmp_path, ['"$"0.00'] * 12).recipe.formats["currency"] == "USD"
    own = proposal(tmp_path, ['"$"0.00'] * 12, Hints(currency="CNY"))
    assert "currency" not in own.recipe.formats


def test_a_column_in_tens_of_thousands_is_multiplied_and_told(tmp_path: Path) -> None:
    made = proposal(tmp_path, ['0.00"万元"'] * 12)
    assert made.recipe.formats["amount"] == "scale:10000"
    assert "format_scale" in [note.code for note in made.notes]


@pytest.mark.parametrize("code", ['"$"0.00', '0.00"万元"'])
def test_a_column_told_in_two_ways_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(UnrecognisedTableError, match="formats_differ"):
        proposal(tmp_path, [code, "0.00"] * 6)


def test_a_total_of_another_format_changes_nothing(tmp_path: Path) -> None:
    assert proposal(tmp_path, ['"$"0.00'] * 20 + ["0.00"]).recipe.formats["currency"] == "USD"


def test_empty_columns_on_the_left_shift_no_format(tmp_path: Path) -> None:
    made = proposal(tmp_path, ['0.00"万元"'] * 12, left=2)
    assert made.recipe.formats["amount"] == "scale:10000"
