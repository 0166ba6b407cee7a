"""The app starts on an empty store, in either language, and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.running_app import RunningApp
from tests.browser.screen import settled, shows_no_fault

CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")


@pytest.fixture
def app(empty_app: RunningApp) -> RunningApp:
    return empty_app


def test_an_empty_store_opens_and_says_what_to_do(open_page: Callable[..., Page]) -> None:
    for locale in ("zh-CN", "en-US"):
        page = open_page(locale)
        shows_no_fault(page)
        heading = page.get_by_test_id("stHeading").first
        expect(heading).to_be_visible()
        chinese = bool(CHINESE.search(heading.inner_text()))
        assert (locale, chinese) == (locale, locale == "zh-CN")
        page.get_by_test_id("stMain").get_by_role("button").first.click()
        expect(page.locator("input[type=file]")).to_be_attached()
        settled(page)
        shows_no_fault(page)
