"""The app starts on an empty store, in either language, and asks nothing of the outside world."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import shows_no_fault

CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_an_empty_store_opens_and_stays_on_this_computer(
    open_page: Callable[..., Page], outside: list[str], locale: str
) -> None:
    page = open_page(locale)
    shows_no_fault(page)
    heading = page.get_by_test_id("stHeading").first
    expect(heading).to_be_visible()
    assert bool(CHINESE.search(heading.inner_text())) == (locale == "zh-CN")
    assert outside == []
