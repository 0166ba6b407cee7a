"""The page of clusters: one press segments, names are given and taken back, and empty states."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chanplan.language import text
from tests.pages.conftest import Open
from tests.workspace.customers.cluster_stores import bought, kinds, laid


@pytest.fixture(scope="module")
def kinds_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid(tmp_path_factory.mktemp("kinds") / "home", kinds())


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def said(app: AppTest) -> str:
    kinds = (app.header, app.markdown, app.info, app.warning, app.error, app.caption)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def test_one_press_segments_and_says_why(open_page: Open, kinds_home: Path, tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        home = shutil.copytree(kinds_home, tmp_path / lang)
        app = open_page(home, "clusters", lang=lang)
        assert not app.dataframe
        app = press(app, text(lang, "clusters.go"))
        assert not app.exception
        name = {"zh": "大额", "en": "Large"}[lang]
        assert name in app.header[0].value
        assert app.dataframe[0].value["customers"].tolist() == [14, 14, 14]
        assert len(app.get("plotly_chart")) == 3
        assert text(lang, "clusters.is_unstable", stability="", stable="")[:6] not in said(app)


def test_a_name_of_ones_own_is_shown_and_taken_back(
    open_page: Open, kinds_home: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(kinds_home, tmp_path / "home")
    app = press(open_page(home, "clusters"), text("zh", "clusters.go"))
    app.text_input[0].set_value("**大户**")
    app = press(app, text("zh", "clusters.rename_go"))
    assert app.dataframe[0].value["name"].tolist()[0] == "**大户**"
    assert "**大户**" not in app.header[0].value  # inert: its signs are escaped
    app = press(app, text("zh", "clusters.back_renamed"))
    assert app.dataframe[0].value["name"].tolist()[0] != "**大户**"
    app.text_input[0].set_value("同名")
    app.text_input[1].set_value("同名")
    app = press(app, text("zh", "clusters.rename_go"))
    assert "同名" in app.error[0].value and not app.exception


def test_one_who_brings_nearly_everything_stands_apart(open_page: Open, tmp_path: Path) -> None:
    rows = kinds(10) + bought("巨头", [date(2024, 12, 1)], 900_000_000, 1)
    app = press(open_page(laid(tmp_path / "home", rows), "clusters"), text("zh", "clusters.go"))
    table = app.dataframe[0].value
    assert table["name"].tolist()[-1] == text("zh", "clusters.outlier")
    assert table["customers"].tolist()[-1] == 1 and table["share"].tolist()[-1] > 99


def test_three_customers_are_no_groups(open_page: Open, tmp_path: Path) -> None:
    home = laid(tmp_path / "home", kinds(1))
    for lang in ("zh", "en"):
        app = press(open_page(home, "clusters", lang=lang), text(lang, "clusters.go"))
        assert text(lang, "clusters.no_few", count="3", least=20) in said(app)
        assert not app.dataframe and not app.exception


def test_one_time_buyers_who_are_all_alike_are_told(open_page: Open, tmp_path: Path) -> None:
    rows = [row for at in range(30) for row in bought(f"客{at}", [date(2024, 5, 5)], 100, 1)]
    home = laid(tmp_path / "home", rows)
    app = press(open_page(home, "clusters"), text("zh", "clusters.go"))
    assert text("zh", "clusters.feature.frequency") in app.info[0].value
    assert not app.dataframe and not app.exception


def test_without_customers_it_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    home = laid(tmp_path / "home", kinds(2), without="客户")
    app = open_page(home, "clusters")
    assert app.info[0].value == text("zh", "populations.none") and not app.exception


def test_no_trait_chosen_is_said(open_page: Open, kinds_home: Path, tmp_path: Path) -> None:
    app = open_page(shutil.copytree(kinds_home, tmp_path / "home"), "clusters")
    one = next(box for box in app.multiselect if str(box.key).startswith("clusters_features"))
    one.set_value([])
    app = press(app, text("zh", "clusters.go"))
    assert app.warning[0].value == text("zh", "clusters.choose_traits")
