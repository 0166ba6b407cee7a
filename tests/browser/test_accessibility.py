"""No serious fault of accessibility on any page, light and dark, wide and on a phone; it all fits.

Neither contrast nor names depend on how a theme, a language and a width meet, so each theme is
looked at in one language and one width; on an empty store, the pages that look different there.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, screen
from tests.browser.running_app import RunningApp

EMPTY = ("/", "/imports", "/data")
LOADED = (
    "/", "/channels", "/products", "/fit", "/concentration", "/profit", "/flows",
    "/pivot", "/planning", "/targets", "/imports", "/data", "/names", "/glossary",
)  # fmt: skip
# Pages that ask whose customers are meant, once that is said.
CHOSEN = (
    "/segments?population=consumer", "/clusters?population=consumer",
    "/retention?population=consumer", "/care?population=partner",
    "/customer?population=partner&customer=D008",
)  # fmt: skip


@pytest.fixture
def app(empty_app: RunningApp) -> RunningApp:
    return empty_app


@pytest.mark.parametrize(
    ("theme", "locale", "spoken", "width"),
    [("light", "zh-CN", "zh-CN", 1440), ("dark", "en-US", "en", 390)],
)
def test_every_page_can_be_read_and_used_by_everyone(
    open_page: Callable[..., Page],
    app: RunningApp,
    loaded_app: RunningApp,
    theme: str,
    locale: str,
    spoken: str,
    width: int,
) -> None:
    page = open_page(locale, theme=theme, width=width)
    for path in EMPTY:
        page.goto(app.url + path)
        screen.settled(page)
        is_fit_for_everyone(page, path, spoken)
    page.goto(loaded_app.url)
    screen.settled(page)
    for path in LOADED:
        screen.follow(page, path)
        is_fit_for_everyone(page, path, spoken)
    for path in CHOSEN:
        page.goto(loaded_app.url + path)
        screen.settled(page)
        is_fit_for_everyone(page, path, spoken)


def is_fit_for_everyone(page: Page, path: str, spoken: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", spoken)
    screen.shows_no_fault(page)
    assert (path, screen.overhang(page)) == (path, 0)
    assert (path, axe.grave_faults(page)) == (path, [])
