"""The data page: what was imported, the lines behind it, and switching it off and on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from chanplan.language import Language, text
from chanplan.ui import coverage
from chanplan.workspace import Workspace
from tests.pages.conftest import Open


@pytest.fixture
def own_home(loaded_home: Path, tmp_path: Path) -> Path:
    """A copy of the loaded store that a test may change."""
    return Path(shutil.copytree(loaded_home, tmp_path / "copy"))


def test_lines_come_with_file_and_line_number(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "data")
    lines = app.dataframe[1].value
    assert lines["file"].unique().tolist() == ["两年.csv"]
    assert lines["line"].tolist()[:2] == [2, 3] and len(lines) == 72


def test_a_batch_is_switched_off_and_on(open_page: Open, own_home: Path) -> None:
    app = open_page(own_home, "data")
    app.button(key="switch_1").click().run()
    [row] = app.dataframe[0].value[["counts", "counted", "uncounted"]].to_numpy().tolist()
    assert row == ["不计入", 0, 5160]
    app.switch_page("pages/overview.py").run()
    assert app.button(key="door_sample")
    app.switch_page("pages/data.py").run()
    app.button(key="switch_1").click().run()
    app.switch_page("pages/overview.py").run()
    assert "2,880" in app.header[0].value


def test_a_month_is_closed_and_opened_on_the_page(open_page: Open, own_home: Path) -> None:
    app = open_page(own_home, "data")
    assert "有 1 处不齐，最近的是两年的2024年12月" in [each.value for each in app.header]
    closing = app.multiselect(key="closed_months")
    assert closing.value == [] and len(closing.options) == 24
    app = closing.set_value([202412]).run()
    app.button(key="switch_1").click().run()
    assert not app.exception and "2024-12" in app.error[0].value
    assert app.dataframe[0].value["counts"].tolist() == ["计入"]
    app = app.multiselect(key="closed_months").set_value([]).run()
    app.button(key="switch_1").click().run()
    assert not app.exception and not app.error
    assert app.dataframe[0].value["counts"].tolist() == ["不计入"]


def test_a_cell_of_the_grid_keeps_its_imports_and_their_lines(
    open_page: Open, loaded_home: Path
) -> None:
    app = open_page(loaded_home, "data", cell="202403-order-两年")
    assert any("2024年3月" in each.value for each in app.markdown)
    assert len(app.dataframe[0].value) == 1 and app.query_params["cell"]
    app.button(key="cell_off").click().run()
    assert not app.exception and "cell" not in app.query_params
    empty = open_page(loaded_home, "data", cell="209901-order-两年")
    assert not empty.exception and "cell" not in empty.query_params


def test_a_cell_knows_the_imports_that_tell_of_it() -> None:
    batches = pd.DataFrame(
        {
            "table": ["sales", "sales", "sales", "targets"],
            "source": ["甲-1", "甲-1", "乙", "甲-1"],
            "basis": "order",
            "first_month": [202401, 202403, 202401, None],
            "last_month": [202412, 202403, 202412, None],
            "batch": [4, 3, 2, 1],
        }
    )
    kept = coverage.kept("202402-order-甲-1")
    assert kept == coverage.Kept("甲-1", "order", 202402)
    assert kept.of(batches)["batch"].tolist() == [4]
    assert coverage.kept("202403-order-甲-1").of(batches)["batch"].tolist() == [4, 3]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_that_is_set_aside_whole_is_told_so(
    open_page: Open, tmp_path: Path, lang: Language
) -> None:
    with Workspace.open(tmp_path) as space:
        kept = space.receive("a.csv", "日期,渠道,金额\n2024-01-05,天猫,二十\n".encode())
        space.load(kept, space.inspect(kept))
    app = open_page(tmp_path, "data", lang)
    assert not app.exception
    assert text(lang, "data.is_aside", file="a.csv", rows="1") in [m.value for m in app.markdown]
    assert app.dataframe[0].value["counts"].tolist() == [text(lang, "data.state_aside")]
    assert [tab.label for tab in app.tabs] == [text(lang, "data.set_aside", count="1")]
