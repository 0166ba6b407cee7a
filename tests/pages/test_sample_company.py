"""Every page on the sample company, in both languages: it opens, and says what its ledger knows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.analysis import bridge
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.language import text
from chanplan.language.numbers import Formatter
from chanplan.workspace import Workspace, sample_company
from tests.pages.conftest import Open
from tests.pages.test_pages import ANALYSES, PAGES
from tests.stores import simulated

LAST_YEAR = {"basis": "shipment", "period": "last_12", "month": "2025-12"}


@pytest.fixture(scope="module")
def net_sales() -> dict[str, str]:
    """What the company shipped in 2025, written as the page writes it, by its ledger."""
    ledger = simulated().ledger.totals("shipment", ("month",))
    year = ledger.loc[ledger["month"] // 100 == 2025, "net_sales"].sum()
    return {lang: Formatter(lang).money(year) for lang in ("zh", "en")}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_the_sample_company(
    open_page: Open, sample_home: Path, net_sales: dict[str, str], page: str
) -> None:
    for lang in ("zh", "en"):
        app = open_page(sample_home, page, lang, **LAST_YEAR)
        assert not app.exception and not app.error
        assert app.title[0].value == text(lang, f"{page}.title")
        assert text(lang, "welcome.in_sample") in " ".join(each.value for each in app.markdown)
        if page in ANALYSES:
            assert app.get("plotly_chart") and app.dataframe
        if page == "overview":
            assert net_sales[lang] in app.header[0].value
            assert app.metric[0].value == net_sales[lang]
        if page == "data":
            assert str(sample_company.file_count()) in app.header[0].value


def test_the_price_cut_of_the_sample_company_is_its_price_step(sample_home: Path) -> None:
    """山野 is sold 12 % cheaper on 京东 from March 2025 (sample/truths.py): of what the sold
    quantity would have brought at the prices of the year before, that much is missing."""
    scope = Scope(Period(202503, 202512), basis="shipment")
    cut = scope.only("channel", "京东").only("series", "山野")
    by = ("channel", "product")
    with Workspace.open(sample_home) as workspace:
        asked = bridge.question(cut, scope.period.last_year(), by)
        found = bridge.bridge(workspace.ask(asked).frame, by, cut.period)
        for grain in (by, ("partner", "product"), ("category",)):
            asked = bridge.question(scope, scope.period.last_year(), grain)
            every = bridge.bridge(workspace.ask(asked).frame, grain, scope.period)
            assert every is not None and sum(every.steps.values()) == every.change
    assert found is not None
    price = found.steps["price"] / (found.current - found.steps["price"])
    assert Decimal("-0.13") < price < Decimal("-0.11")


def test_a_step_of_the_profit_is_told_by_channel(open_page: Open, sample_home: Path) -> None:
    app = open_page(sample_home, "profit", basis="shipment", profit_step="goods")
    table = next(one for one in app.dataframe if "amount" in one.value)
    assert not app.exception and len(table.value) > 3
    assert sum(table.value["share"]) == pytest.approx(100)
    app.selectbox(key="profit_step").select("unallocated").run()
    table = next(one for one in app.dataframe if "amount" in one.value)
    assert not app.exception and table.value["name"].notna().all()
