"""Page, command line and an independent reading of the file: one answer, and parts that sum."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.commands.shell import chanplan
from tests.identities import shown
from tests.identities.companies import PLACES, Company
from tests.pages.conftest import Open

EVERYTHING = {"period": "custom", "compare": "none"}
LAST_12 = {"period": "last_12", "compare": "last_year"}
SIDES = ("value", "base", "change")
TWO_YEARS = 24
NO_BASE = "the file has no year before its last one"


def ask(company: Company, *words: str) -> list[dict[str, Any]]:
    """What the command line answers."""
    said = chanplan("ask", *words, "--home", company.home, "--json")
    assert said.code == 0, said.err
    return list(said.json)


def test_the_total_is_one(company: Company, open_page: Open) -> None:
    total, orders = company.total(), company.lines["order"].nunique()
    (told,) = ask(company, "net_sales", "orders")
    assert (Decimal(told["net_sales"]), told["orders"]) == (total, orders)
    page = open_page(company.home, "overview", **EVERYTHING)
    assert shown.says(shown.figure(page, "净销售额"), total)
    assert shown.says(shown.figure(page, "订单数"), Decimal(orders))


def test_members_are_the_file_s_and_sum_to_the_total(company: Company) -> None:
    """Every dimension of the file, the missing member included."""
    for dimension in company.dimensions:
        rows = ask(company, "net_sales", "--by", dimension)
        found = {row[dimension]: Decimal(row["net_sales"]) for row in rows}
        assert (dimension, found) == (dimension, company.by(dimension))
        assert sum(found.values()) == company.total()


def test_months_are_the_file_s_and_make_quarters_and_years(company: Company) -> None:
    rows = ask(company, "net_sales", "--by", "year", "quarter", "month")
    found = {int(row["month"].replace("-", "")): Decimal(row["net_sales"]) for row in rows}
    assert found == company.by("month")
    for row in rows:
        assert row["month"].startswith(str(row["year"]))
        assert row["quarter"] == f"{row['year']}-Q{(int(row['month'][-2:]) + 2) // 3}"


def test_the_channels_page_shows_the_file_s_channels(company: Company, open_page: Open) -> None:
    for lang in ("zh", "en"):
        page = open_page(company.home, "channels", lang, **EVERYTHING)
        table = page.dataframe[0]
        found = dict(zip(table.value["name"], shown.money(table, "value"), strict=True))
        assert found == company.by("channel")
        assert round(sum(table.value["share"]), 9) == 100


def test_the_products_page_sums_to_the_total(company: Company, open_page: Open) -> None:
    page = open_page(company.home, "products", **EVERYTHING)
    levels = [name for name in ("category", "product") if name in company.lines]
    for table, level in zip(page.dataframe, levels, strict=False):
        values = shown.money(table, "value")
        assert sorted(values) == sorted(company.by(level).values())
        assert sum(values) == company.total()


def test_base_and_changes_make_now(company: Company, open_page: Open) -> None:
    """The last twelve months against those before, by channel: page, command and file."""
    if len(company.months) < TWO_YEARS:
        pytest.skip(NO_BASE)
    now, before = company.months[-12:], company.months[-24:-12]
    words = ["--by", "channel", "--from", written(now[0]), "--to", written(now[-1])]
    rows = ask(company, "net_sales", *words, "--compare", "last_year")
    assert columns(rows, "net_sales") == company.by("channel", now)
    assert columns(rows, "net_sales__base") == company.by("channel", before)

    page = open_page(company.home, "channels", days="whole", **LAST_12)
    value, base, change = (shown.money(page.dataframe[0], name) for name in SIDES)
    for sides in zip(value, base, change, strict=True):
        assert abs(sides[0] - sides[1] - sides[2]) <= PLACES
    assert sorted(value) == sorted(company.by("channel", now).values())
    assert sorted(base) == sorted(company.by("channel", before).values())


def test_movers_and_others_make_the_change(company: Company, open_page: Open) -> None:
    if len(company.months) < TWO_YEARS:
        pytest.skip(NO_BASE)
    page = open_page(company.home, "overview", days="whole", **LAST_12)
    value, base, change = (sum(shown.money(page.dataframe[0], name)) for name in SIDES)
    assert abs(value - base - change) <= PLACES
    assert value == sum(company.by("channel", company.months[-12:]).values())
    assert shown.says(shown.figure(page, "净销售额"), value)


def columns(rows: list[dict[str, Any]], name: str) -> dict[str | None, Decimal]:
    """An answer by channel as member → amount."""
    return {row["channel"]: Decimal(row[name]) for row in rows}


def written(month: int) -> str:
    """202403 → 2024-03."""
    return f"{month // 100}-{month % 100:02d}"
