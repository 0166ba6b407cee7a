"""A workbook of rows set aside comes back: read by its batch's own recipe, moved to its columns."""

from __future__ import annotations

import json
from dataclasses import replace

from chanplan.domain.mending import MARK, OWN_COLUMNS, SHEET
from chanplan.domain.recipe import CLEANING_VERSION, Recipe
from chanplan.ingest.read import Book, Sheet
from chanplan.ingest.told import ColumnChoice, Proposal
from chanplan.store import Store


def proposal(book: Book, store: Store) -> Proposal | None:
    """How mended rows would be loaded; None for any other file, and for another store's rows."""
    marked = [sheet for sheet in book.sheets if sheet.name == SHEET]
    rows = [sheet for sheet in book.sheets if sheet.name != SHEET]
    told = _told(marked[0]) if marked and rows else None
    if told is None:
        return None
    found = store.fetch("select recipe from batch where batch = ? and sha256 = ?", list(told))
    if found.empty:
        return None
    recipe = _moved(Recipe.from_json(json.loads(found["recipe"].iloc[0])), rows[0], told[0])
    choices = tuple(
        ColumnChoice(field, at, recipe.headers[at], "given") for field, at in recipe.columns.items()
    )
    return Proposal(recipe, rows[0], choices)


def _told(sheet: Sheet) -> tuple[int, str] | None:
    """Batch and sha256 as the marking sheet says."""
    said = {row[0]: row[1] for row in sheet.top if len(row) > 1 and row[0] and row[1]}
    batch, sha256 = said.get(MARK) or "", said.get("sha256") or ""
    return (int(batch), sha256) if batch.isdecimal() and sha256 else None


def _moved(recipe: Recipe, sheet: Sheet, batch: int) -> Recipe:
    """The batch's recipe over the workbook's columns. Months that stood side by side are told
    one a row by now, merged and empty cells are filled."""
    own = tuple(cell or "" for cell in sheet.top[0][:OWN_COLUMNS])
    formats = {
        name: said for name, said in recipe.formats.items() if name not in ("cells", "whole")
    }
    return replace(
        recipe,
        headers=(*own, *recipe.headers),
        columns={field: at + OWN_COLUMNS for field, at in recipe.columns.items()},
        header_line=1,
        header_rows=1,
        sheet=sheet.name,
        dialect=None,
        formats=formats,
        wide=None,
        split=None,
        filled=(),
        carried=(),
        cleaning=CLEANING_VERSION,
        repairs=batch,
    )
