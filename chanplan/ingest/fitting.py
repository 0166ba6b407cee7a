"""How well a sheet fits each table of the business, and which row is its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Recipe, SplitDate
from chanplan.domain.tables import Table, all_tables, table
from chanplan.ingest import values
from chanplan.ingest.header_rows import depths, header_rows
from chanplan.ingest.headers import fallbacks, normal, spellings, words
from chanplan.ingest.headings import headings
from chanplan.ingest.known_shapes import KnownShape, shape_of
from chanplan.ingest.matching import Match, match, stated
from chanplan.ingest.month_words import month_around
from chanplan.ingest.over_years import beginning
from chanplan.ingest.read import Sheet
from chanplan.ingest.told import Hints, Note
from chanplan.ingest.wide import Layout, laid_out

# Rows below the header whose cells decide what a column holds.
SAMPLE_ROWS = 400
# Names of files and sheets that tell of returns.
_RETURNS = re.compile(r"退货|退款|退回|售后|refund|return", re.IGNORECASE)
_SALES = re.compile(r"销售|订单|sales|order", re.IGNORECASE)
# Those of the items of orders, and what makes them sales themselves.
_ITEMS = re.compile(
    r"(?:商品|宝贝|货品|子订单).{0,2}(?:明细|报表|清单|列表)|(?:order|line)[ _-]?(?:items|lines)",
    re.IGNORECASE,
)
# Names of files, sheets and titles that tell of what was sold.
_SOLD = re.compile(
    r"销售额|销售金额|销售数|销售报表|销量|营业额|流水|revenue|turnover|sales", re.IGNORECASE
)
_SALES_OF = re.compile(r"销售|sales", re.IGNORECASE)
# What a row that tells of a payment does not say.
_OF_A_SALE = frozenset({"channel", "order", "product", "quantity", "category", "unit_price"})
# What a month's file may tell without dating its rows.
_OF_A_MONTH = ("sales", "channel_costs", "collections")
Cells = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class Fit:
    """One table laid over one header row of a sheet.

    matches  field → its column and why it was taken
    missing  groups of fields of which the sheet offers none
    """

    table: Table
    header_line: int
    headers: tuple[str, ...]
    matches: Mapping[str, Match]
    notes: tuple[Note, ...] = ()
    sample: Cells = field(default=(), repr=False)
    layout: Layout = field(default=Layout((), ()), repr=False)
    header_rows: int = 1
    shape: KnownShape | None = None

    @cached_property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """The needs that neither a column nor the month of the whole sheet meets."""
        return () if self.undated and self.layout.month else self._lacking

    @cached_property
    def undated(self) -> str | None:
        """The date that no column tells, in a sheet that may be of one month and lacks no more."""
        split = self.layout.spread or self.layout.twice or self.layout.turned
        day = next((c.name for c in self.table.columns.values() if c.kind == "date"), None)
        alone = len(self._lacking) == 1 and day in self._lacking[0]
        return day if self.table.name in _OF_A_MONTH and alone and not split else None

    @cached_property
    def _lacking(self) -> tuple[tuple[str, ...], ...]:
        """The needs that no column meets: of a price alone, the quantity it lacks."""
        return tuple(lack for group in self.table.needs if (lack := self._lack(group)))

    def _lack(self, group: tuple[str, ...]) -> tuple[str, ...]:
        beside = self.table.beside
        found = [name for name in group if name in self.matches]
        if not found or any(beside.get(name, name) in self.matches for name in found):
            return () if found else group
        return tuple(beside[name] for name in found)

    @property
    def columns_met(self) -> int:
        """Columns of the sheet that mean something, strong words counting in full."""
        return len({found.at for found in self.matches.values()})

    @property
    def strength(self) -> float:
        """Columns met, those by fallback words by half."""
        best = {m.at: 0.5 for m in self.matches.values()}
        best |= {m.at: 1.0 for m in self.matches.values() if m.reason != "fallback_word"}
        return sum(best.values())

    @property
    def complete(self) -> bool:
        """Whether the sheet can be loaded as this table."""
        return not self.missing

    @property
    def rank(self) -> tuple[int, float]:
        """What the best fit is best by: a table without its dates comes behind one that has all."""
        return (self.complete + (self.complete and not self.undated), self.strength)


def best_fit(sheet: Sheet, hints: Hints, name: str = "") -> Fit:
    """The table and header row that explain most of a sheet; `name` is the file's."""
    tables = _tables(hints)
    fits = []
    for row in header_rows(sheet, hints):
        for deep in depths(sheet, row):
            layout = layout_at(sheet, row, name, hints, deep)
            spoken_for = [one for one in tables if one.name in layout.kinds[:1]]
            found = [_fit(layout, row, one, hints) for one in spoken_for or tables]
            names = (name, sheet.name or "")
            above = tuple(c for line in sheet.top[: max(row - deep, 0)] for c in line if c)
            likely = [fit for fit in found if _plausible(fit, names, hints, above)]
            fits += [replace(fit, header_rows=deep) for fit in likely]
    if not fits:
        return Fit(tables[0], 1, (), {})
    if not hints.table:
        fits = [fit for fit in fits if fit.shape and fit.complete] or fits
    if named := [told for told in (name, sheet.name or "") if _RETURNS.search(told)]:
        only = not any(_SALES.search(told) for told in named)
        fits = [fit for fit in fits if _refund_list(fit, only)] or fits
    best = max(fits, key=lambda fit: (fit.rank, *_plainness(fit)))
    # A sales export that lacks its date must not slip in as a list of products.
    fuller = max(fits, key=lambda fit: (fit.strength, *_plainness(fit)))
    lacks = fuller.missing or fuller.undated
    return fuller if lacks and fuller.strength >= best.strength + 2 else best


