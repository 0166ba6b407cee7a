"""The page of names: pairs wait for a word, the word is taken, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.domain.names import Pair
from chanplan.language import text
from chanplan.workspace import Workspace
from tests.pages.conftest import Open
from tests.pages.test_imports_page import pressed, uploaded
from tests.workspace.test_names import ERP, SHOP
from tests.workspace.test_workspace import bring


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two files that name one channel, product and customer differently."""
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "店铺.csv", SHOP.encode())
        bring(workspace, "ERP.csv", ERP.encode())
    return tmp_path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pairs_are_decided_and_taken_back(open_page: Open, home: Path, lang: str) -> None:
    app = open_page(home, "names", lang)
    assert not app.exception
    first = {"zh": "有 3 对名称可能是同一个", "en": "3 pairs of names may mean one thing"}
    assert app.header[0].value.startswith(first[lang]) and "127" in app.header[0].value
    shown = text(lang, "names.pair", name="Tmall", master="天猫")
    assert any(each.value.startswith(shown) for each in app.markdown)
    app.button(key="accept_channel_Tmall_天猫").click().run()
    app.button(key="refuse_product_气泡水330ML_气泡水 330ml").click().run()
    assert app.button(key="back_channel_Tmall_天猫").label == text(lang, "names.back")
    assert app.expander[0].label == text(lang, "names.apart", count=1)
    app.button(key="names_accept_all").click().run()
    assert app.header[0].value == text(lang, "findings.names_none")
    app.button(key="names_together_back").click().run()
    assert not app.exception and app.button(key="accept_channel_Tmall_天猫")


def test_a_match_is_set_by_hand_and_the_other_way_round(open_page: Open, home: Path) -> None:
    app = open_page(home, "names")
    assert app.button(key="names_set").disabled
    app.selectbox(key="names_name_channel").set_value("京东").run()
    app.selectbox(key="names_master_channel").set_value("天猫").run()
    app.button(key="names_set").click().run()
    assert app.button(key="back_channel_京东_天猫")
    app.button(key="turn_channel_Tmall_天猫").click().run()
    assert app.button(key="back_channel_天猫_Tmall") and not app.exception
    assert any("京东 → 天猫（最终归入 Tmall）" in each.value for each in app.markdown)


def test_a_closed_month_is_told_where_the_page_begins(open_page: Open, home: Path) -> None:
    with Workspace.open(home) as workspace:
        workspace.closings.mark([202401], True)
    app = open_page(home, "names")
    app.button(key="accept_channel_Tmall_天猫").click().run()
    assert not app.exception and "2024-01" in app.error[0].value
    assert app.button(key="accept_channel_Tmall_天猫")


def test_an_import_tells_of_names_and_leads_to_the_page(open_page: Open, home: Path) -> None:
    more = "渠道,日期,金额\n天猫旗舰店,2024-04-03,5\n".encode()
    app = pressed(uploaded(open_page(home, "imports"), more__csv=more), "导入这个文件")
    assert not app.exception and not app.error
    assert text("zh", "names.after_import", count=1) in [each.value for each in app.info]


def test_lines_behind_a_channel_show_the_name_in_the_file(open_page: Open, home: Path) -> None:
    with Workspace.open(home) as workspace:
        workspace.names.match("accept", [Pair("channel", "Tmall", "天猫")])
    app = open_page(home, "channels", channel_opened="天猫")
    app.session_state["channel_behind_lines"] = True
    lines = app.run().dataframe[-1].value
    assert lines["channel"].tolist() == ["天猫"] * 4
    assert lines["channel_in_file"].fillna("").tolist() == ["", "", "Tmall", "Tmall"]


def test_customers_called_by_a_number_are_masked(open_page: Open, tmp_path: Path) -> None:
    """As on every other page: in pairs that wait, in the lists, and in what was decided."""
    phones = "13812341234", "+86 13812341234"
    with Workspace.open(tmp_path) as workspace:
        for at, phone in enumerate(phones):
            row = f"天猫,2024-01-0{at + 1},{phone},茶,{100 + at}\n"
            bring(workspace, f"店{at}.csv", ("渠道,日期,客户,产品,金额\n" + row).encode())
        workspace.names.match("accept", [Pair("customer", *phones)])
    app = open_page(tmp_path, "names")
    app.selectbox(key="names_dimension").set_value("customer").run()
    assert not app.exception
    said = [each.value.replace("\\", "") for each in (*app.markdown, *app.caption)]
    offered = [one for each in app.selectbox for one in each.options]
    assert any("138****1234" in each for each in said)
    assert not any("12341234" in each for each in [*said, *offered])
