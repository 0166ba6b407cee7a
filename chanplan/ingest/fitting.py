"""How well a sheet fits each table of the business, and which row is its header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Recipe, SplitDate
from chanplan.domain.tables import Table, all_tables, table
from chanplan.ingest import values
from chanplan.ingest.headers import fallbacks, in_big5, normal, spellings, vocabulary, words
from chanplan.ingest.headings import headings, two_lines
from chanplan.ingest.known_shapes import KnownShape, shape_of
from chanplan.ingest.matching import Match, match, stated
from chanplan.ingest.month_words import month_around
from chanplan.ingest.over_years import beginning
from chanplan.ingest.quarters import quarter_in, week_in
from chanplan.ingest.read import Sheet
from chanplan.ingest.stacked import halves, heads_once, retitled
from chanplan.ingest.told import Hints, Note
from chanplan.ingest.wide import Layout, laid_out, months_of

# Rows among which a header is looked for; report titles and legends are shorter than this.
HEADER_ROWS = 40
# Rows below the header whose cells decide what a column holds.
SAMPLE_ROWS = 400
# A header row is words; a row with more numbers and dates than this share is data.
_MOST_VALUES = 0.2
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
# Headings that stand twice by chance are fewer.
_SEVERAL = 3
# Fewer rows with values under headings are a remark of the report's own.
_FEWEST_ROWS = 2
_REMARK_CELLS = 2
_YEAR_OVER = re.compile(r"^\s*(?:19|20)\d\d年?\s*$")
_YEAR_HEADING = re.compile(r"^\s*(?:19|20)\d\d年\s*$")
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
    for row in _header_rows(sheet, hints):
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


def other_tables(sheet: Sheet, fit: Fit) -> list[int]:
    """The lines where other tables of the sheet begin: above, beside or below this one."""
    told = [normal(header) for header in fit.headers]
    once = heads_once(sheet, fit.header_line, fit.header_rows, fit.headers)
    if _beside(told, fit) or _again_beside(told, sheet, fit) or halves(once):
        return [fit.header_line]
    top = max(fit.header_line - fit.header_rows, 0)
    above = [line for line, row in enumerate(sheet.top[:top], 1) if _reads_as_line(row, fit)]
    own = _own_words(sheet, fit)
    above += _tables_above(sheet.top[:top], own)
    lines, undated = (fit.header_line, fit.header_rows), bool(fit.undated or fit.layout.wide)
    below = [
        line
        for line, row in enumerate(sheet.top[fit.header_line :], fit.header_line + 1)
        if (heads(row, own) and not _same_again(row, fit, line))
        or retitled(sheet, lines, line, undated)
    ]
    return [*above[:1], *below]


def _tables_above(rows: Cells, own: Sequence[Collection[str]]) -> list[int]:
    """The lines of other headings above this table that have rows of their own below them: months
    that somebody has put under each other, the columns of the first in another order."""
    found = [line for line, row in enumerate(rows, 1) if heads(row, own)]
    return [line for line in found if sum(map(_holds_values, rows[line:])) >= _FEWEST_ROWS]


def _holds_values(row: Sequence[str | None]) -> bool:
    """Several cells, one of them a number or a date."""
    cells = [cell for cell in row if cell and cell.strip()]
    return len(cells) > _REMARK_CELLS and any(map(_is_value, cells))


def heads_other(row: Sequence[str | None], sheet: Sheet, fit: Fit) -> bool:
    """Whether a row far below holds the headings of another table."""
    return heads(row, _own_words(sheet, fit))


def _own_words(sheet: Sheet, fit: Fit) -> list[set[str]]:
    """By column what its heading says, and every line of it."""
    top = max(fit.header_line - fit.header_rows, 0)
    own = [{normal(header), *spellings(header)} for header in fit.headers]
    for row in sheet.top[top : fit.header_line]:
        for at, cell in enumerate(row[: len(own)]):
            own[at].add(normal(cell or ""))
    return own


def heads(row: Sequence[str | None], own: Sequence[Collection[str]]) -> bool:
    """A row of headings, and not this table's `own` ones once more in their places."""
    told = [(at, cell) for at, cell in enumerate(row) if cell and cell.strip()]
    if len(told) <= _REMARK_CELLS:
        return False
    known, strange = vocabulary(), 0
    for _, cell in told:
        strange += known.isdisjoint(spellings(cell))
        if strange * 3 > len(told):  # of most rows the first cells tell
            return False
    return not all(at < len(own) and normal(cell) in own[at] for at, cell in told)


