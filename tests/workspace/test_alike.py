"""Sheets of one shape come in together, each line once: 1月 2月 3月, or 天猫 京东 抖音."""

import io
from collections.abc import Mapping
from decimal import Decimal as D

import pytest
import xlsxwriter

from chanplan.domain.errors import RestatedError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.store.checksums import POSITION
from chanplan.workspace import Workspace
from tests.commands.shell import chanplan

HEAD = "日期,渠道,产品名称,数量,金额"
JANUARY = f"{HEAD}\n2024-01-03,天猫,水,2,20.10\n2024-01-09,京东,茶,1,9.90\n"
# A title above, columns in another order, a line that cannot be read, and a total of its own.
FEBRUARY = (
    "二月销售明细\n日期,渠道,产品名称,金额,数量\n2024-02-03,天猫,水,30.00,3\n"
    "2024-02-08,天猫,糖,三十,3\n合计,,,30.00,3\n"
)
MARCH = f"{HEAD}\n2024-03-01,京东,茶,4,40.00\n"
MONTHS = {
    "汇总": JANUARY + "2024-02-03,天猫,水,3,30.00\n2024-03-01,京东,茶,4,40.00\n",
    "1月": JANUARY,
    "2月": FEBRUARY,
    "3月": MARCH,
    "旧版": f"{HEAD}\n2024-03-01,京东,茶,9,90.00\n",
}
# 20.10 + 9.90, 30, 40: five lines in the three months, of which one is set aside, and the total.
ROWS = {"file": 6, "loaded": 4, "set_aside": 1, "skipped": 1}
SHOP = "日期,产品名称,数量,金额\n2024-01-03,{product},1,{first}\n2024-02-03,{product},1,{then}\n"
SHOPS = {
    "天猫": SHOP.format(product="水", first=5, then=6),
    "京东": SHOP.format(product="茶", first=7, then=8),
    "抖音": SHOP.format(product="糖", first=9, then=10),
}
WHOLE = Scope(Period(202401, 202412))


def workbook(sheets: Mapping[str, str], hidden: str = "旧版") -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, text in sheets.items():
            sheet = book.add_worksheet(name)
            if name == hidden:
                sheet.hide()
            for at, line in enumerate(text.splitlines()):
                for column, cell in enumerate(line.split(",")):
                    sheet.write(
                        at, column, float(cell) if cell.replace(".", "").isdigit() else cell
                    )
    return file.getvalue()


def ask(space: Workspace, *by: str) -> list[tuple]:
    found = space.ask(MetricQuery(("net_sales",), WHOLE, by)).frame
    return [tuple(row) for row in found.itertuples(index=False)]


def state(space: Workspace) -> dict[str, str]:
    return {name: sum_ for name, sum_ in space.checksums().items() if name != POSITION}


def test_months_come_in_together_at_the_command_line(tmp_path):
    file, home = tmp_path / "销售 2024.xlsx", tmp_path / "home"
    file.write_bytes(workbook(MONTHS))
    (told,) = chanplan("import", file, "--home", home, "--json").json
    assert told["rows"] == ROWS
    assert told["net_sales"]["loaded"] == "100"
    assert [(one["sheet"], one["rows"]["loaded"], one["net_sales"]) for one in told["sheets"]] == [
        ("1月", 2, "30"),
        ("2月", 1, "30"),
        ("3月", 1, "40"),
    ]
    assert told["months"] == ["2024-01", "2024-02", "2024-03"]
    assert {one["sheet"]: one["reason"] for one in told["other_sheets"]} == {
        "汇总": "summary",
        "旧版": "hidden",
    }
    again = chanplan("import", file, "--home", home, language="zh")
    assert "已导入过" in again.out
    with Workspace.open(home) as space:
        assert ask(space, "month") == [(202401, D(30)), (202402, D(30)), (202403, D(40))]
        assert len(space.imports.last()) == 3
        before = space.checksums()
    assert chanplan("rebuild", "--home", home).code == 0
    with Workspace.open(home) as space:
        assert space.checksums() == before


