"""What is unusual stands on the pages, says so where nothing is, and opens its lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chanplan.language import text
from tests.pages.conftest import Open

QUARTER = {"basis": "shipment", "period": "quarter", "quarter": "2025-Q2"}


def captions(app: Any) -> str:
    return " ".join(each.value for each in app.caption)


def test_a_short_history_and_a_quiet_month_are_said(open_page: Open, loaded_home: Path) -> None:
    for lang in ("zh", "en"):
        app = open_page(loaded_home, "overview", lang)
        assert text(lang, "findings.unusual_short") in captions(app)
        app = open_page(loaded_home, "channels", lang, period="month", month="2024-12")
        told, _, _ = text(lang, "findings.unusual_none", count="{}").partition("{}")
        assert told in captions(app) and not app.exception


def test_findings_stand_in_order_with_their_range_and_open_their_lines(
    open_page: Open, sample_home: Path
) -> None:
    app = open_page(sample_home, "overview", **QUARTER)
    told = [each.value for each in app.markdown if "平常" in each.value or "是新的" in each.value]
    assert ["抖音直播" in told[0], "是新的" in told[1], "单位" in told[2]] == [True] * 3
    assert "京东 · 山野均价低了 11.5%" in told[3] and "到" in told[0]
    app.button(key="unusual_3").click().run()
    assert not app.exception and app.title[0].value == text("zh", "products.title")
    # 山野 is no filter; the category that holds it is.
    assert app.session_state["channel"] == ["京东"] and app.session_state["category"] == ["果酒"]


def test_a_page_tells_what_it_is_about(open_page: Open, sample_home: Path) -> None:
    app = open_page(sample_home, "products", **QUARTER)
    told = " ".join(each.value for each in app.markdown)
    assert "是新的" in told and "从2024年4月起偏高" not in told
    app = open_page(sample_home, "products", period="month", month="2025-10", basis="shipment")
    assert text("zh", "unusual.elsewhere", count=1) in captions(app)


@pytest.mark.parametrize("page", ["overview", "channels"])
def test_a_channel_that_grew_says_once_where_its_buyers_bought_before(
    open_page: Open, sample_home: Path, page: str
) -> None:
    app = open_page(sample_home, page, **QUARTER)
    told = [each.value for each in app.markdown if "之前在天猫买过" in each.value]
    assert not app.exception and len(told) == 1
    assert "抖音直播" in told[0] and "匹配率" in told[0]
