"""Sheets of one shape of which one sums up the others: month by month the same to the cent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from chanplan.ingest import values
from chanplan.ingest.fitting import Fit
from chanplan.ingest.read import TOP_ROWS, Sheet

# Below them equal sums are no wonder.
FEWEST_ROWS = 3
CENT = Decimal("0.01")
ZERO = Decimal(0)
_MONEY = ("amount", "amount_with_tax", "amount_without_tax")
_TOTALS = ("合计", "总计", "小计", "汇总", "total")
# (sheet, header line, column of dates, column of money) → (text of a date, its money, its rows)
# for sheets longer than what is looked at row by row.
Added = Callable[[Sheet, int, int, int], Iterable[tuple[str | None, Decimal | None, int]]]


@dataclass(frozen=True)
class Told:
    """What a sheet tells: month → money, and in how many rows."""

    months: Mapping[str, Decimal]
    rows: int


def told(sheet: Sheet, fit: Fit, added: Added | None) -> Told:
    """What a sheet of sales tells of each month; nothing where it dates no row or is too long."""
    money = next((fit.matches[name].at for name in _MONEY if name in fit.matches), None)
    day = fit.matches.get("date")
    if fit.table.name != "sales" or money is None or day is None or fit.layout.split:
        return Told({}, 0)
    if fit.layout.wide is not None:
        return _wide(sheet, fit) if sheet.line_count <= TOP_ROWS else Told({}, 0)
    if sheet.line_count > TOP_ROWS:
        found = added(sheet, fit.header_line, day.at, money) if added else ()
        return _told((text, amount or ZERO, rows) for text, amount, rows in found)
    return _told(
        (row[day.at], values.number_of(row[money]) or ZERO, 1)
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
    if not others or not any(one.months.values()):
        return False
    return all(
        abs(money - sum((other.months.get(month, ZERO) for other in others), ZERO)) < CENT
        for month, money in one.months.items()
    )


def _told(lines: Iterable[tuple[str | None, Decimal, int]]) -> Told:
    months: dict[str, Decimal] = {}
    count = 0
    for text, money, rows in lines:
        day = values.date_of(text)
        if day is not None:
            months[f"{day:%Y-%m}"] = months.get(f"{day:%Y-%m}", ZERO) + money
            count += rows
    return Told(months, count)


def _wide(sheet: Sheet, fit: Fit) -> Told:
    """Months without a year are of one year in all sheets, or they are told apart by it."""
    wide = fit.layout.wide
    if wide is None or wide.year_at is not None:
        return Told({}, 0)
    rows = [row for row in sheet.top[fit.header_line :] if any(row) and not _total(row)]
    months = {
        month if "-" in month else f"{wide.year or ''}-{month}": sum(
            (values.number_of(row[at]) or ZERO for row in rows if at < len(row)), ZERO
        )
        for at, month in wide.months
    }
    return Told(months, len(rows))


def _total(row: Iterable[str | None]) -> bool:
    cells = ((cell or "").strip().casefold().rstrip(":：") for cell in row)
    return any(cell.endswith(_TOTALS) and len(cell) <= len("grand total") for cell in cells)
