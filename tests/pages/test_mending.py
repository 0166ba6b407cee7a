"""Rows set aside are mended on the page, and come in by the way a mended workbook would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chanplan.language import text
from chanplan.settings import Settings
from chanplan.workspace import Workspace, rebuild
from tests.pages.conftest import Open
from tests.workspace.test_surviving import TOTAL, bring

# 100 counts; 二十 and 哪天 are set aside, and a row whose 9 stands under no heading.
FILE = """日期,渠道,产品,金额
2024-01-05,天猫,p1,100
2024-01-06,天猫,=p2,二十
哪天,京东,p3,7
2024-01-08,天猫,p4,绿,9
合计,,,136
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "店.csv", FILE)
    return tmp_path


def mended(app: AppTest, cells: Mapping[int, Mapping[str, str | None]], version: int) -> AppTest:
    """The page after these cells were changed and the button was pressed."""
    edited = {at: dict(row) for at, row in cells.items()}
    changes = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    app.session_state[f"data_aside_1_editor__{version}"] = changes
    app.run()
    return app.button(key="data_aside_1_save").click().run()


def total(home: Path) -> Decimal:
    with Workspace.open(home) as workspace:
        return workspace.ask(TOTAL).frame["net_sales"].iloc[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_mended_on_the_page_join_their_file_one_after_the_other(
    open_page: Open, home: Path, lang: str
) -> None:
    app = open_page(home, "data", lang, batch="1", section="aside")
    reasons = app.dataframe[1].value
    assert reasons["rows"].tolist() == [1, 1, 1] and 7.0 in reasons["money"].tolist()
    assert app.button(key="data_aside_1_save").disabled
    # A row may be mended alone: 100 + 20. It begins with a sign that a spreadsheet would run.
    app = mended(app, {0: {"c3": "20"}}, 1)
    assert not app.exception and not app.error
    assert app.success[0].value == text(
        lang, "set_aside.saved", loaded="1", money="20.00", left="2"
    )
    assert len(app.dataframe[2].value) == 2
    # The next mending keeps the one before: 100 + 20 + 7. The shifted row stays marked.
    assert app.dataframe[2].value["c0"].tolist() == ["哪天", "? 2024-01-08"]
    app = mended(app, {0: {"c0": "2024-01-07"}}, 2)
    assert not app.error and len(app.dataframe[2].value) == 1
    app = mended(app, {0: {"c0": "2024-01-08", "c3": "9", "c4": None}}, 3)
    assert not app.error
    assert text(lang, "set_aside.mended_rows", count="3") in [each.value for each in app.caption]
    assert [frame for frame in app.dataframe if "told" in frame.value] == []


def test_what_was_mended_on_the_page_is_undone_and_rebuilt(open_page: Open, home: Path) -> None:
    app = open_page(home, "data", batch="1", section="aside")
    mended(app, {0: {"c3": "20"}, 1: {"c0": "2024-01-07"}}, 1)
    app.switch_page("pages/overview.py").run()
    assert "127" in app.header[0].value
    st.cache_resource.clear()  # lets go of the store
    assert rebuild(Settings(home=home)).identical
    with Workspace.open(home) as workspace:
        assert workspace.lines(TOTAL.scope, 10)["product"].tolist() == ["p1", "=p2", "p3"]
        rows = workspace.imports.aside(1)
        assert rows["mended"].tolist() == [True, True, False]
        assert json.loads(rows["raw"].iloc[0])[2:4] == ["=p2", "20"]
        workspace.switch(2, False)
        assert workspace.imports.aside(1)["mended"].tolist() == [False, False, False]
    assert total(home) == 100
