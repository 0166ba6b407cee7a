"""The page of concentration: figures one can add up, who leaves, and states without an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chanplan.language import text
from tests.pages.conftest import HOSTILE, Open
from tests.pages.test_fit_page import no_product_home, one_channel_home, returns_home

__all__ = ["no_product_home", "one_channel_home", "returns_home"]


def metric(app: Any, label: str) -> str:
    return next(each.value for each in app.metric if each.label == label)


def test_the_first_sentence_and_the_figures(open_page: Open, loaded_home: Path) -> None:
    """2024: 天猫 1,800, 京东 960, the hostile one 120: shares 0.625, 0.3333, 0.0417, HHI 0.503."""
    app = open_page(loaded_home, "concentration")
    assert app.header[0].value.startswith(
        "只有 3 个渠道，相当于 2.0 个一样大的；天猫最大，占 62.5%"
    )
    assert metric(app, "HHI") == "0.503" and metric(app, "前三名占比（CR3）") == "100.0%"
    ranking = app.dataframe[-1].value
    assert ranking["abc"].tolist() == ["A", "A", "C"]
    assert ranking["cumulative"].tolist() == pytest.approx([62.5, 95.8333, 100], abs=1e-3)


def test_the_largest_leaves_unless_another_is_chosen(open_page: Open, loaded_home: Path) -> None:
    """Each line cost 5: 天猫 keeps 1,800 − 60 = 1,740 of a margin of 2,880 − 180 = 2,700."""
    app = open_page(loaded_home, "concentration")
    told = " ".join(each.value for each in app.markdown)
    assert "如果 **天猫** 离开：少 **1,800**，占全部的 **62.5%**，剩下 1,080" in told
    assert "毛利少 **1,740**（64.4%），剩下 960" in told and "100%" in told
    alone = next(t.value for t in app.dataframe if "region" in t.value)
    assert alone[["product", "region", "value"]].iloc[0].tolist() == ["气泡水", "华东", 1800]
    assert text("zh", "leaving.nobody") in [each.value for each in app.caption]
    app.selectbox(key="leaving_channel").select("京东").run()
    assert "如果 **京东** 离开：少 **960**" in " ".join(each.value for each in app.markdown)
    assert app.query_params["leaving_channel"] == "京东"


@pytest.mark.parametrize(("tab", "lang"), [("customer", "en"), ("product", "zh")])
def test_every_tab_opens_by_the_address(
    open_page: Open, loaded_home: Path, tab: str, lang: str
) -> None:
    app = open_page(loaded_home, "concentration", lang, concentration=tab)
    assert not app.exception and not app.error
    assert app.selectbox(key=f"leaving_{tab}") and app.dataframe


def test_products_by_size_and_steadiness(open_page: Open, loaded_home: Path) -> None:
    """Each product sells the same every month of its year; 气泡水 rose from 100 to 150."""
    app = open_page(loaded_home, "concentration", concentration="product", abc_xyz="A-X")
    (shown,) = (t.value for t in app.dataframe if "cv" in t.value)
    assert shown["name"].tolist() == ["气泡水", "薯片"]
    assert shown["abc"].tolist() == ["A", "A"] and shown["months"].tolist() == [24, 24]
    app.selectbox(key="abc_xyz").select("B-Z").run()
    assert not [t for t in app.dataframe if "cv" in t.value]
    assert text("zh", "members.none") in [each.value for each in app.caption]


def test_a_hostile_name_is_shown_as_it_is(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "concentration", leaving_channel=HOSTILE)
    told = " ".join(each.value for each in app.markdown)
    assert not app.exception and r"\*\*粗\*\*" in told


@pytest.mark.parametrize(
    ("home", "lang", "said"),
    [
        ("one_channel_home", "en", "findings.stands_alone"),
        ("returns_home", "zh", "findings.negative_total"),
        ("no_product_home", "en", "findings.hangs_on_few"),
    ],
)
def test_where_little_can_be_said_the_page_says_so(
    open_page: Open, request: pytest.FixtureRequest, home: str, lang: str, said: str
) -> None:
    app = open_page(request.getfixturevalue(home), "concentration", lang)
    assert not app.exception and not app.error
    values = {"dimension": "·", "member": "·", "value": "·", "of": "·", "effective": "·"}
    words = text(lang, said, before_share="·", **values).split("·")
    heading = app.header[0].value
    assert all(word in heading for word in words if word.strip())
