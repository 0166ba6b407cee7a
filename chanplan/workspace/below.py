"""Whether a larger file, with its rows in, turns out to hold a second table, or one twice."""

from __future__ import annotations

import json

from chanplan.domain.errors import TableBelowError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.far_tables import MOST_LINES, found_late
from chanplan.ingest.read import Sheet
from chanplan.store.gateway import Transaction
from chanplan.workspace import pasted

# Rows set aside that are looked at, those without a digit first.
MOST_ROWS = 5_000


def check(writer: Transaction, batch: int, name: str, sheet: Sheet, recipe: Recipe) -> None:
    """TableBelowError where a row that was set aside holds the headings of another table: then
    rows below it may have been taken for lines of this one."""
    pasted.check(writer, batch, name, sheet, recipe)
    if sheet.line_count <= MOST_LINES:  # every row was looked at before
        return
    found = writer.rows(
        "with aside as (select line, raw from set_aside where batch = ?"
        f" order by regexp_matches(raw, '[0-9]'), line limit {MOST_ROWS})"
        " select line, raw from aside order by line",
        [batch],
    )
    aside = ((int(line), tuple(json.loads(raw))) for line, raw in found)
    if line := found_late(recipe.file_headers(), aside):
        raise TableBelowError("table_below", recipe.sheet, line, name=name, last=line - 1)
