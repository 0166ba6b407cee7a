"""The bridge on the pages: what it says, its grain in the address, a step and its items."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.language import text
from tests.pages.conftest import Open

# 2024 against 2023: 天猫's 气泡水 goes from 50 to 75 a bottle, 24 bottles each year: +600.
# Nothing else moves.


def test_channels_say_that_price_made_the_change(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "channels")
    assert "变化几乎都来自价格：+600" in [header.value for header in app.header]
    drawn = "对比 2023年1月1日–2023年12月15日，按渠道 × 产品：各项相加等于变化 +600"
    assert any(caption.value.endswith(drawn) for caption in app.caption)
    steps = app.dataframe[1].value
    assert (steps["part"].tolist(), steps["money"].tolist()) == (["价格"], [600])
    assert round(steps["points"].iloc[0], 1) == 26.3


def test_a_step_opens_into_its_items_without_a_mouse(open_page: Open, loaded_home: Path) -> None:
    for lang in ("zh", "en"):
        app = open_page(loaded_home, "channels", lang)
        app.selectbox(key="channel_bridge_step").select("price").run()
        assert not app.exception
        items = app.dataframe[1].value
        cells = ("channel", "product", "money", "unit_price_base", "unit_price")
        assert [tuple(row) for row in items[list(cells)].values] == [
            ("天猫", "气泡水", 600, 50, 75)
        ]
        assert app.query_params["channel_bridge_step"] == "price"
        assert text(lang, "bridge.says.price") in " ".join(each.value for each in app.caption)


def test_a_grain_and_a_step_come_from_the_address(open_page: Open, loaded_home: Path) -> None:
    chosen = {"product_bridge": "category", "product_bridge_step": "price"}
    app = open_page(loaded_home, "products", "en", **chosen)
    items = next(table.value for table in app.dataframe if "money" in table.value)
    assert items["category"].tolist() == ["饮料"] and items["money"].tolist() == [600]
    assert app.selectbox(key="product_bridge").value == "category"


def test_what_cannot_be_told_is_said(open_page: Open, loaded_home: Path) -> None:
    for address, code in (
        ({"compare": "none"}, "bridge.no_comparison"),
        ({"period": "month", "month": "2023-03", "compare": "last_year"}, "bridge.no_base"),
    ):
        app = open_page(loaded_home, "channels", **address)
        assert not app.exception
        assert text("zh", code) in [caption.value for caption in app.caption]
        assert text("zh", "bridge.title") in [header.value for header in app.header]


def test_unlike_units_are_told_below_the_chart(open_page: Open, two_sources_home: Path) -> None:
    early = {"period": "custom", "from": "2024-01", "to": "2024-02", "compare": "last_year"}
    app = open_page(two_sources_home, "products", **early)
    assert text("zh", "bridge.unlike_units") in [caption.value for caption in app.caption]


def test_too_many_items_are_told_and_the_page_goes_on(
    open_page: Open, loaded_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chanplan.workspace.answers.MOST_ROWS", 1)
    monkeypatch.setattr("chanplan.ui.bridge.MOST_ROWS", 1)
    app = open_page(loaded_home, "channels", region="华东", channel_opened="天猫")
    assert not app.exception and app.header[-1].value.startswith("天猫")
    assert any("超过 1 个" in caption.value for caption in app.caption)
