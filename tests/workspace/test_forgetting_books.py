"""Columns of every kind of workbook can be forgotten; what the others say stays, cell by cell."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from benchmarks.fuzzed import old_books
from chanplan.domain.errors import ForgetError
from chanplan.ingest.emptied_books import blank_book
from chanplan.ingest.reading import blanking_ods
from chanplan.ingest.reading.blanking import Chosen
from chanplan.ingest.reading.blanking_books import can_blank
from chanplan.ingest.recognise import Hints
from chanplan.settings import Limits, Settings
from chanplan.workspace import Workspace, rebuild
from chanplan.workspace.forgetting import forget_column
from tests.commands.shell import chanplan
from tests.ingest.reading_room import read_bytes
from tests.workspace.test_forgetting import SECRET, facts, originals, unpacked

PHONE = SECRET.decode()
# 5 + 7.25 = 12.25; a row without a date is set aside; the total row is skipped.
GRID = [["渠道", "日期", "手机", "金额", "编号"]]
GRID += [["天猫", "2024-01-03", PHONE + "1", "5", "007"], ["京东", "2024-01-04", "", "7.25", "1e5"]]
GRID += [["天猫", "哪天", PHONE + "2", "9", "x_x0041_"], ["合计", "", "", "12.25", ""]]


def page(rows: list[list[str]]) -> bytes:
    """A web page, as many systems write it under the name .xls."""
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><meta charset=utf-8><table>{lines}</table></html>".encode()


def charted(rows: list[list[str]]) -> bytes:
    """From B3 on, a title merged over it, channels merged down, a hidden sheet, and a chart."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("订单")
        sheet.merge_range("B1:F1", "一月")
        for at, row in enumerate(rows):
            sheet.write_row(at + 2, 1, row)
        sheet.merge_range("B8:B9", "抖音")
        sheet.write_row("C8", ["2024-01-05", PHONE + "3", "1.5", "a"])
        sheet.write_row("C9", ["2024-01-06", PHONE + "4", "2.5", "b"])
        book.add_worksheet("说明").write_row(4, 2, ["天猫", "旗舰店", 3.25])
        book.worksheets()[1].hide()
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"values": "=订单!$E$4:$E$5", "categories": "=订单!$D$4:$D$5"})
        sheet.insert_chart("H2", drawn)
    return out.getvalue()


BOOKS = {
    "xls": lambda: old_books.xls(GRID),
    "xlsb": lambda: old_books.xlsb(GRID),
    "ods": lambda: old_books.ods(GRID),
    "html": lambda: page(GRID),
    "charts": lambda: charted(GRID[:-1]),
}
IN_PLACE = ("ods",)


def loaded(home: Path, *books: tuple[str, bytes]) -> Settings:
    settings = Settings(home=home)
    with Workspace(settings) as workspace:
        for name, data in books:
            kept = workspace.receive(name, data)
            hints = Hints(sheet="订单" if "charts" in name else None)
            workspace.load(kept, workspace.inspect(kept, hints))
    return settings


def said(folder: Path, data: bytes) -> list[tuple[object, ...]]:
    """All that the sheets of a book say, but for the phones."""
    sheets = read_bytes(folder, data, "店.xls").sheets
    return [
        (one.name, one.hidden, one.line_count, one.merges, one.covered,
         [[cell for cell in row if cell and PHONE not in cell] for row in one.top])
        for one in sheets
    ]  # fmt: skip


def test_a_column_of_every_kind_of_workbook_goes_and_the_rest_is_the_same(tmp_path: Path):
    books = {f"{kind}店.xls": make() for kind, make in BOOKS.items()}
    home = tmp_path / "home"
    settings = loaded(home, *books.items())
    before, counts, total = facts(settings)
    assert total == 5 * Decimal("12.25") + 4
    with Workspace(settings) as workspace:
        (column,) = workspace.personal()
    anew = tuple(sorted(name for name in books if not name.startswith(IN_PLACE)))
    assert (column.heading, tuple(sorted(column.anew))) == ("手机", anew)
    told = chanplan("forget", "手机", "--yes", "--home", home, "--json").json
    assert (told["cells"], tuple(told["as_values"])) == (2 * 5 + 2, anew)
    assert SECRET not in unpacked(home)
    after = facts(settings)
    assert after[1:] == (counts, total)
    assert {n for n in before if before[n] != after[0][n]} <= {"position", "set_aside"}
    assert rebuild(settings).identical
    entry = json.loads((home / "journal.jsonl").read_text("utf-8").splitlines()[-1])["body"]
    assert entry["as_values"] == list(anew) and entry["originals"] == told["originals"]
    for data in books.values():
        now = entry["originals"][hashlib.sha256(data).hexdigest()]
        kept = (home / "originals" / now[:2] / now).read_bytes()
        assert said(tmp_path, kept) == said(tmp_path, data)


def test_a_workbook_that_xlsx_cannot_hold_is_refused_and_nothing_changes(tmp_path: Path):
    """A sheet of SpreadsheetML may be called as none of Excel's can."""
    told = ""
    for row in GRID:
        cells = [f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row]
        told += f"<Row>{''.join(cells)}</Row>"
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="a/b"><Table>{told}</Table></Worksheet>'
    data = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'
    settings = loaded(tmp_path, ("店.xls", data.encode()))
    kept, before = originals(tmp_path), facts(settings)
    with pytest.raises(ForgetError, match="forget_workbook"):
        forget_column(settings, "手机")
    assert originals(tmp_path) == kept and facts(settings) == before
    assert not list((tmp_path / "staging").rglob("*.txt"))