def _plausible(fit: Fit, names: Sequence[str], hints: Hints, above: Sequence[str] = ()) -> bool:
    """Sales without their date must slip in neither as returns nor as the items of orders, and
    a text that is no table not as a list of members because a word in it means one.

    above  what stands over the headings
    """
    if hints.table or fit.shape:
        return True
    if fit.table.describes and (not _names_members(fit) or _figures(fit, (*names, *above))):
        return False
    if fit.table.name == "sales" and _only_money_back(fit, hints):
        return False
    if fit.table.name == "order_items":
        amount = fit.matches.get("amount")
        called = any(_ITEMS.search(name) and not _SALES_OF.search(name) for name in names)
        return amount is None or called or normal(amount.header) not in _words_of_sales()
    if fit.table.name != "returns":
        return True
    own = [m for name, m in fit.matches.items() if name not in ("order", "product")]
    named = any(_RETURNS.search(name) for name in names)
    return named or any(match.reason in ("known_word", "given") for match in own)


def _only_money_back(fit: Fit, hints: Hints) -> bool:
    """Whether rows say of partners or customers what they have paid and when, and nothing of what
    was sold: no channel, no order, no product, no pieces."""
    if hints.basis or hints.channel or _OF_A_SALE & set(fit.matches):
        return False
    paid = table("collections").columns
    told = all(
        name in fit.matches
        and not set(words(paid[name])).isdisjoint(spellings(fit.matches[name].header))
        for name in ("date", "amount")
    )
    return told and not {"partner", "customer"}.isdisjoint(fit.matches)


def _figures(fit: Fit, names: Sequence[str]) -> bool:
    """Whether a list of members that is called sales holds columns of numbers that nothing of
    theirs is called: what each of them sold, which is lost where only the members are read."""
    if not any(_SOLD.search(name) for name in names):
        return False
    taken = {match.at for match in fit.matches.values()}
    rows = [row for row in fit.sample if any(row)]
    free = [at for at, header in enumerate(fit.headers) if header and at not in taken]
    told = [
        sum(1 for row in rows if at < len(row) and values.number_of(row[at]) is not None)
        for at in free
    ]
    return sum(1 for count in told if count * 2 > len(rows)) > 1


def _names_members(fit: Fit) -> bool:
    """Whether half of the rows or more say whom they are about."""
    rows = [row for row in fit.sample if any(row)]
    must = [
        match.at
        for name, match in fit.matches.items()
        if fit.table.columns[name].required and fit.table.columns[name].kind == "text"
    ]
    named = [sum(1 for row in rows if at < len(row) and row[at]) for at in must]
    return all(2 * count >= len(rows) for count in named)


@cache
def _words_of_sales() -> frozenset[str]:
    columns = table("sales").columns.values()
    return frozenset(word for column in columns for word in (*words(column), *fallbacks(column)))


def _refund_list(fit: Fit, only: bool) -> bool:
    """Whether each row is a refund, in a file that is called so.

    A refund has a number of its own, which no order has. Without one a file that is called by
    nothing else (`only`) is one where its numbers are positive: negative ones are sales lines
    that say themselves that they are returns.
    """
    if fit.table.name != "returns" or not fit.complete:
        return False
    cells = [row[m.at] for name, m in fit.matches.items() if name in ("amount", "quantity")
             for row in fit.sample if m.at < len(row)]  # fmt: skip
    positive = all((values.number_of(cell) or 0) >= 0 for cell in cells)
    return "refund_number" in fit.matches or (only and bool(cells) and positive)


def _plainness(fit: Fit) -> tuple[int, int, int]:
    """Of equal fits: headings that are not told twice, then the first, then few lines of them."""
    told = [normal(header) for header in fit.headers if header]
    return len(set(told)) - len(told), -fit.header_line, -fit.header_rows


