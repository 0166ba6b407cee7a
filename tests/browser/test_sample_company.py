"""A newcomer's first minutes: the sample company, a channel, a link, the way back, a download."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Locator, Page, expect

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.language.numbers import Formatter
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.browser import screen
from tests.stores import simulated

WIDTHS = (390, 1920, 1440)  # the last is the one to go on with
PAGES = ("总览", "渠道", "产品", "导入", "数据", "名称对照", "术语")
DOOR_PATIENCE = 120_000


def test_from_the_first_screen_to_a_link_and_a_download(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("zh-CN")
    the_sample_comes_in(page)
    a_clicked_mover_narrows_every_page(page)
    opened = a_clicked_channel_is_in_the_address(page)
    a_new_window_shows_the_same(opened, open_page)
    back_and_forward_work(page)
    language_and_theme_keep_the_place(page)
    lines_come_back_to_the_same_totals(page, tmp_path)
    every_page_fits(page)


def the_sample_comes_in(page: Page) -> None:
    screen.block(page, "door_sample").get_by_role("button").click()
    expect(screen.figure(page, "净销售额")).to_be_visible(timeout=DOOR_PATIENCE)
    screen.titled(page, "总览")
    ledger = simulated().ledger.totals("shipment", ("month",))
    year = ledger.loc[ledger["month"] // 100 == 2025, "net_sales"].sum()
    expect(screen.figure(page, "净销售额")).to_have_text(Formatter("zh").money(year))


def a_clicked_mover_narrows_every_page(page: Page) -> None:
    whole = screen.figure(page, "净销售额").inner_text()
    chart = screen.block(page, "movers_channel")
    screen.click_mark(page, chart, chart.locator(".bars .point path").first)
    crumb = screen.block(page, "crumb_channel").get_by_role("button")
    expect(crumb).to_contain_text("抖音直播")
    screen.settled(page)
    assert asked(page)["channel"] == ["抖音直播"]
    expect(screen.figure(page, "净销售额")).not_to_have_text(whole)
    screen.block(page, "crumb_reset").get_by_role("button").click()
    expect(screen.figure(page, "净销售额")).to_have_text(whole)
    screen.settled(page)
    assert "channel" not in asked(page)


def a_clicked_channel_is_in_the_address(page: Page) -> str:
    """天猫 is the second largest; returns the address."""
    screen.go(page, "渠道")
    chart = screen.block(page, "channel_opened_bars")
    screen.click_mark(page, chart, chart.locator(".bars .point path").nth(1))
    opened_is_shown(page)
    assert asked(page)["channel_opened"] == ["天猫"]
    return page.url


def a_new_window_shows_the_same(address: str, open_page: Callable[..., Page]) -> None:
    other = open_page("zh-CN", urlsplit(address).path + "?" + urlsplit(address).query)
    screen.titled(other, "渠道")
    opened_is_shown(other)
    other.close()


def back_and_forward_work(page: Page) -> None:
    screen.choose(page, "period", "年初至今")
    expect(page).to_have_url(re.compile("/channels.*period=year_to_date"))
    screen.settled(page)
    screen.go(page, "产品")
    expect(page).to_have_url(re.compile("/products.*period=year_to_date"))
    page.go_back()
    expect(page).to_have_url(re.compile("/channels.*period=year_to_date"))
    screen.titled(page, "渠道")
    opened_is_shown(page)
    expect(period(page)).to_have_value("年初至今")
    page.go_back()
    opened_is_shown(page)
    expect(period(page)).to_have_value("最近 12 个月")
    page.go_forward()
    expect(period(page)).to_have_value("年初至今")
    screen.settled(page)


def language_and_theme_keep_the_place(page: Page) -> None:
    paper = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).not_to_have_css("background-color", paper)
    opened_is_shown(page)
    page.emulate_media(color_scheme="light")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", paper)
    switch = page.get_by_test_id("stSidebar")
    switch.get_by_role("radio", name="English").click()
    screen.titled(page, "Channels")
    expect(page.get_by_role("heading", name="天猫:")).to_be_visible()
    switch.get_by_role("radio", name="中文").click()
    screen.titled(page, "渠道")
    opened_is_shown(page)


def lines_come_back_to_the_same_totals(page: Page, folder: Path) -> None:
    """What stands behind 天猫 in the sample, saved in both forms, imported into empty stores."""
    page.get_by_text("这些数字背后的明细行").click()
    shown = figure_of(page)
    for form in ("csv", "xlsx"):
        with page.expect_download() as told:
            screen.block(page, f"channel_behind_lines_lines_{form}").get_by_role("button").click()
        file = folder / told.value.suggested_filename
        told.value.save_as(file)
        with Workspace.open(folder / file.suffix[1:]) as store:
            original = store.receive(file.name, file)
            outcome = store.load(original, store.inspect(original))
            assert outcome.counts.set_aside == 0
            asked_for = MetricQuery(("net_sales",), Scope(Period(202501, 202512)))
            found = store.ask(asked_for).frame["net_sales"].iloc[0]
        assert found == shown


def every_page_fits(page: Page) -> None:
    for title in PAGES:
        screen.go(page, title)
        for width in WIDTHS:
            screen.fits(page, width)


def period(page: Page) -> Locator:
    return screen.block(page, "period").get_by_role("combobox")


def opened_is_shown(page: Page) -> None:
    expect(page.get_by_role("heading", name="天猫：由哪些产品、区域、伙伴构成")).to_be_visible()
    screen.settled(page)


def figure_of(page: Page) -> Decimal:
    """Net sales of 天猫: the table's cell holds it in 万, exactly."""
    table = screen.table(page, "各渠道的净销售额")
    return Decimal(screen.cell(table, 1, 1).inner_text()) * 10_000


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(unquote(page.url)).query)