def _same_again(row: Sequence[str | None], fit: Fit, line: int) -> bool:
    """Whether the line under the headings says the same in other words: 日期 over date."""
    if line != fit.header_line + 1:
        return False
    columns = fit.table.columns
    return any(
        match.at < len(row) and normal(row[match.at] or "") in words(columns[name])
        for name, match in fit.matches.items()
    ) and not any(_is_value(cell) for cell in row if cell)


def _beside(told: list[str], fit: Fit) -> bool:
    """Whether the heading of the dates stands again behind an empty column."""
    at = next((fit.matches[name].at for name in _dates(fit) if name in fit.matches), None)
    if at is None or "" not in told[at:]:
        return False
    return told[at] in told[told.index("", at) :]


def _again_beside(told: list[str], sheet: Sheet, fit: Fit) -> bool:
    """Whether several of the lowest headings stand again behind an empty column."""
    first = next((at for at, head in enumerate(told) if head), 0)
    if fit.layout.wide or "" not in told[first:] or not 0 < fit.header_line <= len(sheet.top):
        return False
    lowest = [normal(cell or "") for cell in sheet.top[fit.header_line - 1]]
    at = told.index("", first)
    return len(set(lowest[:at]) & set(lowest[at:]) - {""}) >= _SEVERAL


def _reads_as_line(row: Sequence[str | None], fit: Fit) -> bool:
    """A row with a date where the dates are and a number where the amounts are."""
    kinds = fit.table.columns
    dates = [row[m.at] for n, m in fit.matches.items() if n in _dates(fit) and m.at < len(row)]
    numbers = [
        row[m.at] for n, m in fit.matches.items() if kinds[n].kind == "amount" and m.at < len(row)
    ]
    dated = any(values.shape_of(cell) for cell in dates)
    return dated and any(values.number_of(cell) is not None for cell in numbers)


def _dates(fit: Fit) -> list[str]:
    return [name for name, column in fit.table.columns.items() if column.kind == "date"]


def explained(fit: Fit, name: str) -> UnrecognisedTableError:
    """Why a sheet cannot be loaded: what is missing."""
    wide = fit.layout.wide
    own = fit.headers[: len(fit.headers) - wide.added] if wide else fit.headers
    shown = ", ".join(header for header in own if header) or "—"
    if fit.layout.twice:
        months = ", ".join(fit.layout.twice)
        return UnrecognisedTableError("months_twice", name=name, headers=shown, months=months)
    if fit.layout.turned:
        first, last = fit.layout.turned
        return UnrecognisedTableError("months_turned", name=name, first=first, last=last)
    dated = any(fit.table.columns[field].kind == "date" for group in fit.missing for field in group)
    if dated and (quarter := quarter_in(fit.headers, fit.sample)):
        header, example = quarter
        return UnrecognisedTableError("quarters", name=name, header=header, example=example)
    if dated and (week := week_in(fit.headers, fit.sample)):
        header, example = week
        return UnrecognisedTableError("weeks", name=name, header=header, example=example)
    dates = any(values.shape_of(cell) for row in fit.sample for cell in row)
    if fit.undated and fit.columns_met > 1 and not dates:
        return UnrecognisedTableError("month_missing", name=name, headers=shown)
    if fit.columns_met < 2:
        if told := in_big5(own):
            return UnrecognisedTableError("text_in_big5", name=name, headers=", ".join(told))
        return UnrecognisedTableError("no_table_fits", name=name, headers=shown)
    if wide and fit.layout.by_quantity and fit.table.name == "sales":
        return UnrecognisedTableError("only_pieces", name=name, headers=shown)
    missing = ["/".join(fit.table.columns[f].zh for f in group[:3]) for group in fit.missing]
    english = ["/".join(fit.table.columns[f].en for f in group[:3]) for group in fit.missing]
    return UnrecognisedTableError(
        "columns_missing",
        name=name,
        headers=shown,
        table=fit.table.name,
        table_zh=fit.table.zh,
        table_en=fit.table.en,
        missing_zh=" + ".join(missing),
        missing_en=" + ".join(english),
        fields=tuple(dict.fromkeys(field for group in fit.missing for field in group)),
        headings=tuple(dict.fromkeys(header for header in own if header)),
    )


