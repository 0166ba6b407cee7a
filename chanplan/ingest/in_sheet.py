"""A fault of one sheet of several says which sheet it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.read import Book, Sheet


@contextmanager
def in_sheet(book: Book, sheet: Sheet) -> Iterator[None]:
    """Of an UnrecognisedTableError the value `in_sheet`, where the book has other sheets."""
    try:
        yield
    except UnrecognisedTableError as fault:
        if len(book.sheets) > 1 and sheet.name is not None:
            fault.values.setdefault("in_sheet", sheet.name)
        raise
