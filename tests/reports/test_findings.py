"""Findings read out in both languages, the same wherever they are read."""

from decimal import Decimal

import pandas as pd
import pytest

from chanplan.analysis.bridge import STEPS, Bridge
from chanplan.analysis.bridge_story import headline
from chanplan.analysis.story import Finding
from chanplan.reports.findings import tell

D = Decimal


def bridge(**steps: int) -> Bridge:
    told = {step: D(steps.get(step, 0)) for step in STEPS}
    return Bridge(("product",), D(0), sum(told.values(), D(0)), told, pd.DataFrame(), False, False)


def said(finding: Finding, language: str, compare: str = "last_year") -> str:
    return tell(finding, compare, language, lambda dimension, member: f"{member}")


@pytest.mark.parametrize(
    ("steps", "zh", "en"),
    [
        (
            {"volume": 1_200_000, "price": -600_000, "mix": 10},
            "销量带来 +120.0万；价格 -60.0万",
            "Volume brought +1.20M; price -600.0K",
        ),
        (
            {"lost": -50_000, "new": 20_000},
            "流失拉低 5.0万；新增 +2.0万",
            "Lost items took 50.0K; new items +20.0K",
        ),
        (
            {"price": -900, "mix": 10},
            "变化几乎都来自价格：-900",
            "Almost all of the change is Price: -900",
        ),
        ({}, "销量、结构和价格都没有变化", "Neither volume, mix nor price moved"),
    ],
)
def test_a_bridge_says_what_moved_most(steps: dict[str, int], zh: str, en: str) -> None:
    finding = headline(bridge(**steps))
    assert (said(finding, "zh"), said(finding, "en")) == (zh, en)


def test_members_dimensions_and_months_are_told_in_the_readers_words() -> None:
    values = {"dimension": "channel", "member": "JD", "value": D(30_000), "share": D("0.25")}
    finding = Finding("largest", values)
    assert said(finding, "zh") == "按渠道看， JD 最大：3.0万，占 25.0%。"
    assert said(finding, "en") == "By channel, JD is the largest: 30.0K, 25.0% of the total."
    assert "2024年2月" in said(Finding("new_year_now", {"month": 202402}), "zh")
