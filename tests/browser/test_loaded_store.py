"""A store with two imports: switching one off, the two languages, a step behind a change."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.running_app import RunningApp


@pytest.fixture
def app(loaded_app: RunningApp) -> RunningApp:
    """2024: 天猫 1,800 and 抖音 360, together 2,160."""
    return loaded_app


def test_an_import_switched_off_does_not_count_until_it_is_on_again(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("zh-CN")
    expect(screen.figure(page, "净销售额")).to_have_text("2,160")
    for press, told, total in (
        ("关掉这一批", "已关掉，不计入任何数字", "1,800"),
        ("重新打开", "载入 480.00，全部计入净销售额", "2,160"),
    ):
        screen.go(page, "数据")
        page.get_by_role("button", name=press).click()
        expect(page.get_by_text(re.compile(f"抖音.csv.*{told}"))).to_be_visible()
        screen.go(page, "总览")
        expect(screen.figure(page, "净销售额")).to_have_text(total)


def test_the_language_switch_keeps_the_place(open_page: Callable[..., Page]) -> None:
    address = "/channels?period=month&month=2024-03&channel_opened=天猫"
    page = open_page("zh-CN", address)
    screen.titled(page, "渠道")
    for language, title, month, opened in (
        ("English", "Channels", "Mar 2024", "天猫:"),
        ("中文", "渠道", "2024年3月", "天猫："),
    ):
        page.get_by_test_id("stSidebar").get_by_role("radio", name=language).click()
        screen.titled(page, title)
        expect(page.get_by_test_id("stCaptionContainer").first).to_contain_text(month)
        expect(page.get_by_role("heading", name=opened)).to_be_visible()
        assert {"period=month", "month=2024-03"} <= set(page.url.partition("?")[2].split("&"))
    assert "lang=" not in page.url  # the reader's own language needs no telling


def test_a_click_on_a_step_opens_what_makes_it(open_page: Callable[..., Page]) -> None:
    """Price alone moved: 天猫 12 × 50 = 600, 抖音 12 × 20 = 240."""
    page = open_page("zh-CN", "/channels")
    screen.titled(page, "渠道")
    expect(page.get_by_role("heading", name="变化几乎都来自价格：+840")).to_be_visible()
    chart = screen.block(page, "channel_bridge_chart")
    screen.click_mark(page, chart, chart.locator(".bars .point path").nth(1))
    items = screen.table(page, "“价格”由哪些渠道 × 产品构成")
    expect(screen.cell(items, 0, 0)).to_have_text("天猫")
    expect(screen.cell(items, 0, 2)).to_have_text("600")
    expect(screen.cell(items, 1, 2)).to_have_text("240")
    assert "channel_bridge_step=price" in page.url
    page.go_back()
    expect(items).to_have_count(0)
