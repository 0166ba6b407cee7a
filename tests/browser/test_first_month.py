"""From an empty store, in either language, to what stands behind a channel, as a new user goes."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import exports, screen

CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
NAME = "渠道销售明细202403.csv"


def test_a_month_end_file_becomes_channels_and_products(open_page: Callable[..., Page]) -> None:
    an_empty_store_opens_and_says_what_to_do(open_page("en-US"), chinese=False)
    page = open_page("zh-CN")
    an_empty_store_opens_and_says_what_to_do(page, chinese=True)
    screen.titled(page, "导入")
    its_recognition_is_shown(page)
    its_rows_are_accounted_for(page)
    its_totals_are_on_the_overview(page)
    a_click_on_a_channel_shows_its_products(page)
    its_address_opens_the_same(page, open_page)


def an_empty_store_opens_and_says_what_to_do(page: Page, chinese: bool) -> None:
    screen.shows_no_fault(page)
    heading = page.get_by_test_id("stHeading").first
    expect(heading).to_be_visible()
    assert bool(CHINESE.search(heading.inner_text())) == chinese
    page.get_by_test_id("stMain").get_by_role("button").first.click()
    expect(page.locator("input[type=file]")).to_be_attached()
    screen.settled(page)
    screen.shows_no_fault(page)


def its_recognition_is_shown(page: Page) -> None:
    file = {"name": NAME, "mimeType": "text/csv", "buffer": exports.first_quarter()}
    page.locator("input[type=file]").set_input_files(file)
    facts = page.get_by_test_id("stTable")
    expect(facts).to_contain_text("文件 9 行 = 载入 7 + 搁置 1 + 跳过 1")
    expect(facts).to_contain_text("2024年2月–3月（2 个月）")
    expect(facts).to_contain_text("5,601.00")
    kept_back = page.get_by_test_id("stAlert").filter(has_text="有 1 行会先搁置")
    expect(kept_back).to_contain_text("1 行读不成金额（净销售额）")
    columns = screen.table(page, "识别出的列")
    expect(screen.cell(columns, 0, 1)).to_have_text("下单日期")


def its_rows_are_accounted_for(page: Page) -> None:
    page.get_by_role("button", name="导入这个文件").click()
    done = page.get_by_test_id("stAlert").filter(has_text="载入完成")
    expect(done).to_have_text(re.compile("载入完成：1 个文件，7 行.另有 1 行搁置"))
    screen.settled(page)
    counted = screen.table(page, "每个文件的导入结果")
    assert exports.ROWS == exports.LOADED + exports.SET_ASIDE + exports.SKIPPED
    told = [exports.ROWS, exports.LOADED, exports.SET_ASIDE, exports.SKIPPED]
    for column, count in zip((3, 4, 5, 6), told, strict=True):
        expect(screen.cell(counted, 0, column)).to_have_text(str(count))
    aside = screen.table(page, "搁置的行")
    expect(screen.cell(aside, 0, 0)).to_have_text("10")  # the title is line 1
    expect(screen.cell(aside, 0, 1)).to_have_text("读不成金额（净销售额）")


def its_totals_are_on_the_overview(page: Page) -> None:
    page.get_by_test_id("stPageLink").get_by_role("link", name="总览").click()
    screen.titled(page, "总览")
    expect(page.get_by_test_id("stMain")).to_contain_text("净销售额 5,601")
    expect(screen.figure(page, "净销售额")).to_have_text("5,601")
    expect(screen.figure(page, "订单数")).to_have_text("6")
    rests = screen.block(page, "rests")
    expect(rests).to_contain_text("1 行搁置")
    expect(rests.get_by_role("link", name="数据")).to_be_visible()
    screen.shows_no_fault(page)


def a_click_on_a_channel_shows_its_products(page: Page) -> None:
    screen.go(page, "渠道")
    screen.choose(page, "period", "月")
    expect(page.get_by_test_id("stCaptionContainer").first).to_contain_text("2024年3月")
    # The address follows a moment later; a click is told by the address that changes after it.
    expect(page).to_have_url(re.compile("period=month"))
    screen.settled(page)
    ranking = screen.block(page, "channel_opened_bars")
    bars = ranking.locator(".bars .point path")
    expect(bars).to_have_count(3)
    screen.click_mark(page, ranking, bars.first)
    opened_is_shown(page)
    address = page.url
    assert "period=month" in address and "channel_opened=" in address


def its_address_opens_the_same(page: Page, open_page: Callable[..., Page]) -> None:
    path = page.url[page.url.index("/channels") :]
    other = open_page("zh-CN", path)
    screen.titled(other, "渠道")
    expect(other.get_by_test_id("stCaptionContainer").first).to_contain_text("2024年3月")
    opened_is_shown(other)


def opened_is_shown(page: Page) -> None:
    """天猫 in March: 气泡水 2,000 - 100 = 1,900, 薯片 300.25."""
    expect(page.get_by_role("heading", name="天猫：由哪些产品、区域、伙伴构成")).to_be_visible()
    screen.settled(page)
    behind = screen.table(page, "各产品的净销售额、占比和变化")
    for number, product, amount in ((0, "气泡水", "1900"), (1, "薯片", "300.25")):
        expect(screen.cell(behind, number, 0)).to_have_text(product)
        expect(screen.cell(behind, number, 1)).to_have_text(amount)
