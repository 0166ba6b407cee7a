"""Web pages and SpreadsheetML named .xls are the tables that a person sees in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chanplan.domain.errors import UnreadableFileError
from tests.ingest.reading_room import only, read_bytes, rows

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><style>td {}</style></head>
<body><table><tr><td colspan=3>三月</td></tr>
<tr><th>日期<th>渠道<th>金额</tr>
<tr><td rowspan=2>2024-03-01</td><td rowspan="2">天猫<td>1,200.50&nbsp;</td></tr>
<tr><td>a<br>b &amp; c<script>x</script></td></tr></table>
<table><tr><td>only one cell</td></tr></table></body></html>"""

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
XML = f"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}" xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="数据"><Table><Row><Cell><Data ss:Type="String">日期</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">金额</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">天猫</Data></Cell>
<Cell><Data ss:Type="Number">1.25E7</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2024-03-02T10:32:00.000</Data></Cell>
<Cell ss:Index="3" ss:Formula="=R1C1"/></Row></Table></Worksheet>
<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_page_is_its_tables(tmp_path: Path, encoding: str) -> None:
    sheet = only(read_bytes(tmp_path, PAGE.encode(encoding), "x.xls"))
    assert sheet.top == (
        ("三月", "", ""),
        ("日期", "渠道", "金额"),
        ("2024-03-01", "天猫", "1,200.50"),
        ("", "", "a\nb & c"),
    )
    assert (sheet.merges[0], sheet.covered) == ((1, 0, 1, 2), (0, 1))
    assert rows(sheet, 3) == [(4, "", "", "a\nb & c", None)]


def test_spreadsheet_xml_keeps_rows_columns_and_types(tmp_path: Path) -> None:
    shown, hidden = read_bytes(tmp_path, XML.encode(), "x.xls").sheets
    assert (shown.name, hidden.name, hidden.hidden) == ("数据", "藏", True)
    assert rows(shown, 3) == [
        (4, "2024-03-01", "天猫", "12500000", None),
        (5, "2024-03-02 10:32:00", "", "#FORMULA!", None),
    ]


def _page_of(*rows: str) -> bytes:
    cut = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cut)}</table>".encode()


def _xml_of(*rows: str) -> bytes:
    """Without indexes; `~` is a cell of which only the looks are told."""
    data = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    cut = (
        "".join("<Cell ss:StyleID='s1'/>" if cell == "~" else data.format(cell) for cell in row)
        for row in (row.split("|") for row in rows)
    )
    told = "".join(f"<Row>{row}</Row>" for row in cut)
    head = f'<?xml version="1.0"?><Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">'
    return f'{head}<Worksheet ss:Name="1"><Table>{told}</Table></Worksheet></Workbook>'.encode()


@pytest.mark.parametrize("made", [_page_of, _xml_of])
def test_a_cell_too_many_is_surplus_and_shifts_nothing(
    tmp_path: Path, made: Callable[..., bytes]
) -> None:
    table = ("日期|金额|备注", "d1|1.5|", "d2|1|234.50|", "d3|2|x")
    sheet = only(read_bytes(tmp_path, made(*table), "x.xls"))
    assert [row[-1] for row in rows(sheet, 1)] == [None, "", None]


def test_cells_without_data_at_the_end_of_a_row_are_none(tmp_path: Path) -> None:
    sheet = only(read_bytes(tmp_path, _xml_of("日期|金额|备注", "d1|1.5|~|~", "d2|2|x|~"), "x.xls"))
    assert [row[-1] for row in rows(sheet, 1)] == [None, None]


ENTITIES = '<!DOCTYPE a [<!ENTITY b "ccc">]>'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<html><body><p>Please log in</p></body></html>", "markup_not_table"),
        ('<?xml version="1.0"?><orders><order/></orders>', "markup_not_table"),
        (
            XML.replace("<Workbook", f"{ENTITIES}<Workbook").replace("天猫", "&b;"),
            "workbook_damaged",
        ),
        (XML[:900], "workbook_damaged"),
        # No sheet has such a row, nor a row before the one that stands above it.
        (XML.replace("<Row>", '<Row ss:Index="99999999999999999999">'), "workbook_damaged"),
        (XML.replace("<Row>", '<Row ss:Index="1">'), "workbook_damaged"),
        # Spans beside spans: two thousand lines that would ask for a billion cells.
        (f"<table>{'<tr><td rowspan=9999 colspan=512>a<td>1</tr>' * 2000}", "workbook_damaged"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(UnreadableFileError) as told:
        read_bytes(tmp_path, text.encode(), "x.xls")
    assert told.value.code == code
    assert not list((tmp_path / "staging").iterdir())