def _tables(hints: Hints) -> list[Table]:
    """The tables that have every field a person named."""
    tables = [table(hints.table)] if hints.table else list(all_tables().values())
    having = [one for one in tables if set(hints.columns) <= set(one.columns)]
    if not having:
        unknown = ", ".join(sorted(set(hints.columns) - set(tables[0].columns)))
        known = ", ".join(tables[0].columns)
        raise UnrecognisedTableError("no_such_field", field=unknown, fields=known)
    return having


def layout_at(sheet: Sheet, line: int, name: str, hints: Hints, deep: int = 1) -> Layout:
    """The sheet as a header line lays it out; what stands around says of what it tells."""
    titles = (cell for row in sheet.top[: max(line - deep, 0)][::-1] for cell in row if cell)
    around = (*titles, sheet.name or "", name)
    layout = laid_out(headings(sheet, line, deep), _sample(sheet, line), around)
    if not layout.spread:
        # Of sheets that come together each has its month: one that a person said is for all others.
        own = None if hints.sheet else month_around(sheet.name or "", around, None, hints.year)
        told = own if own and own.certain else None
        told = told or month_around("", around, hints.month, hints.year)
        layout = replace(layout, month=told)
    if hints.year and layout.wide:
        return replace(layout, wide=beginning(layout.wide, hints.year))
    if hints.year and layout.split:
        return replace(layout, split=replace(layout.split, year=hints.year))
    return layout


def overlaid(sheet: Sheet, line: int, old: Recipe, name: str, hints: Hints, deep: int = 1) -> Fit:
    """A remembered recipe laid over a header line; what the hints give stands above it."""
    layout = layout_at(sheet, line, name, hints, deep)
    headers = layout.headers
    kept = {f: Match(at, headers[at], "remembered") for f, at in old.columns.items()}
    given = stated(headers, hints.columns)
    kept = {field: found for field, found in kept.items() if field not in hints.columns}
    matches = {**kept, **given}
    return Fit(table(old.table), line, headers, matches, (), layout.sample, layout, deep)


def _sample(sheet: Sheet, line: int) -> Cells:
    return sheet.top[line : line + SAMPLE_ROWS]


def _fit(layout: Layout, line: int, one: Table, hints: Hints) -> Fit:
    shape = None if layout.wide else shape_of(layout.headers, one)
    known = shape.columns_in(layout.headers, layout.sample) if shape else {}
    known = {field: header for field, header in known.items() if field not in hints.columns}
    matches, notes = match(one, layout.headers, layout.sample, {**known, **hints.columns})
    if shape:
        notes = (Note("known_shape", {"shape": shape.code}), *notes)
        matches |= {field: replace(matches[field], reason="known_shape") for field in known}
    if layout.wide:
        matches = _by_month(one, layout, matches)
    if layout.split:
        matches = _in_parts(one, layout, layout.split, matches)
        parts = {layout.headers[at] for at in (*layout.split.ats, len(layout.headers) - 1)}
        notes = tuple(note for note in notes if note.values.get("header") not in parts)
    return Fit(one, line, layout.headers, matches, notes, layout.sample, layout, shape=shape)


def _in_parts(
    one: Table, layout: Layout, split: SplitDate, matches: Mapping[str, Match]
) -> dict[str, Match]:
    """What its parts make together is the table's first date, where it has one."""
    day = next((c.name for c in one.columns.values() if c.kind == "date"), None)
    at = len(layout.headers) - 1
    rest = {name: taken for name, taken in matches.items() if taken.at not in split.ats}
    given = day in rest and rest[day].reason == "given"
    made = {} if day is None or given else {day: Match(at, layout.headers[at], "split")}
    return {**rest, **made}


def _by_month(one: Table, layout: Layout, matches: Mapping[str, Match]) -> dict[str, Match]:
    """The month and the cell under it are the table's first date and its amount or quantity."""
    assert layout.wide is not None
    month = len(layout.headers) - layout.wide.added
    cell = month + 1
    day = next((c.name for c in one.columns.values() if c.kind == "date"), None)
    value = "quantity" if layout.by_quantity else "amount"
    found = {name: taken for name, taken in matches.items() if taken.reason == "given"}
    taken_ats = {match.at for match in found.values()}
    laid = [(day, month), (value, cell)]
    if layout.wide.beside:
        laid.append(("quantity", cell + 1))
    for name, at in laid:
        if name in one.columns and at not in taken_ats:
            found[str(name)] = Match(at, layout.headers[at], "wide")
    used = {match.at for match in found.values()} | layout.spread
    rest = {name: taken for name, taken in matches.items() if taken.at not in used}
    return {**rest, **found}
