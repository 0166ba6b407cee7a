"""Which targets count: versions, a revision from a month, quarters and years, rates, locks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import TargetError
from chanplan.workspace import Workspace, targeting
from tests.workspace.test_workspace import bring

BUDGET = (
    "目标月份,渠道,目标值\n2026-01,天猫,100\n2026-02,天猫,110\n2026-03,天猫,120\n2026-01,京东,50\n"
)
REVISED = (
    "目标月份,渠道,目标值,版本,调整原因\n2026-02,天猫,90,滚动1,断货\n2026-03,天猫,95,滚动1,断货\n"
)
PERIODS = (
    "目标期间,渠道,目标项目,目标值\n2026Q1,天猫,净销售额,1.2万\n2026年一季度,京东,毛利,500\n"
    "2026年,京东,铺货率,80%\n2026,天猫,市场份额,12\n2026-04,京东,净销售额,-\n"
)


def rows(space: Workspace, view: str = "targets_in_force") -> list[tuple[object, ...]]:
    found = space.store.fetch(
        "select strftime(month, '%Y-%m') as month, period, measure, channel, value, version"
        f" from {view} order by all"
    )
    return [tuple(row) for row in found.itertuples(index=False)]


def told(space: Workspace, view: str = "targets_in_force") -> dict[tuple[str, str], Decimal]:
    return {(str(r[0]), str(r[3])): Decimal(str(r[4])) for r in rows(space, view)}


def test_a_revision_takes_effect_from_the_first_month_it_tells(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "预算.csv", BUDGET.encode())
        bring(space, "滚动.csv", REVISED.encode())
        assert told(space) == {
            ("2026-01", "天猫"): 100,
            ("2026-01", "京东"): 50,
            ("2026-02", "天猫"): 90,
            ("2026-03", "天猫"): 95,
        }
        at_start = told(space, "targets_at_start")
        assert at_start["2026-02", "天猫"] == 110
        assert at_start["2026-03", "天猫"] == 120
        first, second = targeting.versions(space.store, 2026)
        assert (first.version, second.version, second.reason) == ("budget", "滚动1", "断货")
        assert second.starts == "2026-02"
        targeting.choose(space, 2026, "budget")
        assert told(space)["2026-03", "天猫"] == 120
    with Workspace.open(tmp_path) as space:  # the journal says so, too
        assert told(space)["2026-03", "天猫"] == 120
        targeting.choose(space, 2026, "budget", on=False)
        assert told(space)["2026-03", "天猫"] == 95
        codes = [deed.code for deed in space.history()]
        assert codes[:2] == ["target_unchosen", "target_chosen"]


def test_a_month_closed_before_keeps_the_target_it_was_judged_by(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "预算.csv", BUDGET.encode())
        space.closings.mark([202602], True)
        bring(space, "滚动.csv", REVISED.encode())
        assert told(space)["2026-02", "天猫"] == 110
        assert told(space)["2026-03", "天猫"] == 95
        space.closings.mark([202603], True)  # judged by the revision, which was there then
        assert told(space)["2026-03", "天猫"] == 95


def test_quarters_years_and_rates(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        made = bring(space, "季度目标.csv", PERIODS.encode())
        assert (made.counts.loaded, made.counts.set_aside) == (5, 0)
        assert [row[:5] for row in rows(space)] == [
            ("2026-01", "quarter", "gross_margin", "京东", Decimal(500)),
            ("2026-01", "quarter", "net_sales", "天猫", Decimal(12000)),
            ("2026-01", "year", "market_share", "天猫", Decimal("0.12")),
            ("2026-01", "year", "numeric_distribution", "京东", Decimal("0.8")),
        ]


def test_the_measure_may_stand_in_the_heading_or_the_title(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "a.csv", "年度,大区,毛利目标\n2026,华东,1200\n".encode())
        wide = "渠道,1月,2月,3月\n天猫,1,2,-\n"
        bring(space, "2026年各渠道回款目标（万元）.csv", wide.encode())
        found = {(str(r[0]), r[2]): r[4] for r in rows(space)}
        assert found == {
            ("2026-01", "gross_margin"): 1200,
            ("2026-01", "collections"): 10000,
            ("2026-02", "collections"): 20000,
        }


def test_what_is_told_of_a_locked_version_later_does_not_count(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "预算.csv", BUDGET.encode())
        targeting.lock(space, 2026, "budget")
        bring(space, "预算改.csv", BUDGET.replace("100", "999").encode())
        assert told(space)["2026-01", "天猫"] == 100
        [lost] = targeting.unheard(space.store)
        assert (lost.file, lost.year, lost.version) == ("预算改.csv", 2026, "budget")
        assert lost.rows == len(BUDGET.splitlines()) - 1
        assert targeting.unheard(space.store, lost.batch + 1) == []
        targeting.lock(space, 2026, "budget", on=False)
        assert targeting.unheard(space.store) == []
        assert told(space)["2026-01", "天猫"] == 999
        with pytest.raises(TargetError) as fault:
            targeting.lock(space, 2026, "滚动9")
        assert fault.value.code == "no_such_version"


def test_the_newest_word_on_a_cell_counts_and_a_switched_off_one_does_not(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "预算.csv", BUDGET.encode())
        later = bring(space, "京东.csv", "目标月份,渠道,目标值\n2026-01,京东,60\n".encode())
        assert told(space)["2026-01", "京东"] == 60
        assert told(space)["2026-01", "天猫"] == 100
        space.switch(later.batch, False)
        assert told(space)["2026-01", "京东"] == 50


def test_real_targets_in_thousands_go_in_as_they_are(tmp_path: Path, shared: Path) -> None:
    file = shared / "reseller_monthly" / "ResellerSalesTargets.csv"
    with Workspace.open(tmp_path) as space:
        made = bring(space, file.name, file.read_bytes())
        assert (made.counts.loaded, made.counts.set_aside) == (809, 0)
        found = space.store.fetch(
            "select sum(value) as total, count(distinct salesperson) as persons,"
            " count(distinct year(month)) as years from targets_in_force"
        )
        assert Decimal(str(found["total"].iloc[0])) == 676_210
        assert found["years"].iloc[0] == 5


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("目标.csv", "渠道,2026Q1,2026Q2,2026Q3,2026Q4"),
        ("目标.csv", "渠道,2026年一季度,2026年二季度,2026年三季度,2026年四季度"),
        ("2026年目标.csv", "渠道,Q1,Q2,Q3,Q4"),
        ("2026年目标.csv", "渠道,一季度目标,二季度目标,三季度目标,四季度目标"),
        ("x.csv", "渠道,2026Q1 target,2026Q2 target,2026Q3 target,2026Q4 target"),
        ("目标.csv", "年份,渠道,第1季度,第2季度,第3季度,第4季度"),
        ("2026年目标（万元）.csv", "渠道,Q1,Q2,Q3,Q4,全年"),
    ],
)
def test_quarters_side_by_side_are_targets_of_quarters(
    tmp_path: Path, name: str, head: str
) -> None:
    """Ten, twenty, none and forty of the four quarters of 2026; the total is no fifth."""
    row = "2026,天猫,10,20,-,40" if head.startswith("年份") else "天猫,10,20,-,40"
    row += ",70" if head.endswith("全年") else ""
    with Workspace.open(tmp_path) as space:
        bring(space, name, f"{head}\n{row}\n".encode())
        found = targeting.in_force(space.store)
    ten = 10_000 if "万" in name else 1
    told = zip(found["period"], found["month"], found["channel"], found["value"], strict=True)
    assert {(kind, str(month)[:7], who, value) for kind, month, who, value in told} == {
        ("quarter", "2026-01", "天猫", 10 * ten),
        ("quarter", "2026-04", "天猫", 20 * ten),
        ("quarter", "2026-10", "天猫", 40 * ten),
    }


@pytest.mark.parametrize("quarters", [("1", "2"), ("Q1", "Q2"), ("一季度", "二季度")])
def test_a_year_and_a_quarter_in_two_columns(tmp_path: Path, quarters: tuple[str, str]) -> None:
    first, second = quarters
    sheet = f"年份,季度,渠道,目标金额\n2026,{first},天猫,10\n2026,{second},天猫,20\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "x.csv", sheet.encode())
        found = targeting.in_force(space.store)
    told = zip(found["period"], found["month"], found["value"], strict=True)
    assert {(kind, str(month)[:7], value) for kind, month, value in told} == {
        ("quarter", "2026-01", 10), ("quarter", "2026-04", 20),
    }  # fmt: skip
