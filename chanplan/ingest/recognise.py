"""Which table of the business a sheet is, which column is which, and why; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from chanplan.domain.area import Area
from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.alike import Family, family
from chanplan.ingest.companions import JOINING, companion
from chanplan.ingest.far_tables import Rows, lengthened, reaching, with_line
from chanplan.ingest.fitting import Fit, best_fit, overlaid
from chanplan.ingest.header_rows import depths, wordy_rows
from chanplan.ingest.headers import normal, shape
from chanplan.ingest.headings import headings
from chanplan.ingest.in_sheet import in_sheet
from chanplan.ingest.measures import measures_in_rows
from chanplan.ingest.naming import source_name
from chanplan.ingest.other_tables import other_tables
from chanplan.ingest.read import Book, Sheet
from chanplan.ingest.resembling import likest
from chanplan.ingest.settle import settle
from chanplan.ingest.settle_case import Case
from chanplan.ingest.summing import Added
from chanplan.ingest.tables_in import Part, likeliest, parts
from chanplan.ingest.told import ColumnChoice, Hints, Note, Proposal, Question, SheetState
from chanplan.ingest.unfit import explained
from chanplan.settings import DEFAULT_CURRENCY

__all__ = [
    "ColumnChoice", "Hints", "Note", "Proposal", "Question", "Scan", "SheetState", "recognise",
    "shape",
]  # fmt: skip

# The distinct texts of one column of a sheet: (sheet, header line, position) → texts.
Scan = Callable[[Sheet, int, int], Iterable[str]]
Remembered = Callable[[str], Recipe | None]
# A sheet laid out: its fit, and the recipe a person once corrected for its headings.
Reading = tuple[Fit, Recipe | None]
_NO_HINTS = Hints()


def recognise(
    book: Book,
    name: str,
    hints: Hints,
    remembered: Remembered = lambda key: None,
    *,
    taught: Sequence[Recipe] = (),
    scan: Scan | None = None,
    today: date | None = None,
    currency: str = DEFAULT_CURRENCY,
    rows: Rows | None = None,
    below: Mapping[str | None, int] = MappingProxyType({}),
    added: Added | None = None,
) -> Proposal:
    """The best reading of a book.

    name        what the person called the file
    remembered  the recipe a person once corrected for a file of this shape
    taught      all of these, for a file whose headings are nearly those of one
    scan        looks through a whole column where the first rows do not decide (date order)
    today       the day after which dates are set aside, plus one for time zones
    currency    the company's own, of files that do not say theirs
    rows        looks for tables below the first rows
    below       sheet → the line in which loading has found the headings of a second table
    added       adds up sheets longer than these, to know which sums up others

    UnrecognisedTableError says which headings were found and what is missing.
    """
    book = _cut(book, name, hints.rows, rows)
    readings = _readings(book, name, hints, remembered, taught)
    fits = _fits(book, readings, name)
    sheets = [lengthened(sheet, fits[at], rows) for at, sheet in enumerate(book.sheets)]
    if rows is not None and hints.rows is None:
        sheets = [
            with_line(one, below[one.name], rows) if one.name in below else one for one in sheets
        ]
    book = replace(book, sheets=tuple(sheets))
    kin = family(book.sheets, fits, _chosen(book, readings, hints, name), hints, added)
    sheet, (fit, old) = book.sheets[kin.at], readings[kin.at]
    with in_sheet(book, sheet):
        _check_fits(fit, name)
        several = _several(sheet, fit, hints, name)
    if several is not None:
        sheet, fit, old, kin = several[0].sheet, several[0].fit, None, Family(kin.at)
    said = kin.hints(kin.at, hints, name) if kin.along else hints
    case = Case(sheet, fit, name, said, old, today or _today(), currency)
    known = {kin.at, *kin.along, *kin.left}
    rest = [one for at, one in enumerate(book.sheets) if at not in known]
    joining = (*_along(case, book, readings, kin, scan), *_companions(case, rest, scan))
    taken = [one.sheet.name for one in joining]
    others = tuple(
        _state(other, fits[at], kin.left.get(at, "other_table"))
        for at, other in enumerate(book.sheets)
        if at != kin.at and other.name not in taken
    )
    with in_sheet(book, sheet):
        made = settle(case, scan)
    asked = tuple(question for one in joining for question in one.questions)
    asked += () if several is None else (several[1],)
    return replace(
        made,
        others=others,
        companions=joining,
        questions=tuple(dict.fromkeys((*made.questions, *asked))),
    )


def _check_fits(fit: Fit, name: str) -> None:
    if not fit.complete:
        raise explained(fit, name)
    if (found := measures_in_rows(fit)) is not None:
        header, told = found
        raise UnrecognisedTableError("measures_in_rows", name=name, header=header, values=told)


def _several(sheet: Sheet, fit: Fit, hints: Hints, name: str) -> tuple[Part, Question] | None:
    """The likeliest of several tables in a sheet, and the question which of them is meant."""
    lines = other_tables(sheet, fit)
    if not lines:
        return None
    found = parts(sheet, fit, hints, name)
    if not any(part.fit.complete for part in found):
        raise UnrecognisedTableError("two_tables", name=name, line=lines[0])
    best = likeliest(found)
    told = tuple(part.seems for part in found)
    options = tuple(area for area, *_ in told)
    seems = tuple((table, headings) for _, table, headings in told)
    return best, Question("rows", "rows", options, str(best.area), seems)


def _cut(book: Book, name: str, said: str | None, rows: Rows | None) -> Book:
    """The part of every sheet that a person named."""
    if said is None:
        return book
    area = Area.parse(said)
    if area is None:
        raise UnrecognisedTableError("no_such_rows", name=name, rows=said)
    found = (reaching(sheet, area, rows).within(area) for sheet in book.sheets)
    return replace(book, sheets=tuple(found))


def _fits(book: Book, readings: Mapping[int, Reading], name: str) -> dict[int, Fit]:
    """How every sheet reads; those that a person has not meant, as they are."""
    return {
        at: readings[at][0] if at in readings else best_fit(sheet, _NO_HINTS, name)
        for at, sheet in enumerate(book.sheets)
    }


def _along(
    case: Case, book: Book, readings: Mapping[int, Reading], kin: Family, scan: Scan | None
) -> Iterator[Proposal]:
    """The sheets of the same shape, each by what was said and remembered of it."""
    for at in kin.along:
        fit, old = readings[at]
        own = replace(case, sheet=book.sheets[at], fit=fit, old=old)
        hints = replace(kin.hints(at, case.hints, case.name), source=case.source)
        with in_sheet(book, book.sheets[at]):
            yield settle(replace(own, hints=hints), scan)


def _companions(case: Case, rest: Sequence[Sheet], scan: Scan | None) -> tuple[Proposal, ...]:
    """The sheets that come along: not where a person chose one sheet of several."""
    if not case.sales or case.hints.sheet is not None:
        return ()
    told = case.hints
    hints = Hints(
        source=case.source,
        date_order=told.date_order,
        decimal=told.decimal,
        currency=told.currency,
    )
    found = [(sheet, companion(sheet, case.name, case.fit)) for sheet in rest]
    return tuple(
        settle(Case(sheet, fit, case.name, hints, None, case.today, case.company), scan)
        for sheet, fit in found
        if fit is not None
    )


def _readings(
    book: Book, name: str, hints: Hints, remembered: Remembered, taught: Sequence[Recipe]
) -> dict[int, Reading]:
    """The sheets that have every heading a person named; of the named sheet, that one alone."""
    found: dict[int, Reading] = {}
    lacking: list[tuple[Fit, UnrecognisedTableError]] = []
    for at, sheet in enumerate(book.sheets):
        if hints.sheet not in (None, sheet.name):
            continue
        try:
            known = _from_memory(sheet, name, hints, remembered)
            found[at] = known or _nearly(sheet, best_fit(sheet, hints, name), name, hints, taught)
        except UnrecognisedTableError as fault:
            if fault.code != "no_such_header":
                raise
            lacking.append((best_fit(sheet, replace(hints, columns={}), name), fault))
    if lacking and not found:
        raise max(lacking, key=lambda one: one[0].rank)[1]
    return found


def _from_memory(sheet: Sheet, name: str, hints: Hints, remembered: Remembered) -> Reading | None:
    """The reading a person once corrected for a sheet with these headings.

    Naming the table or the header row it has anyway does not make it forgotten.
    """
    lines = [0] if sheet.header is not None else wordy_rows(sheet)
    for line, deep in ((at, deep) for at in lines for deep in depths(sheet, at)):
        if hints.header_line not in (None, line):
            continue
        headers = headings(sheet, line, deep)
        old = remembered(shape(headers)) if sum(map(bool, headers)) > 1 else None
        if old is not None and hints.table in (None, old.table):
            return overlaid(sheet, line, old, name, hints, deep), old
    return None


def _nearly(sheet: Sheet, fit: Fit, name: str, hints: Hints, taught: Sequence[Recipe]) -> Reading:
    """A sheet whose headings are nearly those of a recipe a person once corrected: what still
    has its heading is as it was, what is new is recognised."""
    source = hints.source or source_name(name, sheet.name)
    found = likest(taught, fit.headers, source) if not fit.layout.spread else None
    if found is None or found[0].table != fit.table.name:
        return fit, None
    before, old = found
    laid = overlaid(sheet, fit.header_line, old, name, hints, fit.header_rows)
    seen, used = set(map(normal, before.headers)), {match.at for match in laid.matches.values()}
    new = {
        field: match
        for field, match in fit.matches.items()
        if field not in laid.matches
        and match.at not in used
        and (field in before.columns or normal(match.header) not in seen)
    }
    return replace(laid, matches={**laid.matches, **new}, notes=fit.notes), old


def _chosen(book: Book, readings: Mapping[int, Reading], hints: Hints, name: str) -> int:
    """The hinted sheet, else the first of those that fit best, shown before hidden ones; orders
    before what only tells more of them, wherever they stand."""

    def rank(at: int) -> tuple[object, ...]:
        return not book.sheets[at].hidden, readings[at][0].rank, -at

    if readings:
        best = max(readings, key=rank)
        asked = hints.table or readings[best][0].table.name not in JOINING
        orders = [] if asked else [at for at in readings if _of_orders(readings[at][0])]
        shown = [at for at in orders if not book.sheets[at].hidden]
        return max(shown, key=rank) if shown else best
    if not book.sheets:
        raise UnrecognisedTableError("no_table", name=name)
    known = ", ".join(str(sheet.name) for sheet in book.sheets)
    raise UnrecognisedTableError("no_such_sheet", name=name, sheet=hints.sheet, sheets=known)


def _of_orders(fit: Fit) -> bool:
    return fit.complete and fit.table.name == "sales" and "order" in fit.matches


def _state(sheet: Sheet, fit: Fit, reason: str) -> SheetState:
    if fit.complete:
        return SheetState(sheet.name, fit.table.name, reason)
    return SheetState(sheet.name, None, "no_table_fits")


def _today() -> date:
    return datetime.now().astimezone().date()
