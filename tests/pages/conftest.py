"""Two stores for the pages: an empty one, and one with two years that a reader can add up."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace
from tests.conftest import ROOT

# Seconds; a run takes far less than one, a cold import of the libraries takes three.
PATIENCE = 60
HOSTILE = "**粗** [链](http://example.com) $x$ :red[红]"
HEADINGS = [
    "销售日期",
    "渠道",
    "大区",
    "品类",
    "产品名称",
    "客户",
    "订单编号",
    "数量",
    "销售额",
    "成本",
]
Open = Callable[..., AppTest]
# Every AppTest looks through all installed packages for components: always the same, most of a
# second each time.
installed_components = cache(manifest_scanner.scan_component_manifests)


def sales_csv() -> bytes:
    """24 months; each month 天猫 sells 100 (from 2024: 150), 京东 80, the hostile channel 10."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for year in (2023, 2024):
        for month in range(1, 13):
            rows = [("天猫", "华东", "饮料", "气泡水", 100 if year == 2023 else 150)]
            rows += [("京东", "华南", "零食", "薯片", 80), (HOSTILE, "华东", "零食", "坚果", 10)]
            for at, (channel, region, category, product, amount) in enumerate(rows):
                order = f"{year}{month:02d}{at}"
                day = f"{year}-{month:02d}-15"
                cells = [day, channel, region, category, product, f"客户{at}", order, 2, amount, 5]
                writer.writerow(cells)
    return text.getvalue().encode()


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with `sales_csv` in it, closed again."""
    home = tmp_path_factory.mktemp("loaded")
    with Workspace.open(home) as workspace:
        original = workspace.receive("两年.csv", sales_csv())
        workspace.load(original, workspace.inspect(original))
    return home


# 甲 covers both years up to 10 February 2024, in two units; 乙 the first months of 2023 only.
FIRST = """销售日期,渠道,产品名称,数量,单位,销售额
2023-01-31,天猫,气泡水,2,瓶,100
2023-02-28,天猫,薯片,1,袋,80
2024-01-31,天猫,气泡水,2,瓶,120
2024-02-10,天猫,薯片,1,袋,60
"""
SECOND = """销售日期,渠道,产品名称,数量,单位,销售额
2023-01-31,京东,气泡水,1,瓶,30
2023-02-28,京东,薯片,1,袋,40
"""


@pytest.fixture(scope="session")
def two_sources_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which the second source's files end a year before the first's."""
    home = tmp_path_factory.mktemp("two_sources")
    with Workspace.open(home) as workspace:
        for source, content in (("甲", FIRST), ("乙", SECOND)):
            original = workspace.receive(f"{source}.csv", content.encode())
            workspace.load(original, workspace.inspect(original, Hints(source=source)))
    return home


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """open_page(home, page, lang="zh", **address): the app at a page, as its link opens it."""

    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", installed_components)

    def opened(home: Path, page: str, lang: str = "zh", **address: str) -> AppTest:
        monkeypatch.setenv("CHANPLAN_HOME", str(home))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
        for name, value in {"lang": lang, **address}.items():
            app.query_params[name] = value
        return (app if page == "overview" else app.switch_page(f"pages/{page}.py")).run()

    yield opened
    st.cache_resource.clear()  # lets go of the store
