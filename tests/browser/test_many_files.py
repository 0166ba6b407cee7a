"""Several files at once: one answer serves all that ask, and a broken one stops none."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import exports, screen

# 100 + 20 + 3 = 123 in January and 400 + 50 = 450 in February, together 573.
FILES = {
    "一月.csv": exports.shop_month(1, 100, 20, 3),
    "二月.csv": exports.shop_month(2, 400, 50),
    "断掉的.xlsx": exports.half_a_workbook(),
}

# Lines that take longer than closing a tab.
LONG = 300_000


def test_two_files_ask_once_and_a_broken_one_stops_none(open_page: Callable[..., Page]) -> None:
    page = open_page("zh-CN", "/imports")
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in FILES.items()]
    )
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("这 2 个文件没有渠道列：它们属于哪个渠道？")
    expect(main).to_contain_text("共 3 个文件，0 个可以导入，2 个需要先回答，1 个无法导入")

    page.get_by_placeholder("输入渠道名称").fill("门店")
    page.get_by_role("button", name="确定").click()
    page.get_by_role("button", name="导入可以导入的 2 个文件").click()
    expect(main).to_contain_text("载入完成：2 个文件，5 行。")
    expect(main).to_contain_text("1 个文件没有导入")
    told = page.get_by_test_id("stAlert").filter(has_text="断掉的.xlsx")
    expect(told).to_have_count(1)
    assert "Traceback" not in told.inner_text() and "Error" not in told.inner_text()
    screen.shows_no_fault(page)

    page.get_by_test_id("stPageLink").get_by_role("link", name="渠道").click()
    screen.titled(page, "渠道")
    its_channels_are_counted(page)
    a_closed_tab_neither_breaks_nor_hides_an_import(page, open_page)


def its_channels_are_counted(page: Page) -> None:
    channels = screen.table(page, "各渠道的净销售额")
    expect(screen.cell(channels, 0, 0)).to_have_text("门店")
    expect(screen.cell(channels, 0, 1)).to_have_text("573")


def a_closed_tab_neither_breaks_nor_hides_an_import(
    page: Page, open_page: Callable[..., Page]
) -> None:
    """Whoever comes back sees how far it is, and then what came of it."""
    screen.go(page, "导入")
    page.get_by_role("button", name="继续导入").click()
    rows = "".join(f"2025-{at % 12 + 1:02d}-01,商场,{at % 97}\n" for at in range(LONG))
    file = {"name": "大.csv", "mimeType": "", "buffer": f"日期,渠道,金额\n{rows}".encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="导入这个文件").click()
    expect(page.get_by_role("button", name="停止导入")).to_be_visible()
    page.close()
    later = open_page("zh-CN", "/imports")
    main = later.get_by_test_id("stMain")
    expect(main).to_contain_text(f"1 个文件，新载入 {LONG:,} 行")
    later.get_by_role("button", name="看结果").click()
    expect(main).to_contain_text(f"载入完成：1 个文件，{LONG:,} 行。")
    screen.shows_no_fault(later)
