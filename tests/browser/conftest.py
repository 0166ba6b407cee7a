"""The browser a journey uses, the app it visits, and the pages it opens.

def test_x(app, open_page):
    page = open_page("zh-CN")            # or "en-US"; the address defaults to the app's
    page.locator("input[type=file]").set_input_files(…)
    settled(page)                        # from tests.browser.screen
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.browser import chromium
from tests.browser.running_app import HOST, RunningApp, served
from tests.browser.screen import PATIENCE, settled

# Pictures of pages at which a test failed.
FAILED = Path(__file__).parent / "failed"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a worker; its absence is a failure, never a skip."""
    path = chromium.executable()
    if path is None:
        pytest.fail(chromium.MISSING_BROWSER)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path)
        yield running
        running.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The real app on an empty store, one for each file of tests."""
    with served(tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture
def outside() -> list[str]:
    """Addresses beyond this computer that opened pages asked for; each was refused."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, app: RunningApp, outside: list[str], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """`open_page(locale, path="/", width=1400, height=900)` opens the app and waits for it."""
    contexts: list[BrowserContext] = []

    def refuse_outside(route: Route) -> None:
        if urlsplit(route.request.url).hostname == HOST:
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    def open_one(
        locale: str = "zh-CN", path: str = "/", width: int = 1400, height: int = 900
    ) -> Page:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": height}, accept_downloads=True
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.route("**/*", refuse_outside)
        page = context.new_page()
        page.goto(app.url + path)
        settled(page)
        return page

    yield open_one
    if request.node.stash.get(FAILURE, False):
        _keep_pictures(contexts, request.node.name)
        print(app.log.read_text("utf-8", errors="replace"))  # shown beside the failure
    for context in contexts:
        context.close()


def _keep_pictures(contexts: list[BrowserContext], test: str) -> None:
    FAILED.mkdir(exist_ok=True)
    name = "".join(sign if sign.isalnum() else "_" for sign in test)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=FAILED / f"{name}_{number}.png", full_page=True)


FAILURE = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, so that `open_page` keeps a picture of what stood on the screen."""
    report = yield
    if report.when == "call":
        item.stash[FAILURE] = report.failed
    return report
