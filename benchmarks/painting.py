"""From the start of the server to a painted page, beside a one-page app with the same figures.

The floor is what Streamlit itself takes: one script that imports the same libraries and draws
the very charts, cards and tables of chanplan's overview, read from a file. Both are started
from nothing and looked at in the same Chromium, in turn.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.testing.v1 import AppTest

from chanplan.workspace import Workspace, sample_company
from tests.browser import chromium, screen
from tests.browser.running_app import HOST, ROOT, free_port, stop, wait_until_healthy

RUNS = 5
CHANGES = 7
CHANNEL = "京东"
FLOOR = Path(__file__).with_name("painting_floor.py")


def measure(folder: Path, runs: int = RUNS) -> None:
    """Print seconds from start to paint, and milliseconds from a filter's change to repaint."""
    home = folder / "painted"
    with Workspace.open(home) as workspace:
        sample_company.take_in(workspace)
    drawn = folder / "drawn.json"
    drawn.write_text(json.dumps([_drawn(home), _drawn(home, channel=CHANNEL)]), encoding="utf-8")
    ways = {"chanplan": (ROOT / "app.py", home), "floor": (FLOOR, drawn)}
    starts: dict[str, list[float]] = {name: [] for name in ways}
    changes: dict[str, list[float]] = {name: [] for name in ways}
    path = chromium.executable()
    if path is None:
        sys.exit(chromium.MISSING_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        for turn in range(runs + 1):
            for name, (script, at) in ways.items():
                start, changed = _once(browser, script, at, folder / f"{name}.log")
                if turn:  # the first pair warms the disk
                    starts[name].append(start)
                    changes[name] += changed
        browser.close()
    _tell("start to painted page, s", starts, 1)
    _tell("filter change to repaint, ms", changes, 1000)


def _tell(what: str, times: dict[str, list[float]], factor: int) -> None:
    print(what)
    middle = {name: statistics.median(some) for name, some in times.items()}
    for name, some in times.items():
        low, high = min(some) * factor, max(some) * factor
        print(f"  {name:<10} median {middle[name] * factor:8.2f}   {low:8.2f} to {high:8.2f}")
    print(f"  ratio      {middle['chanplan'] / middle['floor']:8.2f}\n")


def _once(browser: Browser, script: Path, at: Path, log: Path) -> tuple[float, list[float]]:
    """Seconds from start to paint, and from each change of the filter to the repaint."""
    began = time.perf_counter()
    with _served(script, at, log) as url:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 1800})
        page = context.new_page()
        page.set_default_timeout(screen.PATIENCE)
        page.goto(url)
        _painted(page)
        start = time.perf_counter() - began
        changed = [_changed(page, turn % 2 == 0) for turn in range(CHANGES + 1)]
        context.close()
    return start, changed[1:]


def _painted(page: Page) -> None:
    """Both charts have their bars, every card its line, and the script has ended."""
    page.locator(".st-key-overview_trend .bars .point path").first.wait_for()
    page.locator(".st-key-movers_channel .bars .point path").first.wait_for()
    page.get_by_test_id("stMetricChart").last.wait_for()
    screen.settled(page)


def _changed(page: Page, narrow: bool) -> float:
    """Narrow to one channel, or take that off; until the first card has another figure."""
    value = page.get_by_test_id("stMetricValue").first
    before = value.inner_text()
    box = screen.block(page, "channel")
    if narrow:
        box.get_by_role("combobox").click()
        option = page.get_by_role("option", name=CHANNEL, exact=True)
        option.wait_for()
        began = time.perf_counter()
        option.click()
    else:
        began = time.perf_counter()
        box.get_by_role("combobox").press("Backspace")
    expect(value).not_to_have_text(before)
    _painted(page)
    took = time.perf_counter() - began
    page.keyboard.press("Escape")
    return took


@contextmanager
def _served(script: Path, at: Path, log: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    environment = {**os.environ, "CHANPLAN_HOME": str(at), "CHANPLAN_DRAWN": str(at)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start finds its modules compiled
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        url = f"http://{HOST}:{port}"
        wait_until_healthy(url, process, log)
        yield url
    finally:
        stop(process)


def _drawn(home: Path, **address: str) -> dict[str, list[object]]:
    """What the overview draws: texts, cards, charts and tables."""
    os.environ["CHANPLAN_HOME"] = str(home)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in {"lang": "zh", **address}.items():
        app.query_params[name] = value
    app.run()
    st.cache_resource.clear()
    return {
        "texts": [
            each.value for each in (*app.header, *app.markdown) if isinstance(each.value, str)
        ],
        "cards": [
            {"label": each.label, "value": each.value, "delta": each.delta} for each in app.metric
        ],
        "charts": [json.loads(each.proto.spec) for each in app.get("plotly_chart")],
        "tables": [json.loads(each.value.astype(str).to_json()) for each in app.dataframe],
    }


def main() -> None:
    """Alone: `python -m benchmarks.painting`."""
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


if __name__ == "__main__":
    main()
