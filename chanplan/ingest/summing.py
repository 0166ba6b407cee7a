"""Sheets of one shape of which one sums up the others: month by month the same to the cent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from chanplan.domain.recipe import Wide
from chanplan.ingest import values
from chanplan.ingest.fitting import Fit
from chanplan.ingest.read import TOP_ROWS, Sheet

# Below them equal sums are no wonder.
FEWEST_ROWS = 3
CENT = Decimal("0.01")
ZERO = Decimal(0)
_MONEY = ("amount", "amount_with_tax", "amount_without_tax")
_TOTALS = ("合计", "总计", "小计", "汇总", "total")
# By one of these a month may be told apart where some of its money cannot be read.
_NAMES = ("channel", "product", "partner", "region", "customer", "salesperson")
# Agreeing in fewer parts may be chance.
_FEWEST_PARTS = 2
# (sheet, header line, column of dates, column of money) → (text of a date, its money, its rows,
# how many of them have money that cannot be read) for sheets longer than what is looked at row by
# row.
Added = Callable[[Sheet, int, int, int], Iterable[tuple[str | None, Decimal | None, int, int]]]
# Text of a date, name by field, money, rows, whether some money cannot be read.
Key = TypeVar("Key")
_Line = tuple[str | None, Mapping[str, str], Decimal, int, bool]


@dataclass(frozen=True)
class Told:
    """What a sheet tells: month → money, and in how many rows.

    open   months of which some money cannot be read, so that their sum is not known
    named  field → (month, name) → money, of sheets looked at row by row
    gaps   the same keys of which some money cannot be read
    """

    months: Mapping[str, Decimal]
    rows: int
    open: Collection[str] = ()
    named: Mapping[str, Mapping[tuple[str, str], Decimal]] = field(default_factory=dict)
    gaps: Collection[tuple[str, str, str]] = ()


def told(sheet: Sheet, fit: Fit, added: Added | None) -> Told:
    """What a sheet of sales tells of each month; nothing where it dates no row or is too long."""
    money = next((fit.matches[name].at for name in _MONEY if name in fit.matches), None)
    day = fit.matches.get("date")
    if fit.table.name != "sales" or money is None or day is None or fit.layout.split:
        return Told({}, 0)
    if fit.layout.wide is not None:
        long = sheet.line_count > TOP_ROWS
        return _long_wide(sheet, fit, added) if long else _wide(sheet, fit)
    if sheet.line_count > TOP_ROWS:
        found = added(sheet, fit.header_line, day.at, money) if added else ()
        return _told((text, {}, amount or ZERO, rows, bad > 0) for text, amount, rows, bad in found)
    names = {name: fit.matches[name].at for name in _NAMES if name in fit.matches}
    return _told(
        (row[day.at], _named(row, names), _money(row[money]), 1, _unread(row[money]))
        for row in sheet.top[fit.header_line :]
        if max(day.at, money) < len(row) and not _total(row)
    )


def summing(found: Mapping[int, Told]) -> frozenset[int]:
    """The sheets that others tell over again: every month of theirs comes to the same money in
    one of the others, or in all of them together. Of two that are equal the shorter one goes."""
    known = {at: one for at, one in found.items() if one.rows >= FEWEST_ROWS}
    gone: set[int] = set()
    for at in sorted(known, key=lambda one: (known[one].rows, -one)):
        rest = [one for other, one in known.items() if other != at and other not in gone]
        longer = [one for one in rest if one.rows >= known[at].rows]
        if any(_same(known[at], [one]) for one in longer) or _same(known[at], rest):
            gone.add(at)
    return frozenset(gone)


def _same(one: Told, others: Collection[Told]) -> bool:
    """Whether the sums agree; where money cannot be read, those that are known, and enough."""
    if not others or not any(one.months.values()):
        return False
    unknown = {*one.open, *(month for other in others for month in other.open)}
    agree = _agreeing(one.months, [other.months for other in others], unknown)
    if agree is None or not unknown & set(one.months):
        return agree is not None
    if agree >= _FEWEST_PARTS and agree * 2 >= len(one.months):
        return True
    return any(_same_by(name, one, others) for name in one.named)


def _same_by(name: str, one: Told, others: Collection[Told]) -> bool:
    """The same of months told apart by a name."""
    gaps = {(month, who) for told in (one, *others) for by, month, who in told.gaps if by == name}
    parts = [other.named.get(name, {}) for other in others]
    agree = _agreeing(one.named[name], parts, gaps)
    return bool(agree and agree >= _FEWEST_PARTS and agree * 2 >= len(one.named[name]))


def _agreeing(
    own: Mapping[Key, Decimal], others: Collection[Mapping[Key, Decimal]], unknown: Collection[Key]
) -> int | None:
    """How many sums that are known are those of the others; None where one is not."""
    known = {key: money for key, money in own.items() if key not in unknown}
    for key, money in known.items():
        if abs(money - sum((other.get(key, ZERO) for other in others), ZERO)) >= CENT:
            return None
    return sum(1 for money in known.values() if money)


def _told(lines: Iterable[_Line]) -> Told:
    months: dict[str, Decimal] = {}
    named: dict[str, dict[tuple[str, str], Decimal]] = {}
    open_months, gaps, count = set(), set(), 0
    for text, names, money, rows, unread in lines:
        day = values.date_of(text)
        if day is None:
            continue
        month = f"{day:%Y-%m}"
        months[month] = months.get(month, ZERO) + money
        count += rows
        for by, name in names.items():
            sums = named.setdefault(by, {})
            sums[month, name] = sums.get((month, name), ZERO) + money
        if unread:
            open_months.add(month)
            gaps |= {(by, month, name) for by, name in names.items()}
    return Told(months, count, open_months, named, gaps)


def _named(row: Sequence[str | None], names: Mapping[str, int]) -> dict[str, str]:
    return {by: (row[at] or "").strip() for by, at in names.items() if at < len(row)}


def _money(cell: str | None) -> Decimal:
    return values.money_number(cell) or ZERO


def _unread(cell: str | None) -> bool:
    return not values.is_none(cell) and values.money_number(cell) is None


def _wide(sheet: Sheet, fit: Fit) -> Told:
    """Months without a year are of one year in all sheets, or they are told apart by it."""
    wide = fit.layout.wide
    if wide is None or wide.year_at is not None:
        return Told({}, 0)
    rows = [row for row in sheet.top[fit.header_line :] if any(row) and not _total(row)]
    cells = {at: [row[at] for row in rows if at < len(row)] for at, _ in wide.months}
    months = {_month(wide, month): sum(map(_money, cells[at]), ZERO) for at, month in wide.months}
    unread = {_month(wide, month) for at, month in wide.months if any(map(_unread, cells[at]))}
    return Told(months, len(rows), unread)


def _long_wide(sheet: Sheet, fit: Fit, added: Added | None) -> Told:
    """The same of a sheet longer than what is looked at; by name, so that its totals stay out."""
    wide = fit.layout.wide
    by = next((fit.matches[name].at for name in _NAMES if name in fit.matches), None)
    if wide is None or wide.year_at is not None or by is None or added is None:
        return Told({}, 0)
    months, unread, most = {}, set(), 0
    for at, month in wide.months:
        found = list(added(sheet, fit.header_line, by, at))
        months[_month(wide, month)] = sum((money or ZERO for _, money, *_ in found), ZERO)
        most = max(most, sum(rows for _, _, rows, _ in found))
        if any(bad for *_, bad in found):
            unread.add(_month(wide, month))
    return Told(months, most, unread)


def _month(wide: Wide, month: str) -> str:
    return month if "-" in month else f"{wide.year or ''}-{month}"


def _total(row: Iterable[str | None]) -> bool:
    cells = ((cell or "").strip().casefold().rstrip(":：") for cell in row)
    return any(cell.endswith(_TOTALS) and len(cell) <= len("grand total") for cell in cells)
