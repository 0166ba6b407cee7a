"""Rows set aside go out with their reason, are mended, come back, and count once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from chanplan.settings import Settings
from chanplan.workspace import Workspace, rebuild
from tests.commands.shell import chanplan
from tests.stores import copied
from tests.workspace.test_surviving import TOTAL, bring

# 100 + 70 = 170 counts; a day that does not exist, an amount in words, and a row with one cell
# too many, whose 8 then stands under no heading.
FILE = """订单号,渠道,日期,产品编码,金额
a1,天猫,2024-01-03,p1,100
a1,天猫,哪天,p2,-9.50
a2,京东,2024-02-03,p1,70
a3,京东,2024-02-04,=p1,七块
a4,天猫,2024-01-05,p1,绿茶,8
"""


@copied
def filled(home: Path) -> Settings:
    with Workspace.open(home) as workspace:
        bring(workspace, "天猫.csv", FILE)
    return Settings(home=home)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return filled(tmp_path / "home")


def total(settings: Settings) -> Decimal:
    with Workspace(settings) as workspace:
        return workspace.ask(TOTAL).frame["net_sales"].iloc[0]


def mended(source: Path, target: Path, cells: dict[str, str | None]) -> Path:
    book = openpyxl.load_workbook(source)
    for at, value in cells.items():
        book.worksheets[0][at] = value
    book.save(target)
    return target


def test_every_row_is_told_with_its_place_and_reason(settings, tmp_path):
    said = chanplan("set-aside", "--home", settings.home, "--json", "--excel", tmp_path / "a.xlsx")
    assert said.code == 0, said.err
    (told,) = said.json
    assert (told["batch"], told["file"], told["rows"]) == (1, "天猫.csv", 3)
    assert told["reasons"] == {
        "unreadable_date:date": 1,
        "unreadable_amount:amount": 1,
        "surplus_cells": 1,
    }
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in page.rows]
    assert rows[0][1:] == ("File", "Sheet", "Line", "订单号", "渠道", "日期", "产品编码", "金额")[
        : len(rows[0]) - 1
    ] + (None,) * max(0, len(rows[0]) - 9)
    assert [row[1] for row in rows[1:]] == ["天猫.csv"] * 3
    assert [row[3] for row in rows[1:]] == [3, 5, 6]
    assert rows[1][4:9] == ("a1", "天猫", "哪天", "p2", "-9.50")
    assert rows[2][4:9] == ("a3", "京东", "2024-02-04", "'=p1", "七块")
    assert rows[3][4:10] == ("a4", "天猫", "? 2024-01-05", "p1", "绿茶", "8")
    assert all("date" in str(rows[1][0]) or "amount" in str(row[0]) for row in rows[1:3])


def test_mended_rows_count_once_and_go_with_their_batch(settings, tmp_path):
    out = tmp_path / "a.xlsx"
    chanplan("set-aside", "1", "--home", settings.home, "--excel", out)
    # As it is: nothing loads, above all not the row that has shifted.
    same = mended(out, tmp_path / "same.xlsx", {})
    (told,) = chanplan("import", same, "--home", settings.home, "--json").json
    assert told["rows"] == {"file": 3, "loaded": 0, "set_aside": 3, "skipped": 0}
    assert total(settings) == Decimal(170)
    # One row mended: 170 − 9.50.
    first = mended(out, tmp_path / "first.xlsx", {"G2": "2024-01-04"})
    (told,) = chanplan("import", first, "--home", settings.home, "--json").json
    assert told["rows"] == {"file": 3, "loaded": 1, "set_aside": 2, "skipped": 0}
    assert total(settings) == Decimal("160.50")
    assert chanplan("import", first, "--home", settings.home, "--json").json[0]["already_imported"]
    # The same rows mended again, all three now: 170 − 9.50 + 7 + 8, the first not twice.
    again = mended(
        out,
        tmp_path / "again.xlsx",
        {"G2": "2024-01-04", "I3": "7", "G4": "2024-01-05", "I4": "8", "J4": None},
    )
    (told,) = chanplan("import", again, "--home", settings.home, "--json").json
    assert told["rows"] == {"file": 3, "loaded": 3, "set_aside": 0, "skipped": 0}
    assert total(settings) == Decimal("175.50")
    with Workspace(settings) as workspace:
        found = workspace.imports.all()
        assert set(found["source"]) == {found["source"].iloc[-1]}
        before = dict(workspace.checksums())
        latest, _, _, batch = (int(one) for one in found["batch"])
        workspace.switch(latest, False)
        assert workspace.ask(TOTAL).frame["net_sales"].iloc[0] == Decimal("160.50")
        workspace.switch(latest, True)
        workspace.switch(batch, False)
        assert workspace.is_empty() or not workspace.members("channel")
        workspace.switch(batch, True)
        after = dict(workspace.checksums())
        assert {name for name in before if before[name] != after[name]} == {"position"}
    assert rebuild(settings).identical


def test_several_batches_ask_for_one(settings, tmp_path):
    with Workspace(settings) as workspace:
        bring(workspace, "京东.csv", FILE.replace("2024", "2023").replace("a", "b"))
    for language in ("zh", "en"):
        said = chanplan(
            "set-aside", "--home", settings.home, "--excel", tmp_path / "a.xlsx", language=language
        )
        assert (said.code, len(said.err.strip().splitlines())) == (1, 1)
    assert not (tmp_path / "a.xlsx").exists()
    assert len(chanplan("set-aside", "--home", settings.home).out.strip().splitlines()) == 2
    assert chanplan("set-aside", "77", "--home", settings.home).code == 1
