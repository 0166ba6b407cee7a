"""No serious fault of accessibility on any page, light and dark, wide and on a phone; it all fits.

Neither contrast nor names depend on how a theme, a language and a width meet, so each theme is
looked at in one language and one width; on an empty store, the pages that look different there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chanplan.workspace import Workspace
from tests.browser import axe, exports, screen
from tests.browser.running_app import RunningApp, served

PATHS = {
    "empty": ("/", "/imports", "/data"),
    "loaded": (
        "/", "/channels", "/products", "/fit", "/concentration", "/profit", "/flows", "/pivot",
        "/imports", "/data", "/names", "/glossary",
    ),
}  # fmt: skip
FILES = {
    "天猫.csv": exports.two_years("天猫", 100, 150, "华东", "气泡水"),
    "抖音.csv": exports.two_years("抖音", 10, 30, "华南", "薯片"),
}


@pytest.fixture(scope="module", params=["empty", "loaded"])
def app(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[RunningApp]:
    """The app on an empty store, then on one with two channels."""
    folder = Path(tmp_path_factory.mktemp(request.param))
    if request.param == "loaded":
        with Workspace.open(folder / "home") as workspace:
            for name, content in FILES.items():
                original = workspace.receive(name, content)
                workspace.load(original, workspace.inspect(original))
    with served(folder) as running:
        yield running


@pytest.mark.parametrize(
    ("theme", "locale", "spoken", "width"),
    [("light", "zh-CN", "zh-CN", 1440), ("dark", "en-US", "en", 390)],
)
def test_every_page_can_be_read_and_used_by_everyone(
    open_page: Callable[..., Page],
    app: RunningApp,
    theme: str,
    locale: str,
    spoken: str,
    width: int,
) -> None:
    page = open_page(locale, theme=theme, width=width)
    for path in PATHS[app.home.parent.name.rstrip("0123456789")]:
        page.goto(app.url + path)
        screen.settled(page)
        expect(page.locator("html")).to_have_attribute("lang", spoken)
        screen.shows_no_fault(page)
        assert (path, screen.overhang(page)) == (path, 0)
        assert (path, axe.grave_faults(page)) == (path, [])
