"""What tests of loading begin with: a small sheet, loaded into tables that can be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, recognise
from tests.fakes import FakeWriter, sheet

TODAY = date(2026, 11, 23)


def loaded(*rows: str, hints: Hints | None = None) -> tuple[FakeWriter, Counts]:
    book = Book((sheet(*rows),))
    found = recognise(book, "x.csv", hints or Hints(channel="天猫"), today=TODAY)
    writer = FakeWriter()
    relation = found.sheet.below(found.recipe.header_line)
    return writer, load(writer, relation, found.recipe, 7)


def lines(writer: FakeWriter, *columns: str) -> list[tuple[Any, ...]]:
    return writer.rows(f"select {', '.join(columns)} from sales_line order by line")
