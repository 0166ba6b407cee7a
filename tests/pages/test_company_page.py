"""The page of company rules: a grid is edited, tried, saved with a reason, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from chanplan.domain.company import Company
from chanplan.language import text
from chanplan.settings import Settings
from chanplan.workspace import Workspace
from tests.pages.conftest import Open
from tests.store.test_line_rules import SALES
from tests.store.test_taxes import GROSS, bring
from tests.stores import copied

Edit = Callable[[pd.DataFrame], pd.DataFrame]


@copied
def filled(home: Path) -> Settings:
    """Four lines 含税 at 6 % of their source, and eight of several statuses."""
    with Workspace.open(home) as space:
        bring(space, "gross.csv", GROSS, source="网店", tax_rate="0.06")
        bring(space, "sales.csv", SALES, source="旗舰店")
    return Settings(home=home)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return filled(tmp_path).home


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Edit], None]:
    """What a person types into the grid, from now on."""

    def type_in(edit: Edit) -> None:
        def editor(frame: pd.DataFrame, **_: Any) -> pd.DataFrame:
            return edit(frame)

        monkeypatch.setattr(st, "data_editor", editor)

    return type_in


def added(**row: object) -> Edit:
    return lambda frame: pd.concat([frame, pd.DataFrame([row])], ignore_index=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rate_is_tried_saved_with_its_reason_and_taken_back(
    open_page: Open, home: Path, typed: Callable[[Edit], None], lang: str
) -> None:
    typed(added(product="A", rate="13"))
    app = open_page(home, "company", lang)
    assert not app.exception and not app.error
    assert text(lang, "company.try_first") in [one.value for one in app.caption]
    app.button(key="company_try_tax_rates").click().run()
    told = next(one.value for one in app.markdown if one.value.startswith(("试算过", "Tried")))
    # By the source: 106.6038 + 102.8302 + 100 + 106.6038 = 416.0378. After: A at 13 %
    # 100 + 102.8302 + 100 + 100, and the other file's (10 + 20 + 40 + 80 − 320) ÷ 1.13 = −150.4424.
    assert "416.04" in told and "252.39" in told
    reason = next(one for one in app.text_input if one.key.startswith("company_reason_tax_rates"))
    reason.set_value("财政部公告")
    save = next(one for one in app.button if one.label == text(lang, "company.save"))
    typed(lambda frame: frame)
    save.click().run()
    assert not app.exception and not app.error and app.success
    assert any("财政部公告" in one.value for one in app.markdown)
    app.button(key="company_undo_tax_rates").click().run()
    assert text(lang, "company.none_tax_rates") in [one.value for one in app.markdown]


def test_what_cannot_be_read_is_told_and_not_saved(
    open_page: Open, home: Path, typed: Callable[[Edit], None]
) -> None:
    typed(added(product="A", rate="一三"))
    app = open_page(home, "company")
    assert "第 1 行" in app.warning[0].value
    assert "company_try_tax_rates" not in [one.key for one in app.button]


def test_closed_months_refuse_and_the_first_open_day_is_offered(
    open_page: Open, home: Path, typed: Callable[[Edit], None]
) -> None:
    with Workspace.open(home) as space:
        space.closings.mark([202503], True)
    typed(added(product="A", rate="13%"))
    app = open_page(home, "company")
    assert app.radio(key="company_since_tax_rates").value == "open"
    app.button(key="company_try_tax_rates").click().run()
    assert not app.error  # from April on only July moves: 106.6038 → 100
    assert any("106.60 → 100.00" in one.value for one in app.markdown)
    app.radio(key="company_since_tax_rates").set_value("rows").run()
    app.button(key="company_try_tax_rates").click().run()
    assert "2025年3月" in app.error[0].value
    assert text("zh", "company.save") not in [one.label for one in app.button]


def test_a_rule_counts_what_it_catches(
    open_page: Open, home: Path, typed: Callable[[Edit], None]
) -> None:
    typed(added(field="channel", value="调拨仓", line_type="transfer"))
    app = open_page(home, "company", rules="line_types")
    assert not app.exception and not app.error
    likely = next(one.value for one in app.dataframe if "why" in one.value)
    assert "调拨仓" in likely["value"].tolist()
    app.button(key="company_try_line_rules").click().run()
    save = next(one for one in app.button if one.label == text("zh", "company.save"))
    typed(lambda frame: frame)
    save.click().run()
    assert not app.exception
    caught = next(one.value for one in app.dataframe if "moved" in one.value)
    assert caught[["lines", "moved", "amount"]].to_numpy().tolist() == [[1, 1, 80]]


def test_units_that_no_table_knows_wait_in_the_grid(
    open_page: Open, home: Path, typed: Callable[[Edit], None]
) -> None:
    lines = (
        "日期,渠道,产品编码,数量,单位,金额\n2025-03-01,天猫,A,2,箱,10\n2025-03-02,天猫,A,5,瓶,1\n"
    )
    with Workspace.open(home) as space:
        bring(space, "units.csv", lines, source="仓库")
    seen: list[pd.DataFrame] = []

    def told(frame: pd.DataFrame) -> pd.DataFrame:
        seen.append(frame)
        return pd.DataFrame(
            [{"product": "A", "unit": "瓶", "case_unit": "箱", "units_per_case": "12"}]
        )

    typed(told)
    app = open_page(home, "company", rules="units")
    assert not app.exception
    assert sorted(seen[0]["case_unit"].tolist()) == ["瓶", "箱"]
    app.button(key="company_try_products").click().run()
    assert not app.error
    # 2 × 12 + 5 instead of 2 + 5
    assert any("→" in one.value for one in app.markdown)
    next(one for one in app.button if one.label == text("zh", "company.save")).click().run()
    assert not app.error and text("zh", "company.units_known") in [m.value for m in app.markdown]
    st.cache_resource.clear()
    with Workspace.open(home) as space:
        frame = space.store.fetch(
            "select base_quantity from sales_line where base_unit = '瓶' order by date"
        )
        assert frame["base_quantity"].astype(float).tolist() == [24, 5]


@pytest.mark.parametrize("side", ["with_tax", "without_tax"])
def test_the_company_s_side_is_what_pages_show_first(
    open_page: Open, home: Path, side: str
) -> None:
    app = open_page(home, "company")
    radio = next(one for one in app.radio if one.key.startswith("company_tax"))
    radio.set_value(side)
    next(one for one in app.button if one.label == text("zh", "company.save_setting")).click().run()
    assert not app.exception and app.success
    shown = open_page(home, "overview")
    assert text("zh", f"tax.{side}") in shown.caption[0].value
    assert not shown.exception


def test_a_company_s_side_is_heard_again(home: Path) -> None:
    with Workspace.open(home) as space:
        space.company.say("tax", "without_tax")
        assert space.company.said == Company(tax="without_tax")
        assert space.company.usual_tax("order") == "without_tax"
        # Nobody has told invoices of any side.
        assert space.company.usual_tax("invoice") == "with_tax"
