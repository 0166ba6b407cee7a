"""Months standing side by side: which columns they are, and the same rows told one per month.

A wide sheet keeps its own columns; two more are laid beside them, the month and the cell under
it. Everything after that treats the sheet as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chanplan.domain.mending import ESCAPED
from chanplan.domain.recipe import Recipe, Wide
from chanplan.ingest import cells_sql, values
from chanplan.ingest.carrying import carried
from chanplan.ingest.headers import normal, scale
from chanplan.ingest.reading.sheet import Relation, Sheet

# Months side by side: fewer could be three columns that merely are called so.
FEWEST = 3
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(
    r"^(?P<year>(?:19|20)\d\d)?[-/.年]?(?P<mark>m)?(?P<month>0?[1-9]|1[0-2])(?P<sign>月份?)?$"
    r"|^(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}'?(?P<after>20\d\d)?$"
)
_YEAR_HEADERS = frozenset({"年", "年份", "年度", "year", "fiscalyear", "fy"})
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
MONTH_HEADER, AMOUNT_HEADER, QUANTITY_HEADER = "月份", "金额", "数量"


@dataclass(frozen=True)
class Layout:
    """A sheet's header row with the two columns laid beside it; of a long sheet, as it is.

    years    the years that the sheet may be of, where nothing in its rows says so
    kinds    tables that words in its surroundings speak for
    totals   the column that sums the months, if there is one
    by_quantity  whether the cells are pieces and not money
    """

    headers: tuple[str, ...]
    sample: tuple[tuple[str | None, ...], ...]
    wide: Wide | None = None
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    totals: int | None = None
    by_quantity: bool = False

    @property
    def spread(self) -> set[int]:
        """The columns that are told as months, and the one that tells their year."""
        if self.wide is None:
            return set()
        year = () if self.wide.year_at is None else (self.wide.year_at,)
        return {*(at for at, _ in self.wide.months), *year}


def months_of(headers: Sequence[str]) -> dict[int, str]:
    """Position → "2024-03", or "03" where the year stands elsewhere; {} for too few."""
    found: dict[int, str] = {}
    for at, header in enumerate(headers):
        told = _MONTH.match(normal(header))
        if told is None:
            continue
        if told["name"]:
            month, year = _ENGLISH.index(told["name"]) + 1, told["after"]
        elif told["mark"] or told["sign"] or told["year"]:
            month, year = int(told["month"]), told["year"]
        else:
            continue  # a bare number may be anything
        found[at] = f"{year}-{month:02d}" if year else f"{month:02d}"
    return found if len(set(found.values())) >= FEWEST else {}


def laid_out(
    headers: tuple[str, ...], sample: tuple[tuple[str | None, ...], ...], around: Iterable[str]
) -> Layout:
    """The layout of a header row; `around` are title, sheet and file name, the nearest first."""
    months = months_of(headers)
    if not months:
        return Layout(headers, sample)
    near = [text for text in around if text]
    told = " ".join(near)
    year_at = next((at for at, one in enumerate(headers) if normal(one) in _YEAR_HEADERS), None)
    bare = any("-" not in month for month in months.values())
    years = next((found for text in near if (found := _YEAR.findall(text))), [])
    wide = Wide(tuple(months.items()), year_at if bare else None, None)
    if bare and year_at is None:
        wide = replace(wide, year=years[0] if len(set(years)) == 1 else None)
    totals = next((at for at, h in enumerate(headers) if _TOTAL_HEADERS.match(normal(h))), None)
    by_quantity = re.search(_QUANTITY, f"{told} {headers[totals] if totals is not None else ''}")
    unit = "（万元）" if scale(told) == 10_000 else "（千元）" if scale(told) == 1_000 else ""
    value = QUANTITY_HEADER if by_quantity else AMOUNT_HEADER + unit
    kinds = tuple(name for name, words in _TABLES if re.search(words, told.casefold()))
    return Layout(
        wide=wide,
        years=tuple(dict.fromkeys(years)),
        kinds=kinds,
        totals=totals,
        by_quantity=bool(by_quantity),
        headers=(*headers, MONTH_HEADER, value),
        sample=tuple(_told_by_month(sample, len(headers), wide)),
    )


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
    below = carried(sheet.below(recipe.header_line, recipe.filled), recipe.carried)
    if recipe.repairs is not None:
        return _unescaped(below)
    return below if recipe.wide is None else _unpivoted(below, recipe.wide, len(recipe.headers))


def _unescaped(below: Relation) -> Relation:
    """Mended rows, without the apostrophes that kept a spreadsheet from running their cells."""
    told = ", ".join(
        f"case when regexp_matches(c{at}, {cells_sql.literal(ESCAPED)}) then substr(c{at}, 2)"
        f" else c{at} end as c{at}"
        for at in range(below.width)
    )
    return replace(below, sql=f"(select * replace ({told}) from {below.sql})")


def _unpivoted(below: Relation, wide: Wide, width: int) -> Relation:
    """One row per filled cell; a row without any keeps one, so that it is counted."""
    own = width - 2
    year = f"regexp_extract(c{wide.year_at}, '[0-9]{{4}}')" if wide.year_at is not None else None
    cells = ", ".join(
        f"{{'month': {_month_sql(month, wide.year, year)}, 'cell': c{at}}}"
        for at, month in wide.months
    )
    kept = ", ".join(f"c{at}" for at in range(own))
    filled = f"list_filter(cells, lambda one: not {cells_sql.is_none('one.cell')})"
    first = "cells[1:1]"
    sql = (
        f"(select line, {kept}, told.month as c{own}, told.cell as c{own + 1}, extra from ("
        f"select line, {kept}, extra, unnest(case when len({filled}) = 0 then {first}"
        f" else {filled} end) as told from (select *, [{cells}] as cells from {below.sql})))"
    )
    return Relation(sql, width, below.lent)


def _month_sql(month: str, year: str | None, from_row: str | None) -> str:
    if "-" in month:
        return cells_sql.literal(month)
    return f"{from_row} || '-{month}'" if from_row else cells_sql.literal(f"{year}-{month}")


def _told_by_month(
    sample: Iterable[tuple[str | None, ...]], width: int, wide: Wide
) -> Iterable[tuple[str | None, ...]]:
    """The sample as `_unpivoted` would give it; without a year any will do to know a date."""
    for row in sample:
        own = (*row[:width], *[None] * (width - len(row)))
        for at, month in wide.months:
            if not values.is_none(own[at]):
                year = own[wide.year_at] if wide.year_at is not None else wide.year or "2000"
                yield (*own, month if "-" in month else f"{year}-{month}", own[at])


def _number(row: Sequence[str | None], at: int) -> Decimal | None:
    return values.number_of(row[at]) if at < len(row) else None
