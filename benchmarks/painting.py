"""From the start of the server to a painted page, and from a filter's change to the repaint,
beside a one-page app with the same figures.

The floor is what Streamlit itself takes: one script that imports the same libraries and draws
the very charts, cards and tables of chanplan's page, read from a file. Both are started from
nothing and looked at in the same Chromium, in turn. A change that nobody asked for before has
its answers worked out; one that was asked for before has them kept.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import streamlit as st
from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.testing.v1 import AppTest

from benchmarks.company import write_export
from chanplan.workspace import Workspace, sample_company
from tests.browser import chromium, screen
from tests.browser.running_app import HOST, ROOT, free_port, stop, wait_until_healthy

RUNS = 3
LINES = 1_000_000
FLOOR = Path(__file__).with_name("painting_floor.py")
# What is measured: seconds of each.
START, FRESH, SEEN = "start to painted page", "filter not set before", "filter set before"
Times = dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class Scene:
    """A page of a store: the charts that make it painted, and channels to narrow it to."""

    name: str
    page: str
    charts: tuple[str, ...]
    channels: tuple[str, ...]


_OVERVIEW = ("overview", ("overview_trend", "movers_channel"))
_CHANNELS = ("channels", ("channel_trend", "channel_opened_bars", "channel_bridge_chart"))
_SAMPLE = ("京东", "天猫", "抖音直播", "经销商")
_LARGE = ("京东", "天猫", "抖音", "经销商")


def measure(folder: Path, runs: int = RUNS, lines: int = LINES) -> None:
    """Print for every scene seconds from start to paint, and from a filter's change to repaint."""
    path = chromium.executable()
    if path is None:
        sys.exit(chromium.MISSING_BROWSER)
    stores = ((_sample(folder), "sample", _SAMPLE), (_large(folder, lines), f"{lines:,}", _LARGE))
    for home, name, channels in stores:
        for page, charts in (_OVERVIEW, _CHANNELS):
            scene = Scene(f"{page}, {name}", page, charts, channels)
            _tell(scene, _measured(scene, home, folder, path, runs))


def _sample(folder: Path) -> Path:
    with Workspace.open(folder / "sample") as workspace:
        sample_company.take_in(workspace)
    return folder / "sample"


def _large(folder: Path, lines: int) -> Path:
    export = folder / "export.csv"
    write_export(export, lines)
    with Workspace.open(folder / "large") as workspace:
        original = workspace.receive(export.name, export)
        workspace.load(original, workspace.inspect(original))
    return folder / "large"


def _measured(scene: Scene, home: Path, folder: Path, browser_at: str, runs: int) -> Times:
    """What is measured → who → seconds; the first pair of runs warms the disk."""
    drawn = folder / "drawn.json"
    whole = _drawn(home, scene)
    narrowed = {channel: _drawn(home, scene, channel=channel) for channel in scene.channels}
    told = {"charts": scene.charts, "whole": whole, "narrowed": narrowed}
    drawn.write_text(json.dumps(told), encoding="utf-8")
    ways = {"chanplan": (ROOT / "app.py", home), "floor": (FLOOR, drawn)}
    times: Times = defaultdict(lambda: defaultdict(list))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_at)
        for turn in range(runs + 1):
            for name, (script, at) in ways.items():
                for what, seconds in _once(browser, scene, script, at, folder / f"{name}.log"):
                    if turn:
                        times[what][name].append(seconds)
        browser.close()
    return times


def _tell(scene: Scene, times: Times) -> None:
    print(f"{scene.name} (load {psutil.getloadavg()[0]:.1f})")
    for what, found in times.items():
        middle = {name: statistics.median(some) for name, some in found.items()}
        spans = "   ".join(
            f"{name} {middle[name]:6.2f} s ({min(some):.2f} to {max(some):.2f})"
            for name, some in found.items()
        )
        print(f"  {what:<24} {spans}   ratio {middle['chanplan'] / middle['floor']:.2f}")
    print(flush=True)


def _once(
    browser: Browser, scene: Scene, script: Path, at: Path, log: Path
) -> Iterator[tuple[str, float]]:
    """Start, then narrow to each channel and take it off again."""
    began = time.perf_counter()
    with _served(script, at, log) as url:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 2400})
        page = context.new_page()
        page.set_default_timeout(screen.PATIENCE)
        own = script.name == "app.py" and scene.page != "overview"
        page.goto(f"{url}/{scene.page}" if own else url)
        _painted(page, scene)
        yield START, time.perf_counter() - began
        for channel in scene.channels:
            yield FRESH, _changed(page, scene, channel)
            yield SEEN, _changed(page, scene, None)
        context.close()


def _painted(page: Page, scene: Scene) -> None:
    """Every chart has its bars, and the script has ended."""
    for key in scene.charts:
        page.locator(f".st-key-{key} .bars .point path").first.wait_for()
    screen.settled(page)


def _changed(page: Page, scene: Scene, channel: str | None) -> float:
    """Narrow to a channel, or take that off; until the first heading says something else."""
    said = page.get_by_test_id("stHeading").nth(1)
    before = said.inner_text()
    box = screen.block(page, "channel")
    if channel:
        box.get_by_role("combobox").click()
        option = page.get_by_role("option", name=channel, exact=True)
        option.wait_for()
        began = time.perf_counter()
        option.click()
    else:
        began = time.perf_counter()
        box.get_by_role("combobox").press("Backspace")
    expect(said).not_to_have_text(before, timeout=screen.PATIENCE)
    _painted(page, scene)
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


def _drawn(home: Path, scene: Scene, **address: str) -> dict[str, list[object]]:
    """What a page draws: headings, texts, cards, charts and tables."""
    os.environ["CHANPLAN_HOME"] = str(home)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    for name, value in {"lang": "zh", **address}.items():
        app.query_params[name] = value
    app.run()
    if scene.page != "overview":
        app.switch_page(f"pages/{scene.page}.py").run()
    st.cache_resource.clear()
    return {
        "headings": [each.value for each in app.header],
        "texts": [each.value for each in app.markdown if isinstance(each.value, str)],
        "cards": [
            {"label": each.label, "value": each.value, "delta": each.delta} for each in app.metric
        ],
        "charts": [json.loads(each.proto.spec) for each in app.get("plotly_chart")],
        "tables": [json.loads(each.value.astype(str).to_json()) for each in app.dataframe],
    }


def main(words: Sequence[str] | None = None) -> None:
    """Alone: `python -m benchmarks.painting`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--lines", type=int, default=LINES)
    told = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), told.runs, told.lines)


if __name__ == "__main__":
    main()
