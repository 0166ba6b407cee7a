"""Plans proposed from history, saved as a version, revised, locked: one small company, by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from chanplan.domain.errors import TargetError
from chanplan.plans.mismatch import mismatches
from chanplan.plans.nodes import told_of
from chanplan.plans.smart import checked
from chanplan.plans.splitting import Lock, resplit
from chanplan.workspace import Workspace, plan_files, planning, targeting
from chanplan.workspace.plan_files import Saving
from chanplan.workspace.planning import Wish
from tests.commands.shell import chanplan
from tests.pages.conftest import HOSTILE, sales_csv
from tests.workspace.test_workspace import bring

D = Decimal


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """2024: 天猫 150, 京东 80 and one more 10 a month: 2,880 in all."""
    opened = Workspace.open(tmp_path)
    bring(opened, "两年.csv", sales_csv())
    return opened


def proposed(space: Workspace, wish: Wish) -> planning.Proposal:
    return planning.proposed(space.actuals, wish)


def test_last_year_plus_x(space: Workspace) -> None:
    with space:
        made = proposed(space, Wish(2025, growth=D("0.1"), how="mix"))
        assert (made.base, made.split.sum_of(), made.stand_ins) == (2880, 3168, ())
        assert made.split.sum_of(("天猫",)) == 1980  # 150 · 12 · 1.1
        assert made.split.cells[202501, ("天猫",)] == 165
        again = proposed(space, Wish(2026, growth=D("0.1"), how="mix"))
        assert again.base == 2880  # 2025 is not there yet: its months are those of 2024
        assert len(again.stand_ins) == 12
        with pytest.raises(TargetError) as fault:
            proposed(space, Wish(2029))
        assert fault.value.code == "no_base"


def test_a_plan_is_saved_revised_and_undone(space: Workspace) -> None:
    with space:
        wish = Wish(2025, total=D(2400), how="even", locks=(Lock(("京东",), D(600)),))
        made = proposed(space, wish)
        kept = plan_files.save(space, wish, made.split, Saving("budget", "年初", None, wish.locks))
        assert (kept.counts.loaded, kept.counts.set_aside, kept.recipe.source) == (36, 0, "计划")
        found = targeting.in_force(space.store)
        assert sum(found["value"]) == 2400
        assert sum(found.loc[found["channel"] == "京东", "value"]) == 600
        assert found.loc[found["channel"] == "京东", "locked"].all()
        assert set(found["basis"]) == {"order"} and set(found["tax"]) == {"with_tax"}

        revised = resplit(made.split, D(3000))
        saving = Saving("滚动1", "加码", 202507)
        again = plan_files.save(space, wish, revised, saving)
        now = targeting.in_force(space.store)
        early = pd.to_datetime(now["month"]).dt.month < 7
        assert set(now.loc[early, "version"]) == {"budget"}
        assert set(now.loc[~early, "version"]) == {"滚动1"}
        assert sum(now["value"]) == 1200 + 1500
        assert sum(targeting.at_start(space.store)["value"]) == 2400
        log = targeting.changes(space)
        assert set(zip(log["version"], log["reason"], strict=True)) == {
            ("滚动1", "加码"),
            ("budget", "年初"),
        }

        space.switch(again.batch, False)  # taken back like any import
        assert sum(targeting.in_force(space.store)["value"]) == 2400


def test_the_same_plan_saved_again_counts_again_and_takes_the_place(space: Workspace) -> None:
    with space:
        wish = Wish(2025, total=D(2400), how="even")
        first = proposed(space, wish).split
        plan_files.save(space, wish, first, Saving())
        plan_files.save(space, wish, resplit(first, D(3600)), Saving())
        assert sum(targeting.in_force(space.store)["value"]) == 3600
        last = plan_files.save(space, wish, first, Saving())
        assert last.already is None
        assert sum(targeting.in_force(space.store)["value"]) == 2400


def test_a_locked_version_is_not_saved_over(space: Workspace) -> None:
    with space:
        wish = Wish(2025, total=D(2400), how="even")
        made = proposed(space, wish).split
        plan_files.save(space, wish, made, Saving())
        targeting.lock(space, 2025, "budget")
        with pytest.raises(TargetError) as fault:
            plan_files.save(space, wish, made, Saving())
        assert fault.value.code == "version_locked"
        with pytest.raises(TargetError) as unnamed:
            plan_files.save(space, wish, made, Saving(" "))
        assert unnamed.value.code == "version_unnamed"


def test_rates_are_set_where_they_are_meant(space: Workspace) -> None:
    with space:
        wish = Wish(2025, ("channel",), "market_share")
        points = {("2025年", ("天猫",)): D("0.12"), ("2025Q2", ("京东",)): D("0.3")}
        plan_files.save_points(space, wish, points, Saving())
        found = targeting.in_force(space.store)
        assert sorted(zip(found["channel"], found["period"], found["value"], strict=True)) == [
            ("京东", "quarter", D("0.3")),
            ("天猫", "year", D("0.12")),
        ]
        with pytest.raises(TargetError):
            proposed(space, wish)


def test_smart_and_mismatch_of_what_is_saved(space: Workspace) -> None:
    with space:
        company = Wish(2025, (), total=D(4000), how="even")
        plan_files.save(space, company, proposed(space, company).split, Saving())
        parts = Wish(2025, total=D(3600), how="mix")
        plan_files.save(space, parts, proposed(space, parts).split, Saving())
        told = told_of(targeting.in_force(space.store), 2025)
        (gap,) = mismatches(told)
        assert (gap.place, gap.by, gap.gap, gap.mover) == ((), ("channel",), 400, "parts")
        places = [(one.measure, one.place) for one in told]
        history = planning.actuals(space.actuals, places, 2025, "order", "with_tax")
        whole = checked(told, 2025, history, {"net_sales"})[0]
        assert whole.base == 2880 and whole.best is not None
        # 190 a month, then 240: 240 / 190 = 1.263
        assert round(whole.best, 3) == D("0.263") and whole.reach == "above"


def test_a_forecast_makes_a_plan(space: Workspace) -> None:
    with space:
        frame = pd.DataFrame(
            [(202500 + m, c, D(v)) for m in range(1, 13) for c, v in (("天猫", 20), ("京东", 10))],
            columns=["month", "channel", "value"],
        )
        wish = Wish(2025, total=D(720))
        assert planning.from_forecast(wish, frame).sum_of(("天猫",)) == 480
        assert planning.from_forecast(Wish(2025), frame).sum_of() == 360


def test_the_own_forecast_makes_a_plan(space: Workspace) -> None:
    with space:
        made = proposed(space, Wish(2025, forecast=True)).split
        # 天猫 has sold 150 a month for a year and 100 before: the year ahead lies above the mean.
        assert D(1500) < made.sum_of(("天猫",)) < D(2400)
        assert made.sum_of(("京东",)) == 960
        with pytest.raises(TargetError):
            proposed(space, Wish(2035, forecast=True))


def test_a_channel_without_partners_is_its_own_leaf(space: Workspace) -> None:
    with space:
        more = "销售日期,渠道,经销商,销售额\n2024-03-05,经销商,甲,600\n2024-03-06,经销商,,40\n"
        bring(space, "经销商.csv", more.encode())
        wish = Wish(2025, ("channel", "partner"), total=D(3480), how="mix")
        made = proposed(space, wish).split
        assert made.sum_of(("天猫",)) == 1800 and ("天猫",) in made.leaves
        assert made.sum_of(("经销商", "甲")) == 600 == made.sum_of(("经销商",))
        assert made.defaults == {}


def test_milestones_are_kept_as_one_list(space: Workspace) -> None:
    with space:
        rows = [("618 备货", "2025-05-20", "net_sales", D(500), "天猫", "李", "进行中"),
                ("年中会", "2025-07-01", None, None, None, None, None)]  # fmt: skip
        frame = pd.DataFrame(rows, columns=list(plan_files.MILESTONES))
        plan_files.save_milestones(space, frame)
        assert plan_files.milestones(space)["milestone"].tolist() == ["618 备货", "年中会"]
        plan_files.save_milestones(space, frame.head(1))
        found = plan_files.milestones(space)
        assert found["milestone"].tolist() == ["618 备货"]
        assert found["value"].tolist() == [D(500)]
        with pytest.raises(TargetError):
            plan_files.save_milestones(space, frame.assign(due=None))


# --- the commands ---------------------------------------------------------------------


def test_the_commands_import_and_split(space: Workspace, tmp_path: Path) -> None:
    space.close()
    home = ("--home", tmp_path)
    file = tmp_path / "目标.csv"
    file.write_text("目标期间,渠道,目标值\n2025Q1,天猫,1.2万\n2025-04,天猫,-\n", encoding="utf-8")
    (told,) = chanplan("targets", "import", file, *home, "--json").json
    assert (told["table"], told["rows"]["loaded"]) == ("targets", 2)
    with Workspace.open(tmp_path) as space:
        targeting.lock(space, 2025, "budget")
    file.write_text("目标期间,渠道,目标值\n2025Q1,天猫,9万\n", encoding="utf-8")
    late = chanplan("targets", "import", file, *home, "--json")
    assert late.json[0]["locked_versions"] == [{"year": 2025, "version": "budget", "rows": 1}]
    assert "budget" in late.err
    with Workspace.open(tmp_path) as space:
        targeting.lock(space, 2025, "budget", on=False)
    said = chanplan("targets", "split", "--year", "2025", "--total", "12000000", "--by",
                    "month,channel", "--lock", "channel=天猫:300000", "--json", *home)  # fmt: skip
    rows = said.json["rows"]
    assert sum(D(row["target"]) for row in rows) == 12_000_000
    assert sum(D(row["target"]) for row in rows if row["channel"] == "天猫") == 300_000
    assert said.json["last_year"] == "2880"
    kept = chanplan("targets", "split", "--year", "2025", "--growth", "8%", "--how", "even",
                    "--save", "--version", "滚动1", "--reason", "试", *home)  # fmt: skip
    assert kept.code == 0 and "滚动1" in kept.out
    as_csv = chanplan("targets", "split", "--year", "2025", "--total", "120", "--csv", *home)
    assert as_csv.out.splitlines()[0] == "month,channel,target"
    assert len(as_csv.out.splitlines()) == 1 + 36 and HOSTILE in as_csv.out
    for wrong, code in ((("--measure", "new_customers"), 1), (("--lock", "shop=1:2"), 2),
                        (("--by", "moon"), 2), (("--total", "lots"), 2)):  # fmt: skip
        assert chanplan("targets", "split", "--year", "2025", *wrong, *home).code == code
