"""Rows that would count twice though no word says so: sums of their neighbours, whole orders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest import values
from chanplan.ingest.matching import Match
from chanplan.ingest.no_data import may_sum
from chanplan.ingest.parents import parents
from chanplan.ingest.read import TOP_ROWS
from chanplan.ingest.settle_case import Case, rows_below

Row = Sequence[str | None]
Numbers = Sequence[tuple[Decimal, ...]]
Told = Sequence[tuple[Row, tuple[Decimal, ...]]]
_MONEY = ("amount", "amount_with_tax", "amount_without_tax")
# A sum has two parts or more. That a row of months is one by chance is not to be believed; that
# single numbers are, only where the whole table falls into so many different sums and their parts.
_PARTS, _FEWEST_SUMS, _MONTHS = 2, 3, 3
# Parts that are tried, and numbers that are no chance sum of small ones.
_MOST_PARTS, _LARGE = 40, 100
# No money has so many digits.
_TOO_LARGE = 10**18
# So many orders of several lines, and different amounts of them, make a pattern.
_FEWEST_ORDERS, _AMOUNTS = 3, 3
_NAMED = 5
# What differs from line to line says nothing of which lines belong together.
_OF_A_LINE = ("order", "original_order", "customer", "customer_name", "product_name")
# What a row that sums up others may leave open.
_ALONE = re.compile(r"^\s*(?:其中|of which|thereof)\s*[:：]?\s*$", re.IGNORECASE)
_MEMBERS = (
    "product",
    "category",
    "channel",
    "partner",
    "region",
    "province",
    "city",
    "salesperson",
)


def check(case: Case, matches: Mapping[str, Match]) -> None:
    """UnrecognisedTableError where rows of sales are sums of others, or repeat the amount of their
    whole order. What a person said of rows and columns stands."""
    money = next((matches[name] for name in _MONEY if name in matches), None)
    if not case.sales or money is None or case.old is not None:
        return
    if case.hints.rows is None and (labels := _of_which(case, matches)):
        raise UnrecognisedTableError("sums_in_rows", name=case.name, labels=labels[:_NAMED])
    if case.hints.rows is None and (labels := _sums(case, matches, money)):
        raise UnrecognisedTableError("sums_in_rows", name=case.name, labels=labels[:_NAMED])
    if case.hints.rows is None and (labels := parents(case, matches, money)):
        raise UnrecognisedTableError("sums_in_rows", name=case.name, labels=labels[:_NAMED])
    if not {"amount", "order"} & set(case.hints.columns) and not case.fit.layout.wide:
        _check_orders(case, matches, money)


def _of_which(case: Case, matches: Mapping[str, Match]) -> list[str]:
    """The rows right above one that says nothing but 其中: what follows is what they are made of,
    and nobody can tell where it ends."""
    names = [matches[name].at for name in _MEMBERS if name in matches]
    rows = [row for row in rows_below(case) if any(row)]
    return [
        next((row[at] or "" for at in names if at < len(row) and row[at]), "")
        for row, below in pairwise(rows)
        if sum(map(bool, below)) == 1 and _ALONE.match(next(filter(None, below)) or "")
    ]


def _sums(case: Case, matches: Mapping[str, Match], money: Match) -> list[str]:
    """How rows are called that are the sums of those above or below them; of single numbers only
    where the table is made of nothing else than such sums and their parts."""
    wide = case.fit.layout.wide
    ats = [at for at, _ in wide.months] if wide else [money.at]
    told = [
        (row, numbers)
        for row in _counting(case, matches)
        if (numbers := _numbers(row, ats)) is not None and not any(map(may_sum, row))
    ]
    # Of a longer sheet only the first rows are looked at: they may end within a sum's parts.
    left = len(told) // 2 if case.sheet.line_count > TOP_ROWS else 1
    if open_names := _without_name(case, matches, told):
        return [_label(told[at][0], ats) for at in open_names]
    rows = [numbers for _, numbers in told]
    if len(ats) >= _MONTHS:
        back = [len(rows) - 1 - at for at in _of_neighbours(rows[::-1])]
        return [_label(told[at][0], ats) for at in (*_of_neighbours(rows), *back)]
    for sums, end in (_parted(rows), _headed(rows)):
        different = {rows[at] for at in sums if _telling(rows[at][0])}
        if len(different) >= _FEWEST_SUMS and len(rows) - end <= left:
            return [_label(told[at][0], ats) for at in sums]
    return []


def _of_neighbours(rows: Numbers) -> Iterator[int]:
    """Positions of rows of months that are the sum of those right before them."""
    for at, row in enumerate(rows):
        if sum(map(_telling, row)) < _MONTHS:
            continue
        total = tuple(Decimal(0) for _ in row)
        for back in range(1, min(at, _MOST_PARTS) + 1):
            total = _added(total, rows[at - back])
            if back >= _PARTS and total == row and rows[at - back] != row:
                yield at
                break


def _telling(number: Decimal) -> bool:
    """Whether a number is no small whole one, which sums of others come to by chance."""
    return abs(number) >= _LARGE or bool(number % 1)


def _parted(rows: Numbers) -> tuple[list[int], int]:
    """Positions of rows that are the sum of all rows since the one before that is, or of all such
    sums since the one before that is of them; and where the last of them ends."""
    found: list[int] = []
    none = tuple(Decimal(0) for _ in rows[0]) if rows else ()
    parts, total, sums, upper = 0, none, 0, none
    for at, row in enumerate(rows):
        if parts >= _PARTS and row == total and any(row):
            found.append(at)
            parts, total = 0, none
            sums, upper = sums + 1, _added(upper, row)
        elif parts == 0 and sums >= _PARTS and row == upper and any(row):
            found.append(at)
            sums, upper = 0, none
        else:
            parts, total = parts + 1, _added(total, row)
    return found, found[-1] + 1 if found else 0


def _headed(rows: Numbers) -> tuple[list[int], int]:
    """The same of rows that are the sum of those right below them, up to the next such row."""
    found: list[int] = []
    at = 0
    while at < len(rows):
        total, below = tuple(Decimal(0) for _ in rows[at]), at
        while below + 1 < len(rows) and (total != rows[at] or below - at < _PARTS):
            below += 1
            total = _added(total, rows[below])
        if total != rows[at] or below - at < _PARTS or not any(total):
            break
        found.append(at)
        at = below + 1
    return found, at


def _added(one: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _numbers(row: Row, ats: Iterable[int]) -> tuple[Decimal, ...] | None:
    """The numbers of a row, to the cent; None where it has none, or one that is no money."""
    found = [values.number_of(row[at]) if at < len(row) else None for at in ats]
    if all(one is None for one in found) or any(one and abs(one) >= _TOO_LARGE for one in found):
        return None
    return tuple((one or Decimal(0)).quantize(Decimal("0.01")) for one in found)


def _counting(case: Case, matches: Mapping[str, Match]) -> list[Row]:
    """The rows that say when and of what they are: others are set aside anyhow."""
    kinds = case.fit.table.columns
    names = [m.at for name, m in matches.items() if kinds[name].kind == "text"]
    names = names or _unnamed(case, matches)
    dates = [m.at for name, m in matches.items() if kinds[name].kind == "date"]
    dates = dates if not case.fit.layout.wide and not case.fit.layout.split else []
    return [
        row
        for row in rows_below(case)
        if any(at < len(row) and row[at] for at in names)
        and all(at < len(row) and values.date_of(row[at]) for at in dates[:1])
    ]


def _unnamed(case: Case, matches: Mapping[str, Match]) -> list[int]:
    """The columns that no field takes, where none is taken for a name: 行标签 of a pivot table."""
    used = {found.at for found in matches.values()} | case.fit.layout.spread
    return [at for at, header in enumerate(case.fit.headers) if header and at not in used]


def _without_name(case: Case, matches: Mapping[str, Match], told: Told) -> list[int]:
    """Positions of rows that leave one name open and come to the sum of those that tell it, all
    other names and the month being equal: what nobody calls a total, and every line of it is."""
    kinds = case.fit.table.columns
    own = len(case.fit.headers) - (case.fit.layout.wide.added if case.fit.layout.wide else 0)
    keys = {
        name: m.at
        for name, m in matches.items()
        if kinds[name].kind in ("text", "date") and m.at < own and name not in _OF_A_LINE
    }
    for at in dict.fromkeys(keys[name] for name in _MEMBERS if name in keys):
        open_rows = [(n, row, numbers) for n, (row, numbers) in enumerate(told)
                     if not _text(row, at) and any(map(_telling, numbers))]  # fmt: skip
        if len(open_rows) < _PARTS:
            continue
        rest = [key for key in keys.values() if key != at]
        parts: dict[tuple[str, ...], list[tuple[Decimal, ...]]] = {}
        for row, numbers in told:
            if _text(row, at):
                parts.setdefault(tuple(_text(row, key) for key in rest), []).append(numbers)
        sums = [
            n
            for n, row, numbers in open_rows
            if len(found := parts.get(tuple(_text(row, key) for key in rest), [])) >= _PARTS
            and tuple(map(sum, zip(*found, strict=True))) == numbers
        ]
        if len(sums) >= _PARTS and len(sums) * 2 > len(open_rows):
            return sums
    return []


def _text(row: Row, at: int) -> str:
    return (row[at] or "").strip() if at < len(row) else ""


def _label(row: Row, ats: Sequence[int]) -> str:
    cells = [cell.strip() for at, cell in enumerate(row) if cell and cell.strip() and at not in ats]
    return " · ".join(cells[:3]) or "—"


def _check_orders(case: Case, matches: Mapping[str, Match], money: Match) -> None:
    """Of orders with several lines each line tells the same amount, and it is not that of the
    line: its pieces times its price."""
    if not {"order", "product"} <= set(matches):
        return
    orders: dict[str, list[Row]] = {}
    for row in rows_below(case):
        order = row[matches["order"].at] if matches["order"].at < len(row) else None
        if order and values.number_of(_cell(row, money)):
            orders.setdefault(order, []).append(row)
    several = {order: rows for order, rows in orders.items() if len(rows) > 1}
    amounts = {order: {values.number_of(_cell(r, money)) for r in rows}
               for order, rows in several.items()}  # fmt: skip
    if len(several) < _FEWEST_ORDERS or any(len(told) > 1 for told in amounts.values()):
        return
    if len(set().union(*amounts.values())) < _AMOUNTS:
        return
    if any(_of_line(row, matches, money) for rows in several.values() for row in rows):
        return
    if any(
        len({_cell(r, matches["product"]) for r in rows}) < len(rows) for rows in several.values()
    ):
        return
    order, rows = next(iter(several.items()))
    raise UnrecognisedTableError(
        "order_amount_repeated",
        name=case.name,
        header=money.header,
        order=order,
        rows=len(rows),
        amount=_cell(rows[0], money),
    )


def _of_line(row: Row, matches: Mapping[str, Match], money: Match) -> bool:
    """Whether the amount of a row is that of its own pieces."""
    if not {"unit_price", "quantity"} <= set(matches):
        return False
    price, pieces = (values.number_of(_cell(row, matches[n])) for n in ("unit_price", "quantity"))
    told = values.number_of(_cell(row, money))
    if price is None or pieces is None or told is None:
        return True
    return abs(price * pieces - told) <= abs(told) / 100


def _cell(row: Row, found: Match) -> str | None:
    return row[found.at] if found.at < len(row) else None
