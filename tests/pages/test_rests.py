"""The line in a page's head: whether its figures are all that the files hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.language import text
from chanplan.workspace import Workspace
from tests.pages.conftest import Open
from tests.workspace.test_surviving import bring

HEAD = "日期,渠道,订单号,金额\n"
WHOLE = HEAD + "2024-01-05,天猫,a1,100\n2024-01-06,天猫,a2,-20\n合计,,,80\n"
# 7 cannot be read as a day, and the file says 130 where its rows come to 107.
OPEN = HEAD + "2024-02-05,天猫,b1,100\n哪天,天猫,b2,7\n合计,,,130\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("rests")
    with Workspace.open(home) as workspace:
        bring(workspace, "店铺1月.csv", WHOLE)
        bring(workspace, "店铺2月.csv", OPEN)
        told = workspace.resting().set_index("name")
        assert told["sum_stated"].tolist() == [80, 130]
        assert told["stated_off"].tolist() == [0, 23]
    return home


def test_each_page_says_what_its_months_rest_on(open_page: Open, home: Path) -> None:
    for lang in ("zh", "en"):
        app = open_page(home, "overview", lang, period="month", month="2024-01")
        whole = text(lang, "rests.whole_stated", files="1", loaded="2")
        assert any(each.value.endswith(whole) for each in app.caption)
        assert [one.proto.page for one in app.get("page_link")] == ["data"]
        app = open_page(home, "channels", lang, period="month", month="2024-02")
        money = text(lang, "rests.money", money="7.00")
        told = {"aside": "1", "money": money, "files": "1", "off": "1", "by": "23.00"}
        assert any(text(lang, "rests.off_aside", **told) in each.value for each in app.caption)
        assert app.get("page_link")


def test_mended_rows_are_in_and_a_source_is_a_scope(home: Path) -> None:
    with Workspace.open(home) as workspace:
        scope = Scope(Period(202401, 202402), where=(("source", ("店铺",)),))
        assert len(workspace.resting(scope)) == 2
        assert workspace.resting(Scope(Period(202401, 202402), where=(("source", ("x",)),))).empty
        assert workspace.resting(Scope(Period(202401, 202402), basis="invoice")).empty


MIXED_HEAD = "日期,渠道,产品,客户,数量,金额"
DOLLARS = f"{MIXED_HEAD}（美元）\n2024-01-31,亚马逊,水,甲,2,30\n2023-01-31,亚马逊,水,甲,1,9\n"
YUAN = f"{MIXED_HEAD}\n2024-01-31,天猫,水,乙,1,100\n2023-01-31,天猫,水,乙,1,90\n"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with amounts in two currencies."""
    home = tmp_path_factory.mktemp("currencies")
    with Workspace.open(home) as workspace:
        bring(workspace, "海外.csv", DOLLARS)
        bring(workspace, "国内.csv", YUAN)
    return home


@pytest.mark.parametrize(
    "page",
    ["overview", "channels", "products", "fit", "flows", "concentration", "profit", "pivot"],
)
def test_unlike_currencies_are_told_on_every_page_and_added_on_none(
    open_page: Open, mixed: Path, page: str
) -> None:
    app = open_page(mixed, page, "zh", period="month", month="2024-01")
    assert not app.exception and not app.error
    told = text("zh", "rests.currencies", currencies=["CNY（国内）", "USD（海外）"])
    way = text("zh", "exchanged.lacking_of", currency="USD", months="2024年1月")
    warned = f"{told}  \n{text('zh', 'exchanged.lacking', currencies=[way])}"
    assert warned in [each.value for each in app.warning]
    shown = [each.value for each in (*app.markdown, *app.metric, *app.header)]
    assert not any("130" in str(each) for each in shown)
    app = open_page(mixed, page, "zh", period="month", month="2024-01", source="国内")
    assert not app.exception and warned not in [each.value for each in app.warning]
