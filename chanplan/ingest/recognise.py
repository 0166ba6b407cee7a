"""Which table of the business a sheet is, which column is which, and why; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.fitting import HEADER_ROWS, Fit, best_fit, explained, headers_at, overlaid
from chanplan.ingest.headers import shape
from chanplan.ingest.read import Book, Sheet
from chanplan.ingest.settle import Case, settle
from chanplan.ingest.told import ColumnChoice, Hints, Note, Proposal, Question, SheetState

__all__ = [
    "ColumnChoice", "Hints", "Note", "Proposal", "Question", "Scan", "SheetState", "recognise",
    "shape",
]  # fmt: skip

# The distinct texts of one column of a sheet: (sheet, header line, position) → texts.
Scan = Callable[[Sheet, int, int], Iterable[str]]
Remembered = Callable[[str], Recipe | None]


def recognise(
    book: Book,
    name: str,
    hints: Hints,
    remembered: Remembered = lambda key: None,
    *,
    scan: Scan | None = None,
    today: date | None = None,
) -> Proposal:
    """The best reading of a book.

    name        what the person called the file
    remembered  the recipe a person once corrected for a file of this shape
    scan        looks through a whole column where the first rows do not decide (date order)
    today       the day after which dates are set aside, plus one for time zones

    UnrecognisedTableError says which headings were found and what is missing.
    """
    known = {at: _from_memory(sheet, hints, remembered) for at, sheet in enumerate(book.sheets)}
    fits = {
        at: memory[0] if (memory := known[at]) else best_fit(sheet, hints)
        for at, sheet in enumerate(book.sheets)
    }
    chosen = _chosen(book, fits, hints, name)
    sheet, fit, memory = book.sheets[chosen], fits[chosen], known[chosen]
    if not fit.complete:
        raise explained(fit, name)
    case = Case(sheet, fit, name, hints, memory[1] if memory else None, today or _today())
    others = tuple(_state(book.sheets[at], other) for at, other in fits.items() if at != chosen)
    return replace(settle(case, scan), others=others)


def _from_memory(sheet: Sheet, hints: Hints, remembered: Remembered) -> tuple[Fit, Recipe] | None:
    """The reading a person once corrected for a sheet with these headings."""
    if hints.table is not None or hints.header_line is not None:
        return None
    lines = [0] if sheet.header is not None else range(1, min(HEADER_ROWS, len(sheet.top)) + 1)
    for line in lines:
        headers = headers_at(sheet, line)
        old = remembered(shape(headers)) if sum(map(bool, headers)) > 1 else None
        if old is not None:
            return overlaid(sheet, line, old, hints), old
    return None


def _chosen(book: Book, fits: Mapping[int, Fit], hints: Hints, name: str) -> int:
    """The hinted sheet, else the first of those that fit best, shown before hidden ones."""
    if hints.sheet is not None:
        for at, sheet in enumerate(book.sheets):
            if sheet.name == hints.sheet:
                return at
        known = ", ".join(str(sheet.name) for sheet in book.sheets)
        raise UnrecognisedTableError("no_such_sheet", name=name, sheet=hints.sheet, sheets=known)
    if not fits:
        raise UnrecognisedTableError("no_table", name=name)
    return max(fits, key=lambda at: (not book.sheets[at].hidden, fits[at].rank, -at))


def _state(sheet: Sheet, fit: Fit) -> SheetState:
    if fit.complete:
        return SheetState(sheet.name, fit.table.name, "other_table")
    return SheetState(sheet.name, None, "wide_table" if fit.wide else "no_table_fits")


def _today() -> date:
    return datetime.now().astimezone().date()
