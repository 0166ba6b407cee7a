"""A month's end as an analyst lives it: what is left, the close, a line that comes late, and what
was reported beside what stands now."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace
from tests.browser import screen

HEAD = "日期,渠道,产品,订单编号,金额\n"
MAY = HEAD + "2025-05-05,天猫,茶,A1,100\n2025-05-31,天猫,水,A2,60\n"
JUNE = HEAD + "2025-06-05,天猫,茶,A3,120\n2025-06-30,天猫,水,A4,70\n"
JULY = HEAD + "2025-07-03,天猫,茶,A5,50\n2025-07-31,天猫,水,A6,30\n"
# One more line of June, and one of July.
LATE = HEAD + "2025-06-20,天猫,茶,A7,25\n2025-07-31,天猫,茶,A8,5\n"


@pytest.fixture(scope="module")
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app on three months of one shop."""
    folder = tmp_path_factory.mktemp("month_end")
    with Workspace.open(folder / "home") as space:
        for name, text in (("5月.csv", MAY), ("6月.csv", JUNE), ("7月.csv", JULY)):
            original = space.receive(name, text.encode())
            space.load(original, space.inspect(original, Hints(source="店铺")))
    return folder


def test_a_month_is_closed_and_a_late_line_is_told(open_page: Callable[..., Page]) -> None:
    page = open_page("zh-CN", "/month?closing=2025-06")
    its_report_is_ticked_off(page)
    it_is_closed_with_a_reason(page)
    a_late_line_counts_in_the_open_month(page)
    what_was_reported_stands_beside_what_is_now(page, open_page)


def its_report_is_ticked_off(page: Page) -> None:
    expect(page.get_by_test_id("stHeading").nth(1)).to_contain_text("2025年6月：8 步完成")
    screen.block(page, "month_steps").get_by_role("button", name="勾掉").last.click()
    page.get_by_placeholder("例如：已和店铺确认").last.fill("发给老板")
    page.get_by_role("button", name="这一步完成").last.click()
    expect(screen.block(page, "month_steps")).to_contain_text("发给老板")
    screen.settled(page)


def it_is_closed_with_a_reason(page: Page) -> None:
    screen.block(page, "close_open").locator("summary").click()
    page.get_by_placeholder("例如：给老板的第一版").fill("6月决算")
    page.get_by_role("button", name="关账", exact=True).click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text("2025年6月 已关账")
    expect(screen.block(page, "month_steps")).to_contain_text("已关账")
    screen.settled(page)
    screen.shows_no_fault(page)


def a_late_line_counts_in_the_open_month(page: Page) -> None:
    screen.go(page, "导入")
    file = {"name": "补单.csv", "mimeType": "text/csv", "buffer": LATE.encode()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_test_id("stMain")).to_contain_text("2025年6月 已关账：这份文件里有它的 1 行")
    page.get_by_test_id("stRadio").get_by_text(re.compile("计入")).first.click()
    screen.settled(page)


def what_was_reported_stands_beside_what_is_now(page: Page, open_page: Callable[..., Page]) -> None:
    page.get_by_role("button", name="导入这个文件").click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text("载入完成")
    screen.settled(page)
    overview = open_page("zh-CN", "/?period=month&month=2025-06")
    overview.get_by_role("link", name=re.compile("2025年6月已决算")).click()
    screen.titled(overview, "本月关账")
    said = overview.get_by_test_id("stHeading").filter(has_text="报出")
    expect(said).to_contain_text("报出 190")
    expect(said).to_contain_text("现在 215")
    screen.shows_no_fault(overview)
