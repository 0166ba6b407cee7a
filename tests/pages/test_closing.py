"""Closing on the month's page, closed months in a page's head, late lines on the import page."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.ingest.recognise import Hints
from chanplan.language import text
from chanplan.workspace import Workspace
from tests.pages.conftest import Open
from tests.pages.test_imports_page import uploaded

HEAD = "渠道,日期,订单号,金额\n"
FIRST = HEAD + "天猫,2024-01-03,a1,100\n天猫,2024-01-31,a2,50\n天猫,2024-02-29,a3,20\n"
LATE = HEAD + "京东,2024-01-05,b1,7\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Workspace.open(tmp_path) as space:
        _bring(space, FIRST, "流水.csv")
    return tmp_path


def _bring(space: Workspace, told: str, name: str, late=None) -> None:
    original = space.receive(name, told.encode())
    space.load(original, space.inspect(original, Hints(source=name[:2])), late=late)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_month_is_closed_and_opened_with_a_reason(open_page: Open, home: Path, lang: str) -> None:
    app = open_page(home, "month", lang, closing="2024-01")
    assert not app.exception
    app.text_input(key="close_reason").set_value("一月").run()
    app.button(key="close_do").click().run()
    assert not app.exception
    month = {"zh": "2024年1月", "en": "Jan 2024"}[lang]
    said = text(lang, "closing.made_final", month=month, number=1)
    assert said in [one.value for one in app.success]
    assert any("一月" in one.value for one in app.caption)
    app.button(key="reopen_do").click().run()
    assert text(lang, "closing.reason_needed") in [one.value for one in app.error]
    app.text_input(key="close_reason").set_value("改").run()
    app.button(key="reopen_do").click().run()
    assert text(lang, "closing.reopened", month=month) in [one.value for one in app.success]


def test_a_change_is_told_by_its_deeds_and_in_every_head(open_page: Open, home: Path) -> None:
    with Workspace.open(home) as space:
        space.closings.close(202401)
        _bring(space, LATE, "京东.csv", "post")
    app = open_page(home, "month", "zh", closing="2024-01")
    assert not app.exception
    heads = [one.value for one in app.header]
    assert any("报出 150" in one and "+7" in one and "京东.csv" in one for one in heads)
    app = open_page(home, "overview", "zh")
    assert not app.exception
    [badge] = [one for one in app.get("page_link") if "已决算" in one.proto.label]
    assert badge.proto.label == "2024年1月已决算，之后变化 +7"


def test_orders_are_told_whole(open_page: Open, home: Path) -> None:
    with Workspace.open(home) as space:
        space.closings.close(202401)
        _bring(space, LATE, "京东.csv", "post")
    app = open_page(home, "month", "zh", closing="2024-01", closed_measure="orders")
    assert not app.exception
    assert text("zh", "closing.unsplit") in [one.value for one in app.caption]


def test_late_lines_are_left_out_until_somebody_says_where_they_count(
    open_page: Open, home: Path
) -> None:
    with Workspace.open(home) as space:
        space.closings.close(202401)
    app = uploaded(open_page(home, "imports"), 京东__csv=LATE.encode())
    assert not app.exception
    assert app.button(key="import_load").disabled
    [choice] = [one for one in app.radio if one.label == text("zh", "closing.late_ask")]
    app = choice.set_value("post").run()
    assert not app.button(key="import_load").disabled
    app = app.button(key="import_load").click().run()
    assert not app.exception
    assert any("计入 2024年2月" in one.value for one in app.info)
