"""A click on any bar, cell or step is followed by the page; one step back takes it back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screen

QUARTER = "basis=shipment&period=quarter&quarter=2025-Q2"


@pytest.fixture(scope="module")
def app_folder(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Path:
    """The app on a copy of the sample company."""
    folder = tmp_path_factory.mktemp("clicks")
    shutil.copytree(sample_home, folder / "home")
    return folder


def test_clicks_are_followed_and_taken_back(open_page: Callable[..., Page]) -> None:
    one_step_back_undoes_a_finding_s_button(open_page)
    a_click_is_followed_and_taken_back(open_page)


def one_step_back_undoes_a_finding_s_button(open_page: Callable[..., Page]) -> None:
    page = open_page("zh-CN", f"/?{QUARTER}")
    screen.block(page, "unusual_0").get_by_role("button").click()
    screen.titled(page, "渠道")
    assert kept(page) == {"channel": ["抖音直播"]}
    page.go_back()
    screen.titled(page, "总览")
    assert kept(page) == {}
    page.go_forward()
    screen.titled(page, "渠道")
    assert kept(page) == {"channel": ["抖音直播"]}
    page.go_back()
    screen.titled(page, "总览")
    screen.go(page, "产品")
    assert kept(page) == {} and "quarter=2025-Q2" in page.url
    page.go_back()
    screen.titled(page, "总览")


# Page and its choices, chart, mark → what is kept.
CLICKS = [
    # The first row is 抖音直播's, its second cell those from 天猫.
    ("flows", "", "flows_ways", 1, ["抖音直播", "天猫"]),
    (
        "pivot",
        "&pivot_rows=channel&pivot_measures=net_sales&pivot_chart=bars",
        "pivot_picture",
        1,
        ["经销商"],
    ),
]


def a_click_is_followed_and_taken_back(open_page: Callable[..., Page]) -> None:
    page = open_page("zh-CN", f"/glossary?{QUARTER}", height=2400)
    for where, more, key, at, expected in CLICKS:
        page.goto(f"{urlsplit(page.url)._replace(path='/' + where, query=QUARTER + more).geturl()}")
        chart = screen.block(page, key)
        screen.click_mark(page, chart, chart.locator(".bars .point path").nth(at))
        expect(page).to_have_url(re.compile("[?&]channel="))
        screen.settled(page)
        assert kept(page)["channel"] == expected
        page.go_back()
        expect(page).not_to_have_url(re.compile("[?&]channel="))


def kept(page: Page) -> dict[str, list[str]]:
    """What the address keeps, beside the scope that all begin with."""
    said = parse_qs(urlsplit(page.url).query)
    scope = ("basis", "period", "quarter", "pivot_rows", "pivot_chart", "pivot_measures")
    return {key: values for key, values in said.items() if key not in scope}
