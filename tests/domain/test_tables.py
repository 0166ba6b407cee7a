"""What tables.toml declares can be trusted: no word means two things, every template is known."""

from __future__ import annotations

from collections import Counter

import pytest

from chanplan.domain.tables import Column, Table, all_tables
from chanplan.ingest import values
from chanplan.ingest.headers import fallbacks, words
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, recognise
from tests.fakes import sheet

TABLES = list(all_tables().values())
EXPECTED = {
    "sources",
    "sales",
    "products",
    "price_list",
    "partners",
    "customers",
    "channels",
    "regions",
    "targets",
    "milestones",
    "channel_costs",
    "market_size",
    "control_totals",
    "outlets",
    "stock",
    "collections",
    "trainings",
    "visits",
    "surveys",
    "care",
    "returns",
    "order_items",
    "tax_rates",
    "exchange_rates",
    "company_events",
    "line_rules",
    "salespeople",
}


def test_every_upload_of_the_business_is_declared() -> None:
    assert {table.name for table in TABLES} == EXPECTED


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_word_means_one_column(table: Table) -> None:
    """Only a key and its label may share a word: 产品名称 is the key where there is no code."""
    keys = [c for c in table.columns.values() if c.label_of is None]
    meant = Counter(word for c in keys for word in {*words(c), *fallbacks(c)})
    assert [word for word, times in meant.items() if times > 1] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_needs_and_labels_name_columns_of_the_table(table: Table) -> None:
    named = {field for group in table.needs for field in group}
    labelled = {c.label_of for c in table.columns.values() if c.label_of}
    assert (named | labelled) <= set(table.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_examples_read_as_their_kind(table: Table) -> None:
    assert [c.name for c in table.columns.values() if c.example and not _reads(c)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_filled_template_is_recognised_column_by_column(table: Table, language: str) -> None:
    columns = list(table.columns.values())
    headers = "|".join(getattr(column, language) for column in columns)
    example = "|".join(column.example for column in columns)

    recipe = recognise(Book((sheet(headers, example),)), "template.csv", Hints()).recipe

    assert recipe.table == table.name
    expected = {column.name: at for at, column in enumerate(columns)}
    if table.name == "sales":  # which states its money in one way, not in two
        expected = {name: at for name, at in expected.items() if name in recipe.columns}
        assert {"date", "channel", "product", "customer", "amount_with_tax"} <= set(expected)
    assert dict(recipe.columns) == expected


def _reads(column: Column) -> bool:
    match column.kind:
        case "date":
            return values.shape_of(column.example) is not None
        case "amount" | "quantity" | "integer" | "factor":
            return values.number_of(column.example) is not None
        case "rate":
            return values.rate_of(column.example) is not None
        case "flag":
            return values.is_flag(column.example)
        case "text":
            return True