def test_each_line_knows_its_sheet_and_undoing_takes_all_back(tmp_path):
    with Workspace.open(tmp_path) as space:
        original = space.receive("销售 2024.xlsx", workbook(MONTHS))
        made = space.load(original, space.inspect(original))
        sheets = {one.batch: one.recipe.sheet for one in made.alike}
        found = space.store.fetch("select batch, line, product from lines order by all")
        rows = [(sheets[b], line, p) for b, line, p in found.itertuples(index=False)]
        assert rows == [("1月", 2, "水"), ("1月", 3, "茶"), ("2月", 3, "水"), ("3月", 2, "茶")]
        together = space.imports.last()
        assert together == list(sheets)
        loaded = state(space)
        for batch in together:
            space.switch(batch, False)
        assert space.is_empty()
        for batch in together:
            space.switch(batch, True)
        assert state(space) == loaded


def test_a_sheet_that_a_person_names_comes_alone(tmp_path):
    file = tmp_path / "销售 2024.xlsx"
    file.write_bytes(workbook(MONTHS))
    (told,) = chanplan("import", file, "--home", tmp_path / "h", "--sheet", "2月", "--json").json
    assert told["rows"]["loaded"] == 1 and "sheets" not in told
    (all_of_it,) = chanplan("import", file, "--home", tmp_path / "h", "--json").json
    assert all_of_it["already_imported"] is None
    assert [bool(one["already_imported"]) for one in all_of_it["sheets"]] == [False, True, False]


@pytest.mark.parametrize("takes", ["replace", "replace_months"])
def test_channels_are_told_by_the_sheets_and_told_again_in_their_place(tmp_path, takes):
    with Workspace.open(tmp_path) as space:
        original = space.receive("各平台销售.xlsx", workbook(SHOPS))
        proposal = space.inspect(original)
        assert proposal.questions == ()
        space.load(original, proposal)
        assert dict(ask(space, "channel")) == {"天猫": D(11), "京东": D(15), "抖音": D(19)}
        # Only a line of 抖音 is corrected; the months of all three are told again.
        later = {**SHOPS, "抖音": SHOP.format(product="糖", first=9, then=20)}
        revised = space.receive("各平台销售 新.xlsx", workbook(later))
        proposal = space.inspect(revised, Hints(source="各平台销售"))
        seen = space.beside(revised, proposal)
        assert (seen.same, seen.changed, seen.new, seen.vanished) == (5, 1, 0, 0)
        with pytest.raises(RestatedError):
            space.load(revised, proposal)
        made = space.load(revised, space.inspect(revised, Hints(source="各平台销售")), takes)
        assert made.overlaps == ()
        assert dict(ask(space, "channel")) == {"天猫": D(11), "京东": D(15), "抖音": D(29)}


def test_what_may_be_a_copy_or_no_channel_is_told_and_not_added(tmp_path):
    copied = {"1月": JANUARY, "1月 (2)": JANUARY}
    named = {"天猫": SHOPS["天猫"], "备用": SHOPS["京东"]}
    with Workspace.open(tmp_path) as space:
        for sheets, reason in ((copied, "repeats"), (named, "other_table")):
            original = space.receive("a.xlsx", workbook(sheets))
            found = space.inspect(original)
            assert found.alike == ()
            assert [one.reason for one in found.others] == [reason]


def test_sheets_of_targets_come_together_and_next_year_is_no_drift(tmp_path):
    def plan(year: int, step: int) -> dict[str, str]:
        head = f"区域,{','.join(f'{year}-{month:02d}' for month in range(1, 13))}"
        return {name: f"{head}\n华东,{','.join([str(step * at)] * 12)}\n"
                for at, name in enumerate(("天猫", "京东", "抖音"), 1)}  # fmt: skip

    with Workspace.open(tmp_path) as space:
        for year, step in ((2025, 100), (2026, 110)):
            original = space.receive(f"销售目标{year}.xlsx", workbook(plan(year, step)))
            outcome = space.load(original, space.inspect(original, Hints(source="计划")))
            assert (outcome.table, outcome.whole().counts.loaded) == ("targets", 36)
            assert [one.drift for one in outcome.alike] == [(), (), ()]
        found = space._store.fetch(
            "select channel, sum(amount) as told from targets where year(month) = 2026 group by 1"
        )
        told = dict(zip(found["channel"], found["told"], strict=True))
        assert told == {"天猫": D(1320), "京东": D(2640), "抖音": D(3960)}
