"""Every page on the sample company, in both languages: it opens, and says what its ledger knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.language import text
from chanplan.language.numbers import Formatter
from chanplan.sample import SEED, simulate
from chanplan.workspace import sample_company
from tests.pages.conftest import Open
from tests.pages.test_pages import ANALYSES, PAGES

LAST_YEAR = {"basis": "shipment", "period": "last_12", "month": "2025-12"}


@pytest.fixture(scope="module")
def net_sales() -> dict[str, str]:
    """What the company shipped in 2025, written as the page writes it, by its ledger."""
    ledger = simulate(SEED).ledger.totals("shipment", ("month",))
    year = ledger.loc[ledger["month"] // 100 == 2025, "net_sales"].sum()
    return {lang: Formatter(lang).money(year) for lang in ("zh", "en")}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_the_sample_company(
    open_page: Open, sample_home: Path, net_sales: dict[str, str], page: str, lang: str
) -> None:
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
