"""The page of reconciling: which source counts, two side by side, finance, adjustments."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.language import text
from chanplan.language.numbers import Formatter
from chanplan.workspace import Workspace
from tests.pages.conftest import Open
from tests.stores import copy_of
from tests.workspace.test_workspace import bring

TABS = ("sources", "pair", "partner", "finance", "adjust")
HEAD = "渠道,日期,订单号,金额,经销商,数量,单位\n"
SHOP = HEAD + (
    "天猫,2024-01-03,SO-00000001,100,甲,1,瓶\n天猫,2024-01-30,SO-00000003,60,甲,1,瓶\n"
    "天猫,2024-02-03,SO-00000005,70,甲,1,瓶\n"
)
ERP = HEAD + "天猫,2024-01-03,SO-00000001,90,甲,1,瓶\n天猫,2024-02-01,SO-00000003,60,甲,1,瓶\n"


def shown(app):
    told = (*app.header, *app.markdown, *app.caption, *app.info, *app.success)
    return [each.value for each in told]


@pytest.fixture(scope="module")
def two_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources of one channel, and nobody has said which one counts."""
    home = tmp_path_factory.mktemp("two")
    with Workspace.open(home) as space:
        bring(space, "店铺.csv", SHOP.encode())
        bring(space, "ERP.csv", ERP.encode())
    return home


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("section", TABS)
def test_every_tab_opens_and_is_quiet_with_one_source(
    open_page: Open, loaded_home: Path, lang: str, section: str
) -> None:
    app = open_page(loaded_home, "reconcile", lang, section=section)
    assert not app.exception and not app.error
    assert app.header[0].value == text(lang, "reconcile.says_one_source", source="两年")
    empty = {"pair": "one_side", "partner": "no_partners", "finance": "no_totals"}
    if section in empty:
        assert text(lang, f"reconcile.{empty[section]}") in shown(app)
    if section == "sources":
        assert text(lang, "reconcile.nothing_to_rule") in shown(app)
    if section == "adjust":
        assert text(lang, "reconcile.no_adjustments") in shown(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("section", TABS)
def test_every_tab_opens_with_two_sources(
    open_page: Open, two_home: Path, lang: str, section: str
) -> None:
    app = open_page(two_home, "reconcile", lang, section=section)
    assert not app.exception and not app.error


def test_the_first_sentence_names_the_sources_and_the_money(
    open_page: Open, two_home: Path
) -> None:
    app = open_page(two_home, "reconcile")
    said = app.header[0].value
    # January: 160 against 90; February: 70 against 60. Twice at most 90 + 60.
    assert "店铺、ERP" in said and "150" in said and "天猫" in said
    told = app.dataframe[0].value
    assert told["stake"].tolist() == [150]


def test_saying_which_counts_is_seen_before_and_done_and_undone(
    open_page: Open, two_home: Path, tmp_path: Path
) -> None:
    home = copy_of(two_home, tmp_path / "home")
    app = open_page(home, "reconcile")
    app.selectbox(key="ruling_source").select("店铺")
    app.text_input(key="ruling_reason").input("店铺更全")
    [form] = [one for one in app.button if one.label == text("zh", "reconcile.preview")]
    app = form.click().run()
    moves = next(one.value for one in app.dataframe if "moved" in one.value)
    assert moves["moved"].tolist() == [-90, -60]
    app = app.button(key="ruling_say").click().run()
    assert not app.exception and not app.error
    assert text("zh", "reconcile.ruled_done") in shown(app)
    assert app.header[0].value == text("zh", "reconcile.says_said", count=1)
    app = app.button(key="undo_last").click().run()
    assert "150" in app.header[0].value


def test_the_difference_is_told_in_steps(open_page: Open, two_home: Path) -> None:
    app = open_page(two_home, "reconcile", section="pair", since="2024-01", until="2024-01")
    # A 店铺 160, B ERP 90: the third order is February's there, the first is 10 less.
    steps = next(one.value for one in app.dataframe if "means" in one.value)
    assert steps["money"].tolist() == [160, -60, -10, 90]
    lines = next(one.value for one in app.dataframe if "makes" in one.value or "side" in one.value)
    assert lines["file"].tolist() == ["店铺.csv", "ERP.csv"]


def test_finance_s_figure_is_typed_and_ties(
    open_page: Open, two_home: Path, tmp_path: Path
) -> None:
    home = copy_of(two_home, tmp_path / "home")
    with Workspace.open(home) as space:
        told = "账期,对账来源,口径,财务确认金额,含税情况\n"
        told += "2024-02,店铺,下单,70,含税\n2024-01,店铺,下单,150,含税\n"
        bring(space, "对账.csv", told.encode())
    app = open_page(home, "reconcile", section="finance")
    assert any("对上 1 个" in one and "多 10" in one for one in shown(app))
    table = next(one.value for one in app.dataframe if "rate" in one.value)
    assert table["difference"].tolist()[:2] == [10, 0] or 10 in table["difference"].tolist()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_adjustment_is_told_where_it_counts_and_nowhere_else(
    open_page: Open, loaded_home: Path, tmp_path: Path, lang: str
) -> None:
    home = copy_of(loaded_home, tmp_path / "home")
    app = open_page(home, "reconcile", lang, section="adjust")
    app.selectbox(key="adjust_channel").select("京东")
    app.selectbox(key="adjust_month").select(202302)
    app.number_input(key="adjust_amount").set_value(-12)
    app.text_input(key="adjust_reason").input("票折")
    [form] = [one for one in app.button if one.label == text(lang, "reconcile.adjust_go")]
    app = form.click().run()
    assert not app.exception and not app.error
    assert text(lang, "reconcile.adjusted") in shown(app)
    money = Formatter(lang).signed_money(Decimal(-12))
    told = text(lang, "adjusted.says", money=money, count=1)
    for page in ("overview", "channels", "products"):
        app = open_page(home, page, lang, period="custom", **{"from": "2023-01", "to": "2023-12"})
        assert any(told in one for one in shown(app)), page
        app = open_page(home, page, lang, period="month", month="2024-08", compare="none")
        assert not any(told[:4] in one for one in shown(app)), page
    app = open_page(
        home,
        "channels",
        lang,
        period="custom",
        channel="天猫",
        **{"from": "2023-01", "to": "2023-12"},
    )
    assert not any(told[:4] in one for one in shown(app))
    app = open_page(home, "reconcile", lang, section="adjust")
    app = app.button(key="adjustment_switch").click().run()
    assert text(lang, "reconcile.adjustment_off") in shown(app)
    app = open_page(home, "overview", lang, period="custom", **{"from": "2023-01", "to": "2023-12"})
    assert not any(told in one for one in shown(app))