def _tables(hints: Hints) -> list[Table]:
    """The tables that have every field a person named."""
    tables = [table(hints.table)] if hints.table else list(all_tables().values())
    having = [one for one in tables if set(hints.columns) <= set(one.columns)]
    if not having:
        unknown = ", ".join(sorted(set(hints.columns) - set(tables[0].columns)))
        known = ", ".join(tables[0].columns)
        raise UnrecognisedTableError("no_such_field", field=unknown, fields=known)
    return having


def _header_rows(sheet: Sheet, hints: Hints) -> list[int]:
    if sheet.header is not None:
        return [0]
    if hints.header_line is not None:
        return [hints.header_line] if 0 < hints.header_line <= len(sheet.top) else []
    wordy = wordy_rows(sheet)
    stated = {normal(header) for header in hints.columns.values() if header}
    told = {line: [headings(sheet, line, deep) for deep in depths(sheet, line)] for line in wordy}
    if holding := [n for n in wordy if stated and any(stated <= _normals(h) for h in told[n])]:
        return holding
    # Two known words make a candidate; where no row has them, the first row is what is shown.
    return [line for line in wordy if any(map(_known, told[line]))] or wordy[:1]


def depths(sheet: Sheet, line: int) -> tuple[int, ...]:
    """How many lines of headings may end in this one: 1, or 1 and 2."""
    if not two_lines(sheet, line):
        return (1,)
    above = sheet.top[line - 2]
    if months_of([cell or "" for cell in sheet.top[line - 1]]):  # a year stands over its months
        above = tuple(cell for cell in above if not _YEAR_OVER.match(cell or "")) + ("—", "—")
    return (1, 2) if _wordy(above) else (1,)


def wordy_rows(sheet: Sheet) -> list[int]:
    """Lines of the first rows that are words and not data."""
    start = sheet.area.first - 1 if sheet.area else 0
    rows = enumerate(sheet.top[start : start + HEADER_ROWS], start + 1)
    return [line for line, row in rows if _wordy(row)]


def _normals(row: Iterable[str | None]) -> set[str]:
    return {normal(cell) for cell in row if cell}


def _known(row: Sequence[str | None]) -> bool:
    cells = [cell for cell in row if cell]
    hits = sum(1 for cell in cells if not vocabulary().isdisjoint(spellings(cell)))
    return hits > 1 or bool(months_of(cells))


def _wordy(row: Sequence[str | None]) -> bool:
    """A row of headings: at least two cells, hardly any of them a number or a date."""
    cells = [cell for cell in row if cell and cell.strip()]
    months = months_of(cells)
    data = sum(1 for at, c in enumerate(cells) if at not in months and _is_value(c))
    return len(cells) > 1 and data <= _MOST_VALUES * len(cells)


def _is_value(cell: str) -> bool:
    if _YEAR_HEADING.match(cell):  # over the months of two years
        return False
    return values.number_of(cell) is not None or values.shape_of(cell) is not None


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