def spread(cells: str) -> bytes:
    """A sheet of OpenDocument of these rows, with all that a real one has beside."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="一">{cells}</table:table>'
        '<table:database-ranges><table:database-range table:name="f"><table:filter>'
        f'<table:filter-condition table:value="{PHONE}1"/></table:filter></table:database-range>'
        "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Thumbnails/thumbnail.png", PHONE)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<manifest:file-entry a="1" '
                         'manifest:full-path="Thumbnails/thumbnail.png"/>')  # fmt: skip
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


def test_an_ods_with_remarks_is_not_emptied_in_place(tmp_path: Path):
    path = tmp_path / "a.ods"
    for more, can in (("", True), ("<office:annotation><text:p>x</text:p></office:annotation>", 0)):
        path.write_bytes(spread(f"<table:table-row><table:table-cell>{more}</table:table-cell>"))
        assert can_blank(path) == bool(can)


def cell(said: str, *more: str, kind: str = "table-cell") -> str:
    return (
        f'<table:{kind} office:value-type="string" {" ".join(more)}>'
        f"<text:p>{said}</text:p></table:{kind}>"
    )


TWICE = 'table:number-columns-repeated="2"'
FORMULA = 'table:formula="of:=1"'
EMPTY = '<table:table-cell table:number-columns-repeated="3"/>'


def test_repeated_cells_and_rows_of_ods_are_parted_where_they_have_different_fates(tmp_path: Path):
    """Columns count from D, the first that says something: 1 is E. Lines 2 to 4 are one row."""
    rows = [
        f"<table:table-row>{EMPTY}{cell('a')}{cell('b')}{cell('c')}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="3">{EMPTY}{cell(PHONE, TWICE)}'
        f"{cell('&lt;x&gt; &amp;')}</table:table-row>",
        f"<table:table-row>{EMPTY}{cell('k', FORMULA)}"
        f"{cell(PHONE, kind='covered-table-cell')}{cell('m')}</table:table-row>",
        '<table:table-row table:number-rows-repeated="1048571"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>',
    ]
    path, target = tmp_path / "a.ods", tmp_path / "b.ods"
    path.write_bytes(spread("".join(rows)))
    chosen = Chosen(((1, 2, frozenset({0, 1})), (3, None, frozenset({1}))))
    assert blanking_ods.blank_ods(path, target, {"一": chosen}) == 2 + 1 + 1
    with zipfile.ZipFile(target) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert set(archive.namelist()) == {"mimetype", "content.xml", "META-INF/manifest.xml"}
        assert archive.read("META-INF/manifest.xml") == b""
        assert b"filter" not in archive.read("content.xml").replace(b"table:database-range", b"")
    assert target.read_bytes()[30:38] == b"mimetype"
    (sheet,) = read_bytes(tmp_path, target.read_bytes(), "b.ods").sheets
    told = [tuple(cell or "" for cell in row) for row in sheet.top]
    assert told == [
        ("a", "b", "c"),
        ("", "", "<x> &"),
        (PHONE, PHONE, "<x> &"),
        (PHONE, "", "<x> &"),
        ("k", "", "m"),
    ]


@pytest.mark.parametrize("in_place", [True, False])
def test_sheets_that_nobody_loaded_lose_the_column_too(tmp_path: Path, in_place: bool):
    """A list of words, in which the heading is one of them, stays as it is."""
    path, target = tmp_path / "店.xlsx", tmp_path / "new.xlsx"
    sheets = {
        "订单": [["渠道", "手机"], ["天猫", PHONE + "1"]],
        "会员": [["名单"], [], ["姓名", "地址", " 手机 "], ["张三", "上海", PHONE + "2"]],
        "说明": [["字段", "意思"], ["手机", "收货人"], ["渠道", "店"]],
    }
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if name == "说明" and not in_place:
                sheet.write_comment("A1", PHONE)
    chosen = {"订单": Chosen(((1, None, frozenset({1})),))}
    assert blank_book(path, path.name, target, "手机", chosen, Limits()) == (2, not in_place)
    now = said(tmp_path, target.read_bytes())
    assert now == said(tmp_path, path.read_bytes())
    with zipfile.ZipFile(target) as archive:
        assert not any(SECRET in archive.read(part) for part in archive.namelist())


def test_two_tables_below_each_other_lose_the_column_both(tmp_path: Path):
    """The second table's headings stand below rows of the first, which are not left."""
    first = "渠道,日期,手机,金额\n天猫,2024-01-03,13800000001,5\n京东,2024-01-04,13800000002,7\n"
    second = "\n退货\n订单号,渠道,日期,金额,手机\nr1,天猫,2024-01-05,2,13800000003\n"
    settings = Settings(home=tmp_path)
    with Workspace(settings) as workspace:
        for area in ("1-3", "5-7"):
            kept = workspace.receive("两张表.csv", (first + second).encode())
            table = "sales" if area == "1-3" else "returns"
            workspace.load(kept, workspace.inspect(kept, Hints(rows=area, table=table)))
    counts, total = facts(settings)[1:]
    done = forget_column(settings, "手机")
    assert (done.cells, facts(settings)[1:]) == (3, (counts, total))
    assert SECRET not in unpacked(tmp_path)
    assert b"2024-01-05,2," in unpacked(tmp_path)
