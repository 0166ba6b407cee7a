"""The browser a journey uses, the app it visits, and the pages it opens.

def test_x(app, open_page):
    page = open_page("zh-CN")            # or "en-US"; the address defaults to the app's
    page.locator("input[type=file]").set_input_files(…)
    settled(page)                        # from tests.browser.screen

After every test nothing may have been asked of the outside world, and no page may have
complained in the browser's console.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from chanplan.workspace import Workspace
from tests.browser import chromium, exports
from tests.browser.running_app import HOST, RunningApp, served
from tests.browser.screen import PATIENCE, WATCH_TEXTS, settled

# Pictures of pages at which a test failed.
FAILED = Path(__file__).parent / "failed"
# The browser finds no other computer than this one. Asking it before each request instead, one
# by one, would keep it from remembering the app's own files.
ALONE = f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}"
# On a deep link (/channels) Streamlit's own program first looks for its server below that
# address, is told 404 twice, and goes on to the right place. Nothing of ours can prevent it.
STREAMLIT_LOOKS_FOR_ITSELF = re.compile(r"/\w+/_stcore/(health|host-config)$")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a worker; its absence is a failure, never a skip."""
    path = chromium.executable()
    if path is None:
        pytest.fail(chromium.MISSING_BROWSER)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[ALONE])
        expect.set_options(timeout=PATIENCE)
        yield running
        running.close()


@pytest.fixture(scope="module")
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app has its home; a file of tests may lay a store there before it starts."""
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="module")
def app(app_folder: Path) -> Iterator[RunningApp]:
    """The real app, on an empty store where nothing was laid; one for each file of tests.

    Files whose tests leave the store as it is say that `empty_app` or `loaded_app` is theirs.
    """
    with served(app_folder) as running:
        yield running


@pytest.fixture(scope="session")
def empty_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app on a store into which nobody imports."""
    with served(tmp_path_factory.mktemp("empty")) as running:
        yield running


@pytest.fixture(scope="session")
def loaded_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app on a store with the two imports of `exports.TWO_CHANNELS`."""
    folder = tmp_path_factory.mktemp("loaded")
    with Workspace.open(folder / "home") as workspace:
        for name, content in exports.TWO_CHANNELS.items():
            original = workspace.receive(name, content)
            workspace.load(original, workspace.inspect(original))
    with served(folder) as running:
        yield running


@pytest.fixture(autouse=True)
def outside() -> Iterator[list[str]]:
    """Addresses beyond this computer that opened pages asked for; none is found."""
    asked: list[str] = []
    yield asked
    assert asked == [], "a page asked something of the outside world"


@pytest.fixture(autouse=True)
def complaints() -> Iterator[list[str]]:
    """Errors in the browser's console, and those that no one caught."""
    told: list[str] = []
    yield told
    assert told == [], "the browser's console tells of errors"


@pytest.fixture
def open_page(
    browser: Browser,
    app: RunningApp,
    outside: list[str],
    complaints: list[str],
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., Page]]:
    """`open_page(locale, path="/", width=1400, height=900)` opens the app and waits for it.

    `watched` remembers every text that ever stands on the page (`screen.texts_ever_shown`).
    """
    contexts: list[BrowserContext] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.hostname != HOST:
            outside.append(request.url)

    def listen(message: ConsoleMessage) -> None:
        address = str(message.location.get("url", ""))
        if message.type == "error" and not STREAMLIT_LOOKS_FOR_ITSELF.search(address):
            complaints.append(f"{message.text} ({address})")

    def open_one(
        locale: str = "zh-CN",
        path: str = "/",
        width: int = 1400,
        height: int = 900,
        watched: bool = False,
        theme: Literal["light", "dark"] = "light",
    ) -> Page:
        context = browser.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("request", note)
        context.on("console", listen)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if watched:
            context.add_init_script(WATCH_TEXTS)
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
