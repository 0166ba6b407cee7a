"""What is to be forgotten is nowhere any more, and the figures are what they were."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from chanplan.domain.errors import ForgetError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.settings import Settings
from chanplan.workspace import Workspace, rebuild
from chanplan.workspace.forgetting import forget_batch, forget_column
from tests.commands.shell import chanplan
from tests.stores import copied
from tests.workspace.test_surviving import TOTAL, bring

HEAD = "渠道,日期,订单号,收货人手机,客户,金额\n"
# 100 + 70 = 170; a row without a date and a row with a surplus cell are set aside.
FIRST = (
    HEAD + "天猫,2024-01-03,a1,13800000001,张三,100\n"
    '天猫,2024-02-03,a2,"13800000002\n转 13800000003",李四,70\n'
    "天猫,哪天,a3,13800000004,王五,9\n天猫,2024-01-09,a4,x,13800000005,赵六,8\n"
    "合计,,,,,187\n"
)
SECOND = "渠道;日期;收货人 手机;金额\n京东;2024-03-03;13800000006;5\n"
SECRET = b"1380000000"


@copied
def filled(home: Path) -> Settings:
    settings = Settings(home=home)
    with Workspace(settings) as workspace:
        bring(workspace, "天猫.csv", FIRST)
        kept = workspace.receive("京东.csv.gz", gzip.compress(SECOND.encode("gb18030")))
        workspace.load(kept, workspace.inspect(kept))
    return settings


def facts(settings: Settings) -> tuple[dict[str, str], object, Decimal]:
    with Workspace(settings) as workspace:
        counts = workspace.imports.all()[
            ["rows_file", "rows_loaded", "rows_set_aside", "sum_loaded"]
        ]
        total = workspace.ask(TOTAL).frame["net_sales"].iloc[0]
        return dict(workspace.checksums()), counts.to_dict("records"), total


def everything(home: Path) -> bytes:
    """All bytes of the folder, packed files unpacked."""
    found = b""
    for file in home.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            found += gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    return found


def originals(home: Path) -> set[str]:
    return {file.name for file in (home / "originals").rglob("*") if file.is_file()}


def test_a_column_is_gone_from_every_corner_and_the_figures_stay(tmp_path):
    settings = filled(tmp_path)
    before, counts, total = facts(settings)
    assert total == Decimal(175) and everything(tmp_path).count(SECRET) >= 6
    done = forget_column(settings, "收货人手机")
    assert (done.files, done.cells) == (("京东.csv.gz", "天猫.csv"), 6)
    assert SECRET not in everything(tmp_path)
    after, counts_after, total_after = facts(settings)
    assert (counts_after, total_after) == (counts, total)
    assert done.differing == ("set_aside",)
    assert {n for n in before if before[n] != after[n]} == {"set_aside", "position"}
    made = rebuild(settings)
    assert made.identical and facts(settings) == (after, counts, total)
    journal = (tmp_path / "journal.jsonl").read_text("utf-8").splitlines()
    body = json.loads(journal[-1])["body"]
    assert body["column"] == "收货人手机"
    kept = originals(tmp_path)
    assert kept == set(body["originals"].values()) and kept.isdisjoint(body["originals"])


def test_a_column_that_lines_are_told_by_can_go_too(tmp_path):
    """Without customers the sums stay; the customers are gone from the lines as well."""
    settings = filled(tmp_path)
    _, counts, total = facts(settings)
    forget_column(settings, "客户")
    assert facts(settings)[1:] == (counts, total)
    assert "张三".encode() not in everything(tmp_path)
    with Workspace(settings) as workspace:
        lines = workspace.lines(Scope(Period(200001, 209912)), 10)
        assert len(lines) and lines["customer"].isna().all()


def test_the_same_file_is_still_known_afterwards(tmp_path):
    settings = filled(tmp_path)
    forget_column(settings, "收货人手机")
    with Workspace(settings) as workspace:
        kept = workspace.receive("天猫.csv", FIRST.encode())
        assert workspace.load(kept, workspace.inspect(kept)).already
    assert facts(settings)[2] == Decimal(175)
    assert SECRET not in everything(tmp_path)


def test_a_column_that_figures_need_stays(tmp_path):
    settings = filled(tmp_path)
    before = facts(settings)
    kept = originals(tmp_path)
    for column, code in (("金额", "forget_counts"), ("手机", "forget_no_column")):
        with pytest.raises(ForgetError, match=code):
            forget_column(settings, column)
    assert facts(settings) == before
    assert originals(tmp_path) == kept


PHONES = [["渠道", "日期", "手机", "金额"], ["天猫", "2024-01-03", SECRET.decode() + "1", 5]]
PHONES += [["京东", "2024-01-04", "天猫", 7], ["合计", "", "", 12]]


def book_of(rows: list[list[object]], chart: bool = False) -> bytes:
    """The rows from B3 on, and what one of them says on another sheet too."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("订单")
        for at, row in enumerate(rows):
            sheet.write_row(at + 2, 1, row)
        sheet.autofilter(2, 1, len(rows) + 1, 4)
        sheet.filter_column_list("D", [str(rows[1][2])])
        book.add_worksheet("说明").write_row(0, 0, ["天猫", "旗舰店"])
        if chart:
            drawn = book.add_chart({"type": "column"})
            drawn.add_series({"values": "=订单!$E$4:$E$5", "categories": "=订单!$D$4:$D$5"})
            sheet.insert_chart("H2", drawn)
    return out.getvalue()


