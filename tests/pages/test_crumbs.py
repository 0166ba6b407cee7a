"""What is narrowed down is told on every page, kept from page to page, and taken off by a click."""

from __future__ import annotations

from pathlib import Path

from tests.pages.conftest import Open


def test_no_filter_no_line(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "overview")
    assert not [button for button in app.button if (button.key or "").startswith("crumb")]


def test_filters_of_a_link_stand_on_every_page_and_go_one_by_one(
    open_page: Open, loaded_home: Path
) -> None:
    app = open_page(loaded_home, "overview", channel="京东", category="饮料")
    assert app.button(key="crumb_channel").label == "渠道 › 京东"
    app.switch_page("pages/products.py").run()
    assert app.button(key="crumb_category").label == "品类 › 饮料"
    app.button(key="crumb_channel").click().run()
    assert app.multiselect(key="channel").value == []
    assert "channel" not in app.query_params and app.query_params["category"] == "饮料"


def test_reset_takes_all_off(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "channels", channel="京东", category="饮料")
    app.button(key="crumb_reset").click().run()
    assert "channel" not in app.query_params and "category" not in app.query_params
    assert not [button for button in app.button if button.key == "crumb_reset"]


def test_an_opened_member_narrows_every_page_and_back(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "channels", channel_opened="京东")
    app.button(key="only_channel").click().run()
    assert app.query_params["channel"] == "京东"
    app.switch_page("pages/overview.py").run()
    assert app.multiselect(key="channel").value == ["京东"]
    app.switch_page("pages/channels.py").run()
    app.button(key="only_channel").click().run()
    assert "channel" not in app.query_params
