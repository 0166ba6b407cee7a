"""Bytes of any supported format become sheets of text; the content decides, never the name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chanplan.domain.errors import UnreadableFileError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.reading import number_formats, parquet, text, workbook
from chanplan.ingest.reading.in_place import PlainText
from chanplan.ingest.reading.kind import Kind, kind_of
from chanplan.ingest.reading.packed import unpacked
from chanplan.ingest.reading.sheet import TOP_ROWS, Book, Relation, Sheet
from chanplan.settings import Limits

__all__ = ["TOP_ROWS", "Book", "Relation", "Sheet", "read", "reread"]


def read(path: Path, name: str, staging: Path, limits: Limits, encoding: str | None = None) -> Book:
    """All sheets of one file.

    path     the kept original, in a directory DuckDB may read
    name     what the person called it; only ever shown
    staging  a directory DuckDB may read; the rows' staging files stay in it as long as the
             book is used, and whoever made the directory clears it
    encoding what a person says a text is in; None for the rule of `reading.charset`

    UnreadableFileError says in one sentence why a file cannot be read.
    """
    inner = unpacked(path, name, staging, limits)
    try:
        return _book(inner, name, staging, limits, encoding)
    finally:
        _drop(inner, path)


def _book(path: Path, name: str, staging: Path, limits: Limits, encoding: str | None) -> Book:
    match kind_of(path, name):
        case Kind.TEXT:
            return Book((text.read(path, name, staging, encoding),))
        case Kind.MARKUP:
            return Book(workbook.read_markup(path, name, staging, limits))
        case Kind.PARQUET:
            return Book((parquet.read(path, name, staging, limits),))
        case Kind.WORKBOOK:
            sheets = workbook.read(path, name, staging, limits)
            return Book(number_formats.shown(path, sheets))


def lying_at(book: Book, path: Path) -> Book:
    """The same book of a file that lies there by now: a large text is read in place."""
    return Book(
        tuple(
            replace(sheet, source=replace(sheet.source, path=path))
            if isinstance(sheet.source, PlainText)
            else sheet
            for sheet in book.sheets
        )
    )


def reread(path: Path, name: str, staging: Path, recipe: Recipe, limits: Limits) -> Sheet:
    """The recipe's one sheet, cut as the recipe says: nothing is decided again.

    UnreadableFileError as in `read`, and when the workbook has no sheet of that name.
    """
    if recipe.dialect is not None:
        inner = unpacked(path, name, staging, limits)
        try:
            return _part(text.read_as(inner, name, staging, recipe.dialect), recipe)
        finally:
            _drop(inner, path)
    for sheet in read(path, name, staging, limits).sheets:
        if sheet.name == recipe.sheet:
            return _part(sheet, recipe)
    raise UnreadableFileError("sheet_missing", name=name, sheet=recipe.sheet)


def _part(sheet: Sheet, recipe: Recipe) -> Sheet:
    return sheet if recipe.area is None else sheet.within(recipe.area)


def _drop(inner: Path, path: Path) -> None:
    """What was unpacked is not needed again."""
    if inner != path:
        inner.unlink(missing_ok=True)
