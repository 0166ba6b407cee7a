"""Every page opens in both languages, on an empty store and on a loaded one."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chanplan.language import text
from tests.conftest import ROOT
from tests.pages.conftest import PATIENCE, Open

PAGES = (
    "overview", "channels", "products", "fit", "concentration", "profit", "flows", "pivot",
    "targets", "planning", "month", "company", "reconcile", "organisation", "imports",
    "data", "names", "glossary",
)  # fmt: skip
ANALYSES = ("overview", "channels", "products", "fit", "concentration", "pivot")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_an_empty_store(open_page: Open, tmp_path: Path, page: str) -> None:
    for lang in ("zh", "en"):
        app = open_page(tmp_path, page, lang)
        assert not app.exception and not app.error
        title = "welcome.title" if page == "overview" else f"{page}.title"
        assert app.title[0].value == text(lang, title)
        if page in (*ANALYSES, "data", "names"):
            doors = [text(lang, f"welcome.{door}_go") for door in ("upload", "sample")]
            assert [button.label for button in app.button][:2] == doors


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_a_loaded_store(open_page: Open, loaded_home: Path, page: str) -> None:
    for lang in ("zh", "en"):
        app = open_page(loaded_home, page, lang)
        assert not app.exception and not app.error
        assert app.title[0].value == text(lang, f"{page}.title")
        if page in ANALYSES:
            said = app.caption[0].value
            assert text(lang, "basis.order") in said and text(lang, "tax.with_tax") in said
            assert app.get("plotly_chart")
        if page == "data":
            assert app.dataframe[0].value["name"].tolist() == ["两年.csv"]


def test_a_second_run_keeps_the_shell(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "channels").run()
    assert not app.exception
    assert app.title[0].value == "渠道" and app.sidebar.selectbox


@pytest.mark.parametrize(("locale", "lang"), [("zh-TW", "zh"), ("de-DE", "en")])
def test_the_browser_s_locale_chooses_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, lang: str
) -> None:
    monkeypatch.setenv("CHANPLAN_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.context = {"locale": locale}
    assert app.run().title[0].value == text(lang, "welcome.title")
    assert "lang" not in app.query_params  # nobody else is sent it with a link
    st.cache_resource.clear()


def test_the_page_speaks_the_language_of_the_address(open_page: Open, tmp_path: Path) -> None:
    assert open_page(tmp_path, "channels", lang="en").title[0].value == "Channels"
