"""The store is looked after on the Data page: history, undo, backup, forgetting, rebuilding."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chanplan.language import text
from chanplan.settings import Settings
from chanplan.ui import store_care
from chanplan.workspace import Workspace
from chanplan.workspace.backing_up import restore
from tests.pages.conftest import Open
from tests.workspace.test_surviving import bring

FIRST = """渠道,日期,订单号,收货人手机,客户姓名,金额
天猫,2024-01-03,a1,13800000001,张三,100
天猫,2024-02-03,a2,13800000002,李四,70
"""
SECOND = "渠道,日期,订单号,金额\n京东,2024-02-04,b1,5\n"
SECRET = b"1380000000"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two imports, the second switched off and on again, January closed."""
    home = tmp_path_factory.mktemp("made")
    with Workspace.open(home) as workspace:
        bring(workspace, "天猫.csv", FIRST)
        bring(workspace, "京东.csv", SECOND)
        workspace.switch(2, False)
        workspace.switch(2, True)
        workspace.closings.mark([202401], True)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def opened(app: AppTest) -> AppTest:
    """The page with the care of the store unfolded."""
    app.session_state["store_care"] = True
    return app.run()


def shown(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.markdown, *app.caption))


def test_the_history_says_who_did_what_and_when(open_page: Open, made: Path) -> None:
    for lang in ("zh", "en"):
        app = open_page(made, "data", lang)
        app.session_state["history"] = True
        app.run()
        assert not app.exception and not app.error
        rows = next(table.value for table in app.dataframe if "what" in table.value)
        kinds = ["closed", "switched_on", "switched_off", "import", "import"]
        assert rows["kind"].tolist() == [text(lang, f"history.kind_{kind}") for kind in kinds]
        assert "京东.csv" in rows["what"].iloc[1] and "天猫.csv" in rows["what"].iloc[4]
        assert rows["by"].nunique() == 1 and rows["by"].iloc[0]
        assert rows["at"].str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d").all()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_last_import_is_taken_back_by_one_button(
    open_page: Open, home: Path, lang: str
) -> None:
    app = open_page(home, "data", lang)
    assert "5.00" in shown(app) and text(lang, "undo.again") in shown(app)
    app.button(key="undo_last").click().run()
    counts = app.dataframe[0].value.set_index("name")["counts"]
    assert counts["京东.csv"] == text(lang, "data.state_off")
    # Now the one before is the last; it holds a closed month and stays.
    app.button(key="undo_last").click().run()
    assert "2024-01" in app.error[0].value
    counts = app.dataframe[0].value.set_index("name")["counts"]
    assert counts["天猫.csv"] == text(lang, "data.state_on")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_personal_column_is_forgotten_on_the_page(open_page: Open, home: Path, lang: str) -> None:
    app = opened(open_page(home, "data", lang))
    assert str(home) in app.code[0].value
    rows = next(table.value for table in app.dataframe if "used" in table.value)
    told = {row["heading"]: (row["kind"], row["files"]) for _, row in rows.iterrows()}
    assert told == {
        "收货人手机": (text(lang, "personal.kind_phone"), 1),
        "客户姓名": (text(lang, "personal.kind_name"), 1),
    }
    app.selectbox(key="personal_chosen").select("收货人手机").run()
    assert text(lang, "personal.unused") in shown(app)
    app.button(key="forget_column").click().run()
    assert not app.exception and not app.error
    assert "收货人手机" in app.success[0].value
    rows = next(table.value for table in app.dataframe if "used" in table.value)
    assert rows["heading"].tolist() == ["客户姓名"]
    st.cache_resource.clear()  # lets go of the store
    assert SECRET not in b"".join(f.read_bytes() for f in home.rglob("*") if f.is_file())
    body = json.loads((home / "journal.jsonl").read_text("utf-8").splitlines()[-1])["body"]
    assert body["column"] == "收货人手机"


def test_an_import_is_deleted_for_good(open_page: Open, home: Path) -> None:
    app = open_page(home, "data", batch="2")
    app.button(key="forget_import").click().run()
    assert not app.exception and not app.error
    assert "京东.csv" in app.success[0].value
    assert app.dataframe[0].value["name"].tolist() == ["天猫.csv"]


def test_the_import_page_says_what_looks_personal(open_page: Open, tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        app = open_page(tmp_path, "imports", lang)
        app.file_uploader[0].upload("天猫.csv", FIRST.encode())
        app.run()
        said = next(each.value for each in app.caption if "person_alert" in each.value)
        assert "收货人手机" in said and text(lang, "personal.kind_name") in said
        assert "订单号" not in said


def test_the_backup_holds_everything(open_page: Open, home: Path, tmp_path: Path) -> None:
    open_page(home, "data")
    packed = store_care._backup()
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert sum(name.startswith("originals/") for name in names) == 2
    (tmp_path / "b.zip").write_bytes(packed)
    assert restore(Settings(home=tmp_path / "other"), tmp_path / "b.zip").identical


def lacking(home: Path) -> None:
    """An older database beside the journal of today: the second import is not in it."""
    lines = (home / "journal.jsonl").read_bytes().splitlines(keepends=True)
    other = home.parent / "other"
    other.mkdir()
    (other / "journal.jsonl").write_bytes(b"".join(lines[:1]))
    (home / "originals").rename(other / "originals")
    Workspace.open(other).close()
    (other / "originals").rename(home / "originals")
    with Workspace.open(other) as workspace:
        for at in range(2, len(lines) + 1):
            workspace.store.pass_over(at)
    (other / "chanplan.duckdb").replace(home / "chanplan.duckdb")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_database_that_lacks_imports_is_made_anew_on_the_screen(
    open_page: Open, home: Path, lang: str
) -> None:
    lacking(home)
    app = open_page(home, "overview", lang)
    assert app.title[0].value == text(lang, "app.cannot_open")
    assert "京东.csv" in app.error[0].value
    app.button(key="rebuild").click().run()
    assert not app.exception and not app.error
    assert app.title[0].value == text(lang, "overview.title")
    assert text(lang, "made_anew.rebuilt", batches=2)[:12] in app.info[0].value
    app.button(key="opening_read_button").click().run()
    assert not app.info


def test_what_opening_had_to_mend_is_told(open_page: Open, home: Path) -> None:
    (home / "chanplan.duckdb").unlink()
    app = open_page(home, "channels", "en")
    assert app.info[0].value.startswith("2 imports that the database had missed")
