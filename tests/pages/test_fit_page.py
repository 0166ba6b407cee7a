"""The page of fit: figures one can add up, a cell opened, and states without an answer."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from chanplan.language import text
from chanplan.workspace import Workspace
from tests.pages.conftest import Open


def store(home: Path, headings: str, *rows: str) -> Path:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([headings.split(), *(row.split() for row in rows)])
    with Workspace.open(home) as workspace:
        original = workspace.receive("销售.csv", out.getvalue().encode())
        outcome = workspace.load(original, workspace.inspect(original))
        assert outcome.counts.loaded == len(rows)
    return home


def year(*lines: str) -> list[str]:
    return [f"2024-{month:02d}-15 {line}" for month in range(1, 13) for line in lines]


@pytest.fixture(scope="module")
def alike_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each month of 2024 天猫 and 京东 sell 饮料 60, 零食 40, 酒 50, and 抖音 the first two."""
    goods = {"饮料 气泡水": 60, "零食 薯片": 40, "酒 梅酒": 50}
    lines = [f"{channel} {good} {amount}" for channel in ("天猫", "京东", "抖音")
             for good, amount in goods.items() if (channel, amount) != ("抖音", 50)]  # fmt: skip
    home = tmp_path_factory.mktemp("alike")
    return store(home, "销售日期 渠道 品类 产品名称 销售额", *year(*lines))


@pytest.fixture(scope="module")
def no_product_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Channels and amounts, nothing else."""
    home = tmp_path_factory.mktemp("no_product")
    return store(home, "销售日期 渠道 销售额", *year("天猫 60", "京东 40"))


@pytest.fixture(scope="module")
def one_channel_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One channel with two products of one region."""
    home = tmp_path_factory.mktemp("one_channel")
    lines = year("天猫 华东 饮料 气泡水 60", "天猫 华东 零食 薯片 40")
    return store(home, "销售日期 渠道 大区 品类 产品名称 销售额", *lines)


@pytest.fixture(scope="module")
def returns_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More comes back than is sold."""
    home = tmp_path_factory.mktemp("returns")
    lines = year("天猫 饮料 气泡水 -60", "京东 零食 薯片 -40")
    return store(home, "销售日期 渠道 品类 产品名称 销售额", *lines)


def test_the_white_space_is_the_first_thing_said_and_can_be_added_up(
    open_page: Open, alike_home: Path
) -> None:
    """酒 is a third of 天猫 and 京东 and nothing of 抖音, which sells 1,200: 400."""
    app = open_page(alike_home, "fit")
    assert not app.exception and not app.error
    assert "酒最不适合抖音渠道" in app.header[0].value and "指数 0" in app.header[0].value
    assert "酒在抖音没有销售" in app.markdown[0].value and "400" in app.markdown[0].value
    spaces = next(t.value for t in app.dataframe if "peer_share" in t.value)
    assert spaces["size"].tolist() == [400] and spaces["like"].tolist() == [
        "京东 33.3%、天猫 33.3%"
    ]


def test_a_cell_of_the_address_is_opened_with_its_reasoning(
    open_page: Open, alike_home: Path
) -> None:
    app = open_page(alike_home, "fit", fit_channel="抖音", fit_category="酒")
    told = " ".join(each.value for each in app.markdown)
    # 酒 is 1,200 of 4,800 = 25 %: 300 of 抖音's 1,200 would be expected
    assert "所以指数是 **0**" in told and "少了 **300**" in told and "= **400**" in told
    assert app.button(key="only_channel").label == "只看 抖音（所有页面）"


def test_an_opened_cell_stands_in_the_address_and_is_closed_again(
    open_page: Open, alike_home: Path
) -> None:
    app = open_page(alike_home, "fit", "en")
    app.selectbox(key="fit_channel").select("抖音").run()
    app.selectbox(key="fit_category").select("酒").run()
    assert app.query_params["fit_channel"] == "抖音" and app.query_params["fit_category"] == "酒"
    assert "the index is **0**" in " ".join(each.value for each in app.markdown)
    app.selectbox(key="fit_channel").select("").run()
    assert text("en", "fit.choose") in [each.value for each in app.caption]


def test_the_other_level_stands_in_the_address(open_page: Open, alike_home: Path) -> None:
    app = open_page(alike_home, "fit", fit_level="product")
    assert "梅酒最不适合抖音渠道" in app.header[0].value
    assert app.selectbox(key="fit_product").options[1:] == ["气泡水", "薯片", "梅酒"]


def test_filters_choose_what_is_shown_not_what_is_compared_with(
    open_page: Open, alike_home: Path
) -> None:
    app = open_page(alike_home, "fit", channel="天猫")
    cells = app.dataframe[-1].value
    assert cells["channel_name"].unique().tolist() == ["天猫"]
    # 酒: a third of 天猫 against a quarter of all
    assert cells.set_index("item_name")["index"]["酒"] == pytest.approx(100 / 3 / 25 * 100)
    assert text("zh", "fit.compared_with_all") in [each.value for each in app.caption]


def test_without_a_product_the_page_says_so(open_page: Open, no_product_home: Path) -> None:
    app = open_page(no_product_home, "fit", "en")
    assert not app.exception and app.info[0].value == text("en", "products.none")


@pytest.mark.parametrize(
    ("home", "lang", "said"),
    [
        ("one_channel_home", "zh", "findings.fit_one_channel"),
        ("returns_home", "en", "findings.negative_total"),
    ],
)
def test_where_nothing_can_be_compared_the_page_says_so(
    open_page: Open, request: pytest.FixtureRequest, home: str, lang: str, said: str
) -> None:
    app = open_page(request.getfixturevalue(home), "fit", lang)
    assert not app.exception and not app.error
    assert app.header[0].value == text(lang, said, member="天猫")
