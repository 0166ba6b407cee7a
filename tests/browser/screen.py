"""What a journey waits for and looks at on any page of the app."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import Error, FloatRect, Locator, Page, expect

# Milliseconds to wait for the screen; generous, for a machine that does other things too.
PATIENCE = 30_000
# Milliseconds within which all charts have followed their window.
LAID_OUT = 5_000
# Milliseconds between two touches of a chart, and how often before it must have answered.
TOUCH, MOST_TOUCHES = 200, 40
# Milliseconds in which a click is answered, and how often a hand clicks before it gives up.
ANSWER, MOST_CLICKS = 5_000, 3
# Put into a page before it loads: remembers every text that has ever stood on it, however
# shortly. Pictures drawn with a font's ligatures (icons) are no text.
WATCH_TEXTS = """
(() => {
  const seen = window.textsEverShown = new Set();
  const silent = "script, style, noscript, title, [data-testid=stIconMaterial], "
    + "[data-testid=stExpanderIcon], [role=img]";
  const note = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.textContent.trim();
      if (text && node.parentElement && !node.parentElement.closest(silent)) seen.add(text);
    } else node.childNodes.forEach(note);
  };
  new MutationObserver((records) => records.forEach((record) => {
    if (record.type === "characterData") note(record.target);
    record.addedNodes.forEach(note);
  })).observe(document, {subtree: true, childList: true, characterData: true});
})()
"""


def settled(page: Page) -> None:
    """Wait until the app has connected and its script has run to the end."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)


def shows_no_fault(page: Page) -> None:
    """No exception box stands on the page (a sentence for the person is not one)."""
    expect(page.get_by_test_id("stException")).to_have_count(0)


def titled(page: Page, title: str) -> None:
    """Wait until the page with this title stands there whole."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=PATIENCE)
    settled(page)


def go(page: Page, title: str) -> None:
    """Follow the sidebar's link to a page."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    titled(page, title)


def follow(page: Page, path: str) -> None:
    """Go to the page at `path` as its link does, be the menu open or not."""
    if urlsplit(page.url).path == path:
        return
    title = page.get_by_role("heading", level=1)
    left = title.inner_text()
    link = page.get_by_test_id("stSidebarNav").locator(f"a[href$='{path}']")
    link.dispatch_event("click")
    expect(title).not_to_have_text(left, timeout=PATIENCE)
    settled(page)


def figure(page: Page, label: str) -> Locator:
    """The value of a key figure."""
    card = page.get_by_test_id("stMetric").filter(has_text=label).first
    return card.get_by_test_id("stMetricValue")


def block(page: Page, key: str) -> Locator:
    """What was drawn under a key of Streamlit's."""
    return page.locator(f".st-key-{key}")


def table(page: Page, alt: str) -> Locator:
    """The table whose text alternative begins so."""
    return page.get_by_role("region", name=re.compile(f"^{re.escape(alt)}")).first


def cell(table: Locator, row: int, column: int) -> Locator:
    """A cell of a table, counted from 0: numbers as they are, not as they are written.

    A table is drawn only where one looks, and only the columns one sees.
    """
    table.scroll_into_view_if_needed()
    return table.get_by_test_id(f"glide-cell-{column}-{row}")


def choose(page: Page, key: str, option: str) -> None:
    """Pick an option of the list that was drawn under this key. After a chart the first touch
    may only take the reader there, and a page that is drawn anew closes the list: a hand that
    sees none touches again."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(MOST_TOUCHES):
        block(page, key).get_by_role("combobox").click()
        if _comes(wanted):
            with suppress(Error):
                wanted.click(timeout=ANSWER)
                return
    wanted.click()


def click_mark(page: Page, chart: Locator, mark: Locator) -> None:
    """Click a bar of a chart as a hand does: once it has told what it is, and again where the
    address still says the same when the page is at rest.

    When the pointer comes, Streamlit draws the chart anew, and what is touched meanwhile is
    forgotten; a hand goes on.
    """
    before = page.url
    for _ in range(MOST_CLICKS):
        _clicked(page, chart, mark)
        with suppress(AssertionError):
            expect(page).not_to_have_url(before, timeout=ANSWER)
        settled(page)
        if page.url != before:
            return
    raise AssertionError("the chart does not answer a click")


def _clicked(page: Page, chart: Locator, mark: Locator) -> None:
    place = _reached(mark)
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    told = chart.locator(".hoverlayer .hovertext").first
    for touch in range(MOST_TOUCHES):
        page.mouse.move(x + touch % 5, y + touch % 3)
        if _comes(told):
            break
    page.mouse.click(x, y)


def _reached(mark: Locator) -> FloatRect:
    """Where the mark is once the pointer is on it; None tells that it has just been redrawn."""
    for _ in range(MOST_TOUCHES):
        with suppress(Error):  # the mark has gone while the pointer came
            mark.hover(force=True)  # a layer of the chart's own lies above its marks
        place = mark.bounding_box()
        if place is not None:
            return place
    raise AssertionError("the chart does not come to rest")


def _comes(told: Locator) -> bool:
    try:
        expect(told).to_be_visible(timeout=TOUCH)
    except AssertionError:
        return False
    return True


def texts_ever_shown(page: Page) -> set[str]:
    """Every text since the page was loaded; needs `open_page(…, watched=True)`."""
    return set(page.evaluate("[...window.textsEverShown]"))


def overhang(page: Page) -> int:
    """Pixels by which the page is wider than its window, as a whole or in its main part; charts
    follow a window in steps, so that they are given time."""
    with suppress(Error):
        page.wait_for_function(f"{_OVERHANG} <= 0", timeout=LAID_OUT)
    return int(page.evaluate(_OVERHANG))


def opened_at(page: Page, width: int) -> None:
    """The same page as a window of this width opens it: a chart that was drawn while the sidebar
    came in may stay as wide as it was for a moment."""
    height = (page.viewport_size or {"height": 900})["height"]
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    settled(page)


def fits(page: Page, width: int) -> None:
    """Wait until nothing is wider than a window of this width; charts follow it in steps."""
    height = (page.viewport_size or {"height": 900})["height"]
    page.set_viewport_size({"width": width, "height": height})
    fitted = f"width => innerWidth === width && {_OVERHANG} <= 0"
    page.wait_for_function(fitted, arg=width, timeout=PATIENCE)


_OVERHANG = """Math.max(...[document.documentElement,
  ...document.querySelectorAll("[data-testid=stMain]")
].map((part) => part.scrollWidth - part.clientWidth))"""
