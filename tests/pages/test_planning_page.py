"""The page of planning: proposes, is edited, saves a version, puts one in force."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.language import text
from chanplan.workspace import Workspace, targeting
from tests.pages.conftest import HOSTILE, Open, sales_csv
from tests.workspace.test_workspace import bring

D = Decimal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two years of sales, 2,880 in the last: 天猫 1,800, 京东 960, one more 120."""
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "两年.csv", sales_csv())
    return tmp_path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_plan_is_proposed_edited_and_saved(open_page: Open, home: Path, lang: str) -> None:
    app = open_page(home, "planning", lang)
    assert not app.exception and not app.error
    none = text(lang, "planning.head_none", year="2025" if lang == "en" else "2025年",
                measure={"zh": "净销售额", "en": "Net sales"}[lang])  # fmt: skip
    assert app.header[0].value == none
    grid = app.dataframe[0].value
    assert grid["member"].tolist() == ["天猫", "京东", HOSTILE]
    assert grid["year"].tolist() == [1944, 1037, 129]  # 8 % more than 1,800, 960 and 120
    assert grid.filter(regex="^2025").sum().sum() == 3110

    app.number_input(key="plan_growth").set_value(0.0).run()
    assert app.dataframe[0].value["year"].tolist() == [1800, 960, 120]
    app.button(key="FormSubmitter:plan_save-" + text(lang, "planning.save")).click().run()
    assert not app.exception and not app.error
    assert app.success and app.header[0].value != none
    with_version = text(lang, "planning.budget")
    assert any(with_version in each.value for each in app.markdown)


def test_versions_are_chosen_and_locked(open_page: Open, home: Path) -> None:
    with Workspace.open(home) as workspace:
        rows = "目标月份,渠道,目标值,版本\n"
        bring(workspace, "a.csv", (rows + "2025-01,天猫,300,预算\n").encode())
        bring(workspace, "b.csv", (rows + "2025-01,天猫,200,滚动1\n").encode())
    app = open_page(home, "planning")
    assert app.header[0].value.startswith("2025年净销售额目标 200")
    app.button(key="choose_2025_budget").click().run()
    assert app.header[0].value.startswith("2025年净销售额目标 300")
    app.button(key="lock_2025_budget").click().run()
    assert not app.exception
    assert app.button(key="lock_2025_budget").label == text("zh", "planning.unlock")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_locked_version_was_told_is_said(open_page: Open, home: Path, lang: str) -> None:
    """The import loads, does not count, and the page says so with what to do."""
    rows = "目标月份,渠道,目标值,版本\n"
    with Workspace.open(home) as workspace:
        bring(workspace, "a.csv", (rows + "2025-01,天猫,300,预算\n").encode())
        targeting.lock(workspace, 2025, "budget")
        bring(workspace, "c.csv", (rows + "2025-01,天猫,900,预算\n").encode())
    app = open_page(home, "planning", lang)
    said = text(lang, "planning.unheard", version="|", files="c.csv", count=1).split("|")
    assert [all(part in each.value for part in said) for each in app.warning] == [True]
    assert " 300" in app.header[0].value


def test_what_is_never_summed_is_set_by_hand(open_page: Open, home: Path) -> None:
    app = open_page(home, "planning", plan_measure="market_share")
    assert not app.exception and not app.error
    assert text("zh", "planning.points_how") in [each.value for each in app.caption]


def test_only_targets_and_no_sales(open_page: Open, tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "目标.csv", "目标月份,渠道,目标值\n2025-01,天猫,300\n".encode())
    app = open_page(tmp_path, "planning")
    assert not app.exception
    assert app.header[0].value.startswith("2025年净销售额目标 300")


def test_the_sample_company_s_plan(open_page: Open, sample_home: Path) -> None:
    app = open_page(sample_home, "planning", plan_year="2025", plan_basis="shipment")
    assert not app.exception and not app.error
    assert app.header[0].value.startswith("2025年净销售额目标 1,462.1万，同比")


def test_milestones_are_shown_whatever_their_state_is_called(open_page: Open, home: Path) -> None:
    rows = "里程碑,里程碑日期,状态\n618,2025-06-18,已完成\n年会,2025-12-01,再议\n"
    with Workspace.open(home) as workspace:
        assert bring(workspace, "里程碑.csv", rows.encode()).table == "milestones"
    app = open_page(home, "planning")
    assert not app.exception
    assert app.dataframe[-1].value["state"].tolist() == ["done", "再议"]
    assert app.button(key="plan_milestones_save").disabled


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(
    open_page: Open, home: Path
) -> None:
    """Both have the plan of 2025 before them: 0 % more is 2,880, 10 % more is 3,168."""
    save = "FormSubmitter:plan_save-" + text("zh", "planning.save")
    first, second = open_page(home, "planning"), open_page(home, "planning")
    first.number_input(key="plan_growth").set_value(0.0).run()
    second.number_input(key="plan_growth").set_value(10.0).run()
    next(one for one in second.text_input if one.key.startswith("plan_reason")).input("我的理由")
    first.button(key=save).click().run()
    assert first.success and "2,880" in first.header[0].value
    second.button(key=save).click().run()
    assert not second.exception and "没有覆盖任何内容" in second.error[0].value
    assert "2,880" in second.header[0].value
    typed = next(one for one in second.text_input if one.key.startswith("plan_reason"))
    assert typed.value == "我的理由"
    second.button(key=save).click().run()  # now knowingly
    assert second.success and "3,168" in second.header[0].value
