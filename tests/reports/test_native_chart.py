"""Charts of a workbook's own, read back: they point at their cells, and text stays text."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from chanplan.reports.native_chart import Chart
from chanplan.reports.tables import TEN_THOUSANDS, ReportColumn, excel_bytes

HOSTILE = '=HYPERLINK("http://example.com")'
FRAME = pd.DataFrame(
    {
        "name": ["天猫", HOSTILE, "合计"],
        "part": ["华东", "华南", ""],
        "jan": [Decimal("1234567.89"), Decimal("0.1"), Decimal("1234567.99")],
        "feb": [Decimal("-2.5"), None, Decimal("-2.5")],
    },
    dtype=object,
)
COLUMNS = [
    ReportColumn("name", "渠道"),
    ReportColumn("part", "区域"),
    ReportColumn("jan", "=1月", "money"),
    ReportColumn("feb", "2月", "money"),
]


def made(chart: Chart, columns: list[ReportColumn] = COLUMNS) -> tuple[Any, Any]:
    book = load_workbook(BytesIO(excel_bytes(FRAME, columns, "a'b", (), chart, True)))
    sheet = book["a'b"]
    (drawn,) = sheet._charts
    return sheet, drawn


def references(drawn: Any) -> list[tuple[str, str, str]]:
    """(name, categories, values) of every series."""
    return [
        (
            one.tx.strRef.f if one.tx.strRef else one.tx.v,
            (one.cat.strRef or one.cat.numRef or one.cat.multiLvlStrRef).f,
            one.val.numRef.f,
        )
        for one in drawn.series
    ]


def test_a_series_per_column_leaves_the_total_out() -> None:
    _, drawn = made(Chart("bar", ("name", "part"), ("jan", "feb"), 2))
    assert drawn.tagname == "barChart" and drawn.barDir == "bar"
    assert references(drawn) == [
        ("'a''b'!$C$1", "'a''b'!$A$2:$B$3", "'a''b'!$C$2:$C$3"),
        ("'a''b'!$D$1", "'a''b'!$A$2:$B$3", "'a''b'!$D$2:$D$3"),
    ]


def test_subtotals_between_the_rows_are_left_out() -> None:
    chart = Chart("bar", ("name", "part"), ("jan",), 3, left_out=(1,))
    _, drawn = made(chart)
    assert references(drawn) == [
        (
            "'a''b'!$C$1",
            "('a''b'!$A$2:$B$2,'a''b'!$A$4:$B$4)",
            "('a''b'!$C$2,'a''b'!$C$4)",
        )
    ]
    _, drawn = made(Chart("line", ("name", "part"), ("jan", "feb"), 3, True, left_out=(0,)))
    assert [values for _, _, values in references(drawn)] == [
        "'a''b'!$C$3:$D$3", "'a''b'!$C$4:$D$4"
    ]  # fmt: skip
    assert Chart("bar", (), ("x",), 5, left_out=(0, 3)).runs == [(1, 2), (4, 4)]


def test_a_series_per_row_runs_along_the_headings() -> None:
    columns = [COLUMNS[0], *COLUMNS[2:]]
    _, drawn = made(Chart("line", ("name",), ("jan", "feb"), 2, by_row=True), columns)
    assert drawn.tagname == "lineChart"
    assert references(drawn) == [
        ("'a''b'!$A$2", "'a''b'!$B$1:$C$1", "'a''b'!$B$2:$C$2"),
        ("'a''b'!$A$3", "'a''b'!$B$1:$C$1", "'a''b'!$B$3:$C$3"),
    ]


def test_cells_keep_their_values_and_hostile_text_is_inert() -> None:
    chart = Chart("stacked", ("name", "part"), ("jan", "feb"), 2, by_row=True, title="=1+1")
    sheet, drawn = made(chart)
    assert drawn.grouping == "stacked"
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == [1234567.89, 0.1, 1234567.99]
    assert sheet["A3"].value == f"'{HOSTILE}" and sheet["A3"].data_type == "s"
    assert sheet["C1"].value == "'=1月"
    titles = [run.t for part in drawn.title.tx.rich.p for run in part.r]
    assert titles == ["'=1+1"]
    assert [name for name, _, _ in references(drawn)] == ["天猫 · 华东", f"'{HOSTILE} · 华南"]


@pytest.mark.parametrize(("wanted", "code"), [(True, TEN_THOUSANDS), (False, "#,##0.00")])
def test_large_money_reads_in_ten_thousands_where_readers_count_so(wanted: bool, code: str) -> None:
    sheet = load_workbook(BytesIO(excel_bytes(FRAME, COLUMNS, "x", (), None, wanted)))["x"]
    assert sheet["C2"].number_format == code and sheet["C2"].value == 1234567.89
    assert sheet["D2"].number_format == "#,##0.00"  # at most 2.5: 万 would read 0.0
    assert not sheet._charts


def test_a_table_without_rows_has_no_chart() -> None:
    book = load_workbook(
        BytesIO(excel_bytes(FRAME.head(0), COLUMNS, "x", (), Chart("bar", ("name",), ("jan",), 0)))
    )
    assert not book["x"]._charts


def test_a_waterfall_is_stacked_over_a_ground_by_formulas_that_follow_the_cells() -> None:
    """100, then −30 → 70, −90 → −20 (across nought), +5 → −15, and the total −15."""
    moneys = [Decimal(each) for each in (100, -30, -90, 5, -15)]
    frame = pd.DataFrame({"name": list("abcde"), "money": moneys})
    columns = [ReportColumn("name", "项目"), ReportColumn("money", "金额", "money")]
    chart = Chart("waterfall", ("name",), ("money",), 5, title="t", totals=(0, 4))
    content = excel_bytes(frame, columns, "waterfall", (), chart)
    shown, hidden = (load_workbook(BytesIO(content), data_only=values) for values in (False, True))
    drawn = shown["waterfall"]._charts[0]
    assert drawn.grouping == "stacked" and drawn.overlap == 100
    assert [one.val.numRef.f for one in drawn.series][:2] == [
        "'waterfall 2'!$B$1:$B$5", "'waterfall 2'!$C$1:$C$5",
    ]  # fmt: skip
    assert shown["waterfall 2"].sheet_state == "hidden"
    assert shown["waterfall 2"]["A2"].value == "=A1+waterfall!B3"
    cells = [
        [cell or 0 for cell in row]
        for row in hidden["waterfall 2"].iter_rows(
            min_row=1, max_row=5, max_col=7, values_only=True
        )
    ]
    # level | ground, total | rises above and below nought | falls above and below
    assert cells == [
        [100, 0, 100, 0, 0, 0, 0],
        [70, 70, 0, 0, 0, 30, 0],
        [-20, 0, 0, 0, 0, 70, -20],
        [-15, -15, 0, 0, -5, 0, 0],
        [-15, 0, -15, 0, 0, 0, 0],
    ]
