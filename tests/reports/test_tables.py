"""Files that leave the app: what a spreadsheet reads back from them."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from chanplan.reports.escaping import inert
from chanplan.reports.tables import ReportColumn, csv_bytes, excel_bytes, sheet_name

COLUMNS = [
    ReportColumn("name", "渠道"),
    ReportColumn("value", "净销售额", "money"),
    ReportColumn("growth", "同比", "rate"),
    ReportColumn("day", "日期", "date"),
]
FRAME = pd.DataFrame(
    {
        "name": ["天猫", "=cmd|' /C calc'!A1", None],
        "value": [Decimal("-1234.5678"), Decimal("0.1"), None],
        "growth": [Decimal("0.123456"), None, None],
        "day": [date(2024, 3, 15), None, None],
    },
    dtype=object,
)


def test_csv_opens_in_excel_and_keeps_every_digit() -> None:
    raw = csv_bytes(FRAME, COLUMNS)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == ["渠道", "净销售额", "同比", "日期"]
    assert rows[1] == ["天猫", "-1234.5678", "0.123456", "2024-03-15"]
    assert rows[2][0] == "'=cmd|' /C calc'!A1" and rows[3] == ["", "", "", ""]


def test_excel_holds_numbers_not_text() -> None:
    book = load_workbook(BytesIO(excel_bytes(FRAME, COLUMNS, "a/b", [("口径", "=订单")])))
    sheet = book["a b"]
    assert sheet["A1"].value == "渠道" and sheet.freeze_panes == "B2"
    assert sheet["B2"].value == -1234.5678 and sheet["B2"].number_format == "#,##0.00"
    assert sheet["C2"].number_format == "0.0%" and sheet["B4"].value is None
    assert sheet["A3"].value == "'=cmd|' /C calc'!A1" and sheet["A3"].data_type == "s"
    assert [cell.value for cell in book["chanplan"][1]] == ["口径", "'=订单"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\0"])
def test_text_that_could_be_a_formula_is_escaped(first: str) -> None:
    assert inert(f"{first}x").startswith("'")


def test_other_text_stays_as_it_is() -> None:
    assert inert("a=b") == "a=b" and inert("") == ""


@pytest.mark.parametrize(
    ("name", "accepted"), [("a:b", "a b"), ("x" * 40, "x" * 31), ("[]", "data"), ("'a'", "a")]
)
def test_a_sheet_gets_a_name_excel_accepts(name: str, accepted: str) -> None:
    assert sheet_name(name) == accepted
