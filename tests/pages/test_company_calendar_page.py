"""The tabs of calendar and currencies: said, tried, saved and taken back, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.language import text
from chanplan.workspace import Workspace, by_hand
from tests.pages.conftest import Open
from tests.workspace.test_returns import bring

LANGUAGES = ("zh", "en")
LINES = (
    "日期,渠道,产品,金额,币种\n"
    "2024-01-05,天猫,水,100,CNY\n2024-01-28,天猫,水,20,CNY\n2024-02-05,天猫,水,200,CNY\n"
    "2024-01-06,亚马逊,水,30,USD\n2024-02-06,亚马逊,水,40,USD\n"
)
RATES = [
    {"month": "2024-01", "currency": "USD", "rate": "7"},
    {"month": "2024-02", "currency": "USD", "rate": "8"},
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Workspace.open(tmp_path) as space:
        bring(space, "各国.csv", LINES)
        by_hand.save(space, "exchange_rates", RATES, "月均价")
    return tmp_path


def said(app) -> list[str]:
    return [one.value for kind in (app.header, app.markdown, app.caption) for one in kind]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calendar_is_tried_saved_and_taken_back(open_page: Open, home: Path, lang: str):
    app = open_page(home, "company", lang, rules="calendar")
    assert not app.exception
    assert any(text(lang, "company.cut_end") in one for one in said(app))
    version = next(one.key for one in app.radio if one.key.startswith("company_cut_"))
    app.radio(key=version).set_value("day").run()
    app.button(key="company_try_cal").click().run()
    assert not app.exception
    moved = text(lang, "company.moved", months=2, first="", last="", parts="")[:6]
    assert any(one.startswith(moved) for one in said(app))
    app.button(key="FormSubmitter:company_words_cal-" + text(lang, "company.save")).click().run()
    assert not app.exception
    told = text(lang, "company.cut_day", first=26, last=25)
    assert any(told in one for one in said(app))
    undo = "company_undo_cut_off_day_fiscal_year_start_month_week"
    app.button(key=undo).click().run()
    assert any(text(lang, "company.cut_end") in one for one in said(app))


def test_a_fiscal_year_renames_and_moves_nothing(open_page: Open, home: Path):
    app = open_page(home, "company", "zh", rules="calendar")
    key = next(one.key for one in app.selectbox if one.key.startswith("company_fiscal_"))
    app.selectbox(key=key).set_value("4").run()
    app.button(key="company_try_cal").click().run()
    assert not app.exception
    assert text("zh", "company.nothing_moves") in [one.value for one in app.info]
    assert any("归到另一个财年" in one for one in said(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_events_known_and_own_stand_in_one_table(open_page: Open, home: Path, lang: str):
    with Workspace.open(home) as space:
        event = {"event": "会员日", "first": "2024-02-08", "last": "2024-02-10"}
        by_hand.save(space, "company_events", [event])
    app = open_page(home, "company", lang, rules="calendar")
    assert not app.exception
    # 春节, 618 and 双11 of 2024, and the company's own.
    told = text(lang, "company.events_held", count=4)
    assert told in [one.value for one in app.subheader]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_constant_rates_are_tried_saved_and_named_in_the_head(
    open_page: Open, home: Path, lang: str
):
    app = open_page(home, "company", lang, rules="currencies")
    assert not app.exception
    told = text(lang, "company.fx_current", currencies=["USD"], money="CNY")
    assert told in said(app)
    # 30 × 7 + 40 × 8 against 70 × 7.
    effect = [one for one in said(app) if "530" in one and "40" in one]
    assert len(effect) == 1
    key = next(one.key for one in app.radio if one.key.startswith("company_fx_"))
    app.radio(key=key).set_value("constant").run()
    app.button(key="company_try_fx").click().run()
    app.button(key="FormSubmitter:company_words_fx-" + text(lang, "company.save")).click().run()
    assert not app.exception
    page = open_page(home, "overview", lang)
    month = {"zh": "2024年2月", "en": "Feb 2024"}[lang]
    head = text(lang, "exchanged.constant", currencies=["USD"], money="CNY", month=month)
    assert head in page.caption[0].value


def test_a_missing_rate_is_told_with_the_way_out(open_page: Open, home: Path):
    with Workspace.open(home) as space:
        by_hand.save(space, "exchange_rates", RATES[:1])
    app = open_page(home, "company", "zh", rules="currencies")
    assert any("USD 有 1 行没有汇率" in one.value for one in app.warning)
    page = open_page(home, "overview", "zh", period="month", month="2024-02")
    assert not page.exception
    assert any("USD（2024年2月）" in one.value for one in page.warning)


@pytest.mark.parametrize("counts", [False, True])
def test_weeks_are_offered_where_the_company_counts_by_them(
    open_page: Open, home: Path, counts: bool
):
    if counts:
        with Workspace.open(home) as space:
            space.company.say("week", "iso")
    app = open_page(home, "pivot", "zh", pivot_rows="week" if counts else "channel", compare="none")
    assert not app.exception
    assert any("周" in one for one in app.multiselect(key="pivot_rows").options) is counts
