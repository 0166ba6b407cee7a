"""The page of customers in and out: figures one can count, and states without an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.language import text
from tests.pages.conftest import Open
from tests.pages.test_fit_page import no_product_home, one_channel_home, store

__all__ = ["no_product_home", "one_channel_home"]


def shown(app):
    return [*(each.value for each in (*app.header, *app.markdown, *app.caption, *app.info))]


@pytest.fixture(scope="module")
def moved_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In 2023 甲 乙 丙 buy at 天猫; in 2024 甲 stays, 乙 moves to 抖音, 丁 begins there."""
    days = [f"2022-01-05 天猫 {who} 10" for who in ("甲", "乙", "丙")]
    days += [f"2023-03-05 天猫 {who} 10" for who in ("甲", "乙", "丙")]
    days += ["2024-03-05 天猫 甲 10", "2024-05-05 抖音 乙 10", "2024-12-05 抖音 丁 10"]
    return store(tmp_path_factory.mktemp("moved"), "销售日期 渠道 客户 销售额", *days)


def test_who_came_from_where_is_the_first_sentence(open_page: Open, moved_home: Path) -> None:
    app = open_page(moved_home, "flows", period="last_12", compare="last_year")
    assert not app.exception and not app.error
    assert app.header[0].value == "抖音新增 2 位客户，其中 50.0% 之前在天猫买过。"
    assert "其中 1 位在别的渠道买" in " ".join(each.value for each in app.markdown)
    table = app.dataframe[0].value
    assert table["customers"].tolist() == [2, 1, 3] and table["lost"].tolist()[1:] == [2, 1]


def test_a_filter_that_customers_cannot_follow_is_told(open_page: Open, loaded_home: Path) -> None:
    for lang in ("zh", "en"):
        app = open_page(loaded_home, "flows", lang, category="饮料")
        named = {"zh": "品类", "en": "Category"}[lang]
        assert text(lang, "flows.blind", filters=named) in shown(app)


def test_channels_that_share_no_customer_are_refused(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "flows", "en")
    assert text("en", "flows.refused", rate="0.00%", floor="1%") in shown(app)


@pytest.mark.parametrize("home", ["no_product_home", "one_channel_home"])
def test_without_customers_the_page_says_what_to_do(
    open_page: Open, request: pytest.FixtureRequest, home: str
) -> None:
    app = open_page(request.getfixturevalue(home), "flows")
    assert not app.exception and text("zh", "flows.no_customers") in shown(app)


def test_new_within_a_filter_is_said_to_be_so(open_page: Open, loaded_home: Path) -> None:
    for lang in ("zh", "en"):
        named = {"zh": "区域", "en": "Region"}[lang]
        sentence = text(lang, "flows.within", filters=named)
        assert sentence in shown(open_page(loaded_home, "flows", lang, region="华东"))
        assert sentence not in shown(open_page(loaded_home, "flows", lang, channel="天猫"))
