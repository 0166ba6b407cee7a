"""Makes the pictures of the READMEs: `python -m tests.browser.pictures`.

It starts the real app on the sample company and takes the overview in both languages, into
docs/. Run it again when the page has changed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from chanplan.workspace import Workspace, sample_company
from tests.browser import chromium
from tests.browser.running_app import ROOT, served
from tests.browser.screen import PATIENCE, settled

DOCS = ROOT / "docs"
# Language → the picture, and the browser's locale.
PICTURES = {"zh": ("screenshot.png", "zh-CN"), "en": ("screenshot.en.png", "en-US")}
WINDOW = {"width": 1440, "height": 1080}


def take(browser: Browser, url: str, language: str) -> Path:
    """The overview in this language."""
    name, locale = PICTURES[language]
    page = browser.new_page(locale=locale, viewport=WINDOW, color_scheme="light")
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    settled(page)
    _drawn(page)
    page.screenshot(path=DOCS / name, animations="disabled")
    page.close()
    return DOCS / name


def _drawn(page: Page) -> None:
    """Wait for the charts' marks and for every font."""
    page.locator(".js-plotly-plot .bars .point path").first.wait_for()
    page.get_by_test_id("stMetricChart").last.wait_for()
    page.evaluate("document.fonts.ready")


def main() -> None:
    """Both pictures; exit code 1 and a sentence where there is no Chromium."""
    path = chromium.executable()
    if path is None:
        sys.exit(chromium.MISSING_BROWSER)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        with Workspace.open(Path(folder) / "home") as workspace:
            sample_company.take_in(workspace)
        browser = playwright.chromium.launch(executable_path=path)
        with served(Path(folder)) as app:
            for language in PICTURES:
                picture = take(browser, app.url, language)
                print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
