"""The pages of care and of one customer, in states that they must stand; both languages."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from chanplan.analysis.customers.facts import Asked
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.language import text
from chanplan.workspace import Workspace
from chanplan.workspace.customers import care_items
from tests.pages.conftest import Open
from tests.workspace.test_workspace import bring

HEAD = "渠道,日期,客户,订单号,产品,金额\n"


def day(at: int) -> str:
    return f"2024-{1 + at // 28:02d}-{1 + at % 28:02d}"


def rows(customer: str, days: list[int], amount: int = 100) -> str:
    return "".join(f"天猫,{day(at)},{customer},{customer}{at},茶,{amount}\n" for at in days)


LAST = 330
THREE = (
    rows("甲", [0, 30, 60, 90]) + rows("乙", [10, 200]) + rows("13812341234", [0, 100, 200, LAST])
)
STORES = {
    "three": THREE,
    "once": "".join(rows(f"客{at}", [at * 3]) for at in range(30)),
    "giant": rows("巨头", [0, 20, 40, 60], 100_000) + rows("小", [0, 100, 200, LAST], 10),
}


def store(home: Path, kind: str) -> Path:
    with Workspace.open(home) as workspace:
        bring(workspace, "销售.csv", (HEAD + STORES[kind]).encode())
    return home


def said(app: object) -> str:
    return "\n".join(str(each.value) for kind in ("markdown", "caption", "info", "header")
                     for each in getattr(app, kind))  # fmt: skip


@pytest.mark.parametrize("kind", STORES)
def test_pages_stand_every_state(open_page: Open, tmp_path: Path, kind: str) -> None:
    home = store(tmp_path, kind)
    for page, lang in product(("care", "customer"), ("zh", "en")):
        app = open_page(home, page, lang)
        assert not app.exception and not app.error
        assert app.title[0].value == text(lang, f"{page}.title")
        if kind == "three":
            assert "13812341234" not in said(app)


def test_no_names_at_all(open_page: Open, tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "销售.csv", "渠道,日期,金额\n天猫,2024-01-03,100\n".encode())
    for page in ("care", "customer"):
        app = open_page(tmp_path, page)
        assert not app.exception and app.info


def test_the_first_sentence_and_the_list(open_page: Open, tmp_path: Path) -> None:
    app = open_page(store(tmp_path, "three"), "care")
    assert app.markdown[0].value.startswith(
        "1 位消费者的沉默超出了自己的节奏，他们平时一年带来 400"
    )
    grid = app.dataframe[0].value
    assert grid["name"].tolist() == ["甲"]
    assert grid["reason"].tolist() == ["平时每 33 天下单，已 260 天未下；一年 400；天猫"]
    assert app.dataframe[0].value["state"].tolist() == ["open"]


def test_all_one_time_buyers_are_told_why_there_is_no_list(open_page: Open, tmp_path: Path) -> None:
    app = open_page(store(tmp_path, "once"), "care", "en")
    assert app.markdown[0].value.startswith("All 30 customers")


def test_a_link_opens_one_customer_and_its_care(open_page: Open, tmp_path: Path) -> None:
    with Workspace.open(store(tmp_path, "three")) as workspace:
        bring(workspace, "调查.csv", "受访者,问题,评分\n甲,供货及时性,4\n".encode())
        bring(workspace, "拜访.csv", "拜访日期,客户,拜访结果\n2024-06-01,甲,考虑中\n".encode())
        bring(workspace, "维护.csv", "客户,维护状态,维护结果\n甲,已联系,下周补货\n".encode())
        assert len(care_items.items(workspace.store)) == 1
    app = open_page(tmp_path, "customer", customer="甲")
    assert not app.exception
    assert any("**甲** 已沉默" in each.value for each in app.markdown)
    tables = [each.value for each in app.dataframe]
    assert any("下周补货" in str(table.values) for table in tables)
    assert any("供货及时性" in str(table.values) for table in tables)
    assert any("考虑中" in str(table.values) for table in tables)


def test_who_fades_and_comes_first_is_not_said_to_be_silent(
    open_page: Open, tmp_path: Path
) -> None:
    """丙 orders every two weeks, much in 2023 and little in 2024; 甲 is silent and small."""
    fading = "".join(
        f"天猫,{year}-{month:02d}-{at:02d},丙,丙{year}{month}{at},茶,{amount}\n"
        for year, amount in ((2023, 9000), (2024, 1000))
        for month in range(1, 13) for at in (10, 24)
    )  # fmt: skip
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "销售.csv", (HEAD + THREE + fading).encode())
        asked = Asked("consumer", Scope(Period(202301, 202412)), date(2024, 12, 31))
        segments = workspace.customers.care.segments(asked)
    app = open_page(tmp_path, "care")
    said = app.markdown[0].value
    assert said.startswith("1 位消费者的沉默") and "先联系 **丙**" in said
    assert said.index("1 位消费者仍在下单") < said.index("先联系")
    assert app.dataframe[0].value["name"].tolist() == ["丙", "甲"]
    assert "风险金额在哪里？" in app.header[0].value
    kept = [one for one in app.multiselect if one.key == "care_segment"]
    assert len(kept) == 1 and len(kept[0].options) == 2
    assert segments["甲"] != segments["丙"]
    narrowed = open_page(tmp_path, "care", care_segment=segments["甲"])
    assert narrowed.dataframe[0].value["name"].tolist() == ["甲"]
