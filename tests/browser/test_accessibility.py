"""No serious fault of accessibility on any page, light and dark, wide and on a phone; it all fits;
and a Chinese reader with a phone sees no English.

Neither contrast nor names depend on how a theme, a language and a width meet, so each theme is
looked at in one language and one width; on an empty store, the pages that look different there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import axe, screen
from tests.browser.running_app import RunningApp

EMPTY = ("/", "/imports", "/data")
LOADED = (
    "/", "/channels", "/products", "/fit", "/concentration", "/profit", "/flows",
    "/pivot", "/planning", "/targets", "/month", "/reconcile", "/company", "/organisation",
    "/imports", "/data", "/names", "/glossary",
)  # fmt: skip
# Pages that ask whose customers are meant, once that is said.
CHOSEN = (
    "/segments?population=consumer", "/clusters?population=consumer",
    "/retention?population=consumer", "/care?population=partner",
    "/customer?population=partner&customer=D008",
)  # fmt: skip
# Opened by their address, where a Chinese reader sees no English, not even for a moment.
CHINESE = ("/", "/channels", "/products", "/imports", "/data")
PHONE: ViewportSize = {"width": 390, "height": 844}
# Words without a Chinese sign that a Chinese reader may see, and why.
SEEN = {
    "English",  # the language switch names each language in itself
    "Skip to main content",  # Streamlit's own, for readers of the screen aloud
    "Upload",  # Streamlit's own uploader: in the page, but our words are drawn in their place
    "200MB per file",
    "• CSV, TSV, TXT, GZ, ZIP, XLSX, XLS, XLSM, XLSB, ODS, HTML, XML, PARQUET, PQ",
}
# A path of this computer, and points ("pp"), which Chinese reports write so too.
NOT_ENGLISH = re.compile(r"[\u4e00-\u9fff]|^/|:\\|^[-+]?[\d,.]+ pp$")


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
    """What Streamlit shows to the very first visitor after a start is not ours: before our first
    line runs it lists the files of pages/ by their names. Hence the page visited before."""
    page = open_page(locale, theme=theme, width=width, watched=True)
    for path in EMPTY:
        page.goto(app.url + path)
        screen.settled(page)
        is_fit_for_everyone(page, path, spoken)
    page.goto(loaded_app.url)
    screen.settled(page)
    for path in LOADED:
        if spoken == "zh-CN" and path in CHINESE:
            is_chinese_on_a_phone(page, loaded_app.url, path)
            screen.opened_at(page, width)
        else:
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


def is_chinese_on_a_phone(page: Page, url: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(url + path)
    screen.settled(page)
    assert (path, screen.overhang(page)) == (path, 0)
    assert (path, set(filter(is_english, screen.texts_ever_shown(page)))) == (path, set())


def is_english(text: str) -> bool:
    """Whether this is English that has no business in the Chinese view."""
    return bool(re.search(r"[A-Za-z]{2,}", text)) and not (text in SEEN or NOT_ENGLISH.search(text))
