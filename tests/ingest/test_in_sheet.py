"""A fault in one sheet of a workbook is told with the sheet, and that no other one came in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from chanplan.domain.errors import ChanplanError, QuestionOpenError, UnreadableFileError
from chanplan.ingest.recognise import Hints
from chanplan.language import explain
from chanplan.settings import Settings
from chanplan.workspace import Workspace
from tests.commands.shell import chanplan
from tests.ingest.reading_room import read_bytes

HEAD = ["日期", "渠道", "产品", "金额"]
MONTH = [HEAD] + [[f"2024-01-{at:02d}", "天猫", "水", at] for at in range(1, 29)]
SECOND = "xl/worksheets/sheet2.xml"


def book(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


def with_part(data: bytes, part: str, told: bytes) -> bytes:
    """The workbook with something else in one of its parts, as whole to a zip as before."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as into:
        for member in archive.infolist():
            into.writestr(member, told if member.filename == part else archive.read(member))
    return out.getvalue()


def with_a_flipped_bit(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo(part).header_offset + 30 + len(part) + 40
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


GOOD = book(一月=MONTH, 二月=MONTH)
DAMAGED = {
    "cut XML": lambda: with_part(GOOD, SECOND, b"<worksheet><sheetData><row r='1'><c r="),
    "no such text": lambda: with_part(
        GOOD, SECOND, b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main'
        b'"><sheetData><row r="1"><c r="A1" t="s"><v>9999</v></c></row></sheetData></worksheet>',
    ),
    "a flipped bit": lambda: with_a_flipped_bit(GOOD, SECOND),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_sheet_is_named(tmp_path: Path, what: str) -> None:
    with pytest.raises(UnreadableFileError) as fault:
        read_bytes(tmp_path, DAMAGED[what](), "两月.xlsx")
    assert (fault.value.code, fault.value.values["in_sheet"]) == ("workbook_damaged", "二月")
    assert explain(fault.value, "zh").startswith("工作表“二月”：两月.xlsx")
    assert explain(fault.value, "en").endswith("Nothing of this workbook has been imported.")


def test_damage_of_what_all_sheets_share_is_the_file_s(tmp_path: Path) -> None:
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        with pytest.raises(UnreadableFileError) as fault:
            read_bytes(tmp_path, with_a_flipped_bit(GOOD, part), "两月.xlsx")
        assert fault.value.code == "workbook_damaged" and "in_sheet" not in fault.value.values


GROUPS = [["日期", "产品", "金额"]]
for shop in ("天猫店", "京东店", "抖音店"):
    GROUPS += [[shop, "", ""], *[["2024-01-02", "水", 5]] * 3]


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"说明": [["a"], ["b"]], "明细": [["产品", "备注"], ["水", "x"]]}, "no_table_fits"),
        ({"说明": [["a"], ["b"]], "明细": GROUPS}, "groups_in_rows"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_recognised_is_named(
    tmp_path: Path, sheets: dict[str, list[list[object]]], code: str
) -> None:
    with Workspace(Settings(home=tmp_path)) as space, pytest.raises(ChanplanError) as fault:
        space.inspect(space.receive("店.xlsx", book(**sheets)))
    assert (fault.value.code, fault.value.values["in_sheet"]) == (code, "明细")


def test_a_question_of_one_of_the_sheets_names_it(tmp_path: Path) -> None:
    """The day of 3/4 cannot be told in February's sheet; January's has a 13th."""
    first = [HEAD, *[[f"{at}/1/2024", "天猫", "水", 1] for at in range(1, 29)]]
    unsure = [HEAD, *[[f"{at}/2/2024", "天猫", "水", 1] for at in range(1, 9)]]
    with Workspace(Settings(home=tmp_path)) as space:
        kept = space.receive("两月.xlsx", book(一月=first, 二月=unsure))
        proposal = space.inspect(kept, Hints())
        with pytest.raises(QuestionOpenError) as fault:
            space.load(kept, proposal)
        assert fault.value.values["in_sheet"] == "二月"


def test_the_command_says_the_sheet_and_json_has_it(tmp_path: Path) -> None:
    path = tmp_path / "两月.xlsx"
    path.write_bytes(DAMAGED["cut XML"]())
    said = chanplan("import", path, "--home", tmp_path / "home", language="zh")
    assert said.code == 1 and "工作表“二月”" in said.err
    told = chanplan("import", path, "--home", tmp_path / "home", "--json").json
    assert told == [{"file": "两月.xlsx", "error": "workbook_damaged", "sheet": "二月"}]
