"""A narrow table shows every column and writes only those that some row has needed."""

from __future__ import annotations

import duckdb
import pytest

from chanplan.store.narrow import Narrow
from tests.fakes import FakeWriter

TABLE = Narrow(
    name="cells",
    columns={
        "month": "integer",
        "kind": "varchar",
        "low": "varchar",
        "high": "varchar",
        "amount": "decimal(18, 4)",
        "cost": "decimal(18, 4)",
        "margin": "decimal(18, 4)",
        "note": "varchar",
    },
    always=("month", "amount"),
    usual={"kind": "'sale'", "low": "''", "high": "low", "margin": "amount - cost"},
    told_as={"kind": "enum('sale', 'gift')"},
)
ALL = f"select month, {', '.join(list(TABLE.columns)[1:])} from cells order by month"


@pytest.fixture
def writer() -> FakeWriter:
    made = FakeWriter()
    TABLE.create(made)
    return made


def kept(writer: FakeWriter) -> set[str]:
    told = writer.rows("select column_name from duckdb_columns() where table_name = 'cells_kept'")
    return {name for (name,) in told}


def add(writer: FakeWriter, usual: tuple[str, ...] = (), **said: str) -> int:
    columns = {"month": "1", "kind": "'sale'", "low": "''", "high": "''", "amount": "5"}
    columns |= {"cost": "null", "margin": "null", "note": "null", **said}
    return TABLE.insert(writer, columns, "from range(1)", usual=usual)


def test_what_every_row_has_as_usual_is_shown_and_not_kept(writer):
    assert add(writer, usual=("margin",)) == 1
    assert kept(writer) == {"month", "amount"}
    assert [tuple(map(str, row)) for row in writer.rows(ALL)] == [
        ("1", "sale", "", "", "5.0000", "None", "None", "None")
    ]


def test_a_column_is_kept_from_the_first_row_that_needs_it(writer):
    add(writer, usual=("margin",))
    add(writer, month="2", kind="'gift'", low="'箱'", high="'箱'", note="'n'", usual=("margin",))
    assert kept(writer) == {"month", "amount", "kind", "low", "high", "note"} - {"high"}
    assert writer.rows("select kind, low, high, note from cells order by month") == [
        ("sale", "", "", None),
        ("gift", "箱", "箱", "n"),
    ]


def test_rows_of_before_keep_what_they_showed_where_two_columns_come_at_once(writer):
    """The one column's usual value is the other one's, which is new as well."""
    add(writer, usual=("margin",))
    add(writer, month="2", low="'瓶'", high="'箱'", cost="3", margin="1", usual=())
    assert {"low", "high", "margin"} <= kept(writer)
    assert [tuple(map(str, row)) for row in writer.rows(ALL)] == [
        ("1", "sale", "", "", "5.0000", "None", "None", "None"),
        ("2", "sale", "瓶", "箱", "5.0000", "3.0000", "1.0000", "None"),
    ]


def test_a_kept_column_is_written_even_where_it_is_as_usual(writer):
    TABLE.widen(writer, ["margin", "cost"])
    add(writer, cost="3", margin="2", usual=("margin",))
    assert writer.rows("select cost, margin, margin is null from cells_kept")[0][2] is False


def test_a_word_that_the_table_does_not_know_is_refused(writer):
    with pytest.raises(duckdb.ConversionException):
        add(writer, kind="'loan'", usual=("margin",))


def test_widening_twice_or_creating_again_changes_nothing(writer):
    add(writer, month="2", note="'n'", usual=("margin",))
    before = writer.rows(ALL), kept(writer)
    assert TABLE.widen(writer, ["note"]) == "cells_kept"
    TABLE.create(writer)
    assert (writer.rows(ALL), kept(writer)) == before
