"""Months standing side by side: which columns they are, and the same rows told one per month.

A wide sheet keeps its own columns; two more are laid beside them, the month and the cell under
it. Everything after that treats the sheet as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chanplan.domain.mending import ESCAPED
from chanplan.domain.recipe import Recipe, SplitDate, Wide
from chanplan.ingest import cells_sql, values
from chanplan.ingest.carrying import carried
from chanplan.ingest.headers import normal
from chanplan.ingest.month_words import (
    MonthAround,
    MonthHeading,
    month_headings,
    twice,
    values_of,
)
from chanplan.ingest.over_years import beginning, carried_on, over_year
from chanplan.ingest.quarters import quarter_headings
from chanplan.ingest.reading.plain import UNKNOWN
from chanplan.ingest.reading.sheet import TOP_ROWS, Relation, Sheet
from chanplan.ingest.scales import scale, unit_of
from chanplan.ingest.split_dates import YEARS, heading, laid, split_date, together, told_whole

_YEAR_HEADERS = YEARS | {"fiscalyear", "fy"}
_TOTAL_HEADERS = re.compile(
    r"^(合计|总计|全年.*|年度?合计|总量|总额|小计|total|grandtotal|fullyear)$"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")
# Words in a title, a sheet's or a file's name that say what the cells are.
_TABLES = (
    ("targets", r"目标|指标|预算|任务|计划|target|budget|quota|plan"),
    ("channel_costs", r"费用|cost|spend|expense"),
    ("market_size", r"市场容量|市场规模|market.?size"),
    ("sales", r"销售|销量|销额|流水|业绩|出货|sales|revenue|turnover|shipment"),
)
_QUANTITY = r"销量|总量|数量|件数|箱数|瓶数|quantity|units|volume"
Cells = tuple[tuple[str | None, ...], ...]
MONTH_HEADER, AMOUNT_HEADER, QUANTITY_HEADER = "月份", "金额", "数量"


@dataclass(frozen=True)
class Layout:
    """A sheet's header row with the two columns laid beside it; of a long sheet, as it is.

    years    the years that the sheet may be of, where nothing in its rows says so
    kinds    tables that words in its surroundings speak for
    totals   the column that sums the months, if there is one
    by_quantity  whether the cells are pieces and not money
    split    how a date told in several columns is put together, of a long sheet
    twice    months that several columns claim, so that nobody knows which counts
    turned   the first and the last of months over a year's turn, beside a column of years
    month    the one month that its surroundings name, of a sheet that may date no row
    """

    headers: tuple[str, ...]
    sample: tuple[tuple[str | None, ...], ...]
    wide: Wide | None = None
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    totals: int | None = None
    by_quantity: bool = False
    twice: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    split: SplitDate | None = None
    month: MonthAround | None = None

    @property
    def spread(self) -> set[int]:
        """The columns that are told as months, or as parts of a date, and what tells their year."""
        if self.wide is None:
            return set(self.split.ats) if self.split else set()
        year = () if self.wide.year_at is None else (self.wide.year_at,)
        return {*(at for at, _ in (*self.wide.months, *self.wide.beside)), *year}


def months_of(headers: Sequence[str]) -> dict[int, str]:
    """Position → "2024-03", or "03" where the year stands elsewhere; {} for too few."""
    return {at: one.month for at, one in month_headings(headers).items()}


def laid_out(
    headers: tuple[str, ...], sample: tuple[tuple[str | None, ...], ...], around: Iterable[str]
) -> Layout:
    """The layout of a header row; `around` are title, sheet and file name, the nearest first."""
    found = month_headings(headers)
    if len({one.month for one in found.values()}) == 1 and told_whole(headers, sample):
        found = {}
    money, pieces = values_of(found)
    if not money and (plan := _quarterly(headers, sample, [text for text in around if text])):
        return plan
    if not money or _open_heads(headers, sample, found):
        return _long(headers, sample, [text for text in around if text])
    money, pieces = _carried(money), _carried(pieces)
    if again := twice(money) or twice(pieces):
        return Layout(headers, sample, twice=again)
    if _turned(headers, [(at, one.month) for at, one in money.items()]):
        return Layout(
            headers, sample, turned=tuple(headers[at] for at in (*money,)[:: len(money) - 1])
        )
    near = [text for text in around if text]
    beside = tuple((at, one.month) for at, one in pieces.items())
    wide, years = _dated(headers, {at: one.month for at, one in money.items()}, near, beside)
    totals = next((at for at, h in enumerate(headers) if _TOTAL_HEADERS.match(normal(h))), None)
    first = next(iter(money.values()))
    by_quantity = first.told == "quantity" or (
        first.told == "plain" and _of_pieces(near, headers, totals)
    )
    value = first.rest if first.told != "plain" else ""
    if not value:
        factor = next((f for one in (first.rest, *near) if (f := scale(one)) != 1), 1)
        value = QUANTITY_HEADER if by_quantity else AMOUNT_HEADER + unit_of(factor)
    planned = first.told == "planned"
    told_beside = [next(iter(pieces.values())).rest] if pieces else []
    return Layout(
        wide=wide,
        years=tuple(dict.fromkeys(years)),
        kinds=("targets",) if planned else _kinds(near, first.told == "amount"),
        totals=None if len(found) > len(money) else totals,
        by_quantity=by_quantity,
        headers=(*headers, MONTH_HEADER, value, *told_beside),
        sample=tuple(_told_by_month(sample, len(headers), wide)),
    )


def _carried(found: Mapping[int, MonthHeading]) -> Mapping[int, MonthHeading]:
    """Months without a year beside those that have one, with the year they come to."""
    months = carried_on({at: one.month for at, one in found.items()})
    return {at: replace(one, month=months[at]) for at, one in found.items()}


def _quarterly(headers: tuple[str, ...], sample: Cells, near: Sequence[str]) -> Layout | None:
    """Quarters side by side, of a sheet of targets: nothing else is told by quarters."""
    found = quarter_headings(headers)
    if not found or "targets" not in _kinds([*near, *headers], of_sales=False):
        return None
    wide, years = _dated(headers, found, near)
    totals = next((at for at, h in enumerate(headers) if _TOTAL_HEADERS.match(normal(h))), None)
    by_quantity = _of_pieces(near, headers, totals)
    texts = (*(headers[at] for at in found), *near)
    factor = next((f for one in texts if (f := scale(one)) != 1), 1)
    value = QUANTITY_HEADER if by_quantity else AMOUNT_HEADER + unit_of(factor)
    return Layout(
        wide=wide,
        years=tuple(dict.fromkeys(years)),
        kinds=("targets",),
        totals=totals,
        by_quantity=by_quantity,
        headers=(*headers, MONTH_HEADER, value),
        sample=tuple(_told_by_month(sample, len(headers), wide)),
    )


def _long(headers: tuple[str, ...], sample: Cells, near: Sequence[str]) -> Layout:
    """A sheet with a line per sale; a date told in several columns is laid beside them."""
    found = split_date(headers, sample, near)
    if found is None:
        return Layout(headers, sample)
    split, years = found
    width = len(headers)
    rows = ((*row[:width], *[None] * (width - len(row))) for row in sample)
    return Layout(
        headers=(*headers, heading(split, headers)),
        sample=tuple((*row, together(split, row)) for row in rows),
        years=years,
        split=split,
    )


def _open_heads(
    headers: Sequence[str], sample: Sequence[Sequence[str | None]], found: Mapping[int, object]
) -> bool:
    """Whether a column without a heading holds cells beside a month's: the headings of a
    second line are still to come."""
    blank = [at for at, head in enumerate(headers) if not head and min(found) < at]
    beside = [at for at in blank if at - 1 in found or at - 1 in blank]
    return any(at < len(row) and row[at] for at in beside for row in sample)


def _turned(headers: Sequence[str], months: Sequence[tuple[int, str]]) -> bool:
    """Whether bare months run over a year's turn beside a column of years: a year of accounts is
    called by the year it begins in, or by the one it ends in."""
    return over_year(months) and any(normal(one) in _YEAR_HEADERS for one in headers)


def _dated(
    headers: Sequence[str],
    months: Mapping[int, str],
    near: Sequence[str],
    beside: tuple[tuple[int, str], ...] = (),
) -> tuple[Wide, Sequence[str]]:
    """The months with their year, where anything tells it, and the years that it may be."""
    year_at = next((at for at, one in enumerate(headers) if normal(one) in _YEAR_HEADERS), None)
    bare = any("-" not in month for month in months.values())
    years = next((found for text in near if (found := _YEAR.findall(text))), [])
    wide = Wide(tuple(months.items()), year_at if bare else None, None, beside)
    if bare and year_at is None and over_year(wide.months):
        told = sorted(set(years))
        follow = len(told) == 2 and int(told[1]) == int(told[0]) + 1
        first = told[0] if follow else None
        before = (told[0], str(int(told[0]) - 1)) if len(told) == 1 else tuple(told)
        return beginning(wide, first), before
    if bare and year_at is None:
        wide = replace(wide, year=years[0] if len(set(years)) == 1 else None)
    return wide, years


def _of_pieces(near: Sequence[str], headers: Sequence[str], totals: int | None) -> bool:
    told = " ".join(near)
    return bool(re.search(_QUANTITY, f"{told} {headers[totals] if totals is not None else ''}"))


def _kinds(near: Sequence[str], of_sales: bool) -> tuple[str, ...]:
    told = " ".join(near).casefold()
    found = tuple(name for name, words in _TABLES if re.search(words, told))
    return found or (("sales",) if of_sales else ())


def open_year(wide: Wide) -> bool:
    """Whether only a person can say of which year the months are."""
    bare = any("-" not in month for _, month in wide.months)
    return bare and wide.year is None and wide.year_at is None


def differing(layout: Layout, rows: Iterable[Sequence[str | None]]) -> int:
    """How many rows state a total that their months do not sum to."""
    if layout.wide is None or layout.totals is None:
        return 0
    wrong = 0
    for row in rows:
        total = _number(row, layout.totals)
        cells = [_number(row, at) or 0 for at, _ in layout.wide.months]
        wrong += bool(total is not None and total != sum(cells))
    return wrong


def rows(sheet: Sheet, recipe: Recipe) -> Relation:
    """The rows a recipe reads from its sheet: those below the header, one per month if wide."""
    below = sheet.below(recipe.header_line, recipe.filled)
    if recipe.header_line > TOP_ROWS and recipe.dialect is not None:
        below = _headed(below, len(recipe.file_headers()))
    below = carried(below, recipe.carried, recipe.headers)
    if recipe.repairs is not None:
        return _unescaped(below)
    if recipe.split is not None:
        return laid(below, recipe.split, len(recipe.headers))
    return below if recipe.wide is None else _unpivoted(below, recipe.wide, len(recipe.headers))


def _headed(below: Relation, width: int) -> Relation:
    """Rows of a table so far down a text that nobody had seen how wide it is: its headings say."""
    surplus = ", ".join(f"nullif(c{at}, '')" for at in range(width, below.width))
    if not surplus:
        return below
    kept = ", ".join(f"c{at}" for at in range(width))
    extra = f"nullif(concat_ws(' ', {surplus}, extra), '')"
    return replace(
        below, sql=f"(select line, {kept}, {extra} as extra from {below.sql})", width=width
    )


def _unescaped(below: Relation) -> Relation:
    """Mended rows, without the apostrophes that kept a spreadsheet from running their cells."""
    told = ", ".join(
        f"case when regexp_matches(c{at}, {cells_sql.literal(ESCAPED)}) then substr(c{at}, 2)"
        f" else c{at} end as c{at}"
        for at in range(below.width)
    )
    sql = f"(select * replace ({told}) from {below.sql})"
    return replace(below, sql=sql, plain=UNKNOWN)


def _unpivoted(below: Relation, wide: Wide, width: int) -> Relation:
    """One row per filled cell; a row without any keeps one, so that it is counted."""
    own = width - wide.added
    year = f"regexp_extract(c{wide.year_at}, '[0-9]{{4}}')" if wide.year_at is not None else None
    beside = {month: at for at, month in wide.beside}
    cells = ", ".join(
        f"{{'month': {_month_sql(month, wide.year, year)}, 'cell': c{at}"
        f"{_beside_sql(wide, beside.get(month))}}}"
        for at, month in wide.months
    )
    kept = ", ".join(f"c{at}" for at in range(own))
    none = cells_sql.is_none("one.cell")
    if wide.beside:
        none = f"({none} and {cells_sql.is_none('one.beside')})"
    filled = f"list_filter(cells, lambda one: not {none})"
    first = "cells[1:1]"
    last = f", told.beside as c{own + 2}" if wide.beside else ""
    sql = (
        f"(select line, {kept}, told.month as c{own}, told.cell as c{own + 1}{last}, extra from ("
        f"select line, {kept}, extra, unnest(case when len({filled}) = 0 then {first}"
        f" else {filled} end) as told from (select *, [{cells}] as cells from {below.sql})))"
    )
    return Relation(sql, width, below.lent)


def _beside_sql(wide: Wide, at: int | None) -> str:
    if not wide.beside:
        return ""
    return f", 'beside': c{at}" if at is not None else ", 'beside': cast(null as varchar)"


def _month_sql(month: str, year: str | None, from_row: str | None) -> str:
    if "-" in month:
        return cells_sql.literal(month)
    return f"{from_row} || '-{month}'" if from_row else cells_sql.literal(f"{year}-{month}")


def _told_by_month(
    sample: Iterable[tuple[str | None, ...]], width: int, wide: Wide
) -> Iterable[tuple[str | None, ...]]:
    """The sample as `_unpivoted` would give it; without a year any will do to know a date."""
    beside = {month: at for at, month in wide.beside}
    for row in sample:
        own = (*row[:width], *[None] * (width - len(row)))
        for at, month in wide.months:
            more = [own[beside[month]] if month in beside else None] if beside else []
            if not values.is_none(own[at]) or not all(map(values.is_none, more)):
                year = own[wide.year_at] if wide.year_at is not None else wide.year or "2000"
                yield (*own, month if "-" in month else f"{year}-{month}", own[at], *more)


def _number(row: Sequence[str | None], at: int) -> Decimal | None:
    return values.number_of(row[at]) if at < len(row) else None