def parquet_of(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    names, *cells = rows[:-1]
    pq.write_table(pa.table(dict(zip(map(str, names), zip(*cells, strict=True), strict=True))), out)
    return out.getvalue()


def of_one(home: Path, name: str, data: bytes) -> Settings:
    settings = Settings(home=home)
    with Workspace(settings) as workspace:
        kept = workspace.receive(name, data)
        workspace.load(
            kept, workspace.inspect(kept, Hints(sheet="订单" if "xlsx" in name else None))
        )
    return settings


def unpacked(home: Path) -> bytes:
    """`everything`, and the parts of workbooks."""
    found = everything(home)
    for file in (home / "originals").rglob("*"):
        if file.is_file() and zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                found += b"".join(archive.read(part) for part in archive.namelist())
    return found


@pytest.mark.parametrize(("name", "make"), [("店.xlsx", book_of), ("店.parquet", parquet_of)])
def test_a_column_of_a_workbook_or_parquet_goes_and_all_else_stays(tmp_path, name, make):
    settings = of_one(tmp_path, name, make(PHONES))
    before, counts, total = facts(settings)
    with Workspace(settings) as workspace:
        assert [(one.heading, one.anew) for one in workspace.personal()] == [("手机", [])]
    done = forget_column(settings, "手机")
    assert (done.cells, done.differing) == (2, ())
    assert SECRET not in unpacked(tmp_path)
    after = facts(settings)
    assert after[1:] == (counts, total) and total == Decimal(12)
    assert {n for n in before if before[n] != after[0][n]} == {"position"}
    with Workspace(settings) as workspace:
        assert set(workspace.lines(Scope(Period(200001, 209912)), 10)["channel"]) == {
            "天猫",
            "京东",
        }
        assert workspace.personal() == []
    if name.endswith("xlsx"):
        assert "旗舰店".encode() in unpacked(tmp_path)
    assert rebuild(settings).identical


def test_a_batch_goes_with_its_rows_and_its_original(tmp_path):
    settings = filled(tmp_path)
    forget_batch(settings, 1)
    after = facts(settings)
    assert after[2] == Decimal(5)
    found = everything(tmp_path)
    assert "张三".encode() not in found and found.count(SECRET) == 1
    assert rebuild(settings).identical and facts(settings) == after
    with pytest.raises(ForgetError, match="forget_no_batch"):
        forget_batch(settings, 1)
    with Workspace(settings) as workspace:
        bring(workspace, "天猫.csv", FIRST)
    assert facts(settings)[2] == Decimal(175)
    assert rebuild(settings).identical


def test_a_forgetting_that_was_cut_off_is_finished_at_the_next_start(tmp_path, monkeypatch):
    from chanplan.workspace import forgetting

    settings = filled(tmp_path)
    before = facts(settings)

    class Cut(BaseException):
        pass

    def cut(*_args: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(forgetting.rebuilding, "steps", cut)
        with pytest.raises(Cut):
            forget_column(settings, "收货人手机")
    assert SECRET in everything(tmp_path)
    assert facts(settings)[1:] == before[1:]
    assert SECRET not in everything(tmp_path)


def test_the_command_asks_first(tmp_path):
    settings = filled(tmp_path)
    assert chanplan("forget", "收货人手机", "--home", tmp_path).code == 1
    assert SECRET in everything(tmp_path)
    said = chanplan("forget", "收货人手机", "--yes", "--home", settings.home, "--json")
    assert said.code == 0, said.err
    assert (said.json["cells"], len(said.json["originals"])) == (6, 2)
    for column in ("金额", "nonsense", "99"):
        said = chanplan("forget", column, "--yes", "--home", settings.home, language="zh")
        assert (said.code, len(said.err.strip().splitlines())) == (1, 1)
