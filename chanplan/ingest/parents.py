"""Rows that are the sums of others wherever these stand: 线上 among its channels in every month, a
bundle among its parts in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chanplan.ingest import values
from chanplan.ingest.matching import Match
from chanplan.ingest.no_data import may_sum
from chanplan.ingest.read import TOP_ROWS
from chanplan.ingest.settle_case import Case, rows_below

# Sums that come out in so many months, or orders, do so by no chance; of more members there are
# too many that may add up to one.
_MONTHS, _ORDERS, _MEMBERS, _PARTS = 3, 3, 10, 2
_LARGE = 10_000
_NAMES = ("channel", "partner", "region", "province", "city", "product", "category")
Row = Sequence[str | None]


def parents(case: Case, matches: Mapping[str, Match], money: Match) -> list[str]:
    """The names of such rows, as far as a sheet's first rows tell."""
    wide = case.fit.layout.wide
    if wide is not None or case.sheet.line_count > TOP_ROWS:
        return []
    return _of_months(case, matches, money) or _of_orders(case, matches, money)


def _of_months(case: Case, matches: Mapping[str, Match], money: Match) -> list[str]:
    """Members of a list with one row for each of them and month, that are always the sum of the
    same others."""
    kinds = case.fit.table.columns
    names = {m.at for n, m in matches.items() if kinds[n].kind == "text" and n in _NAMES}
    day = matches.get("date")
    if day is None or len(names) != 1:
        return []
    (at,) = names
    cells: dict[str, dict[str, int]] = {}
    for row in rows_below(case):
        number, name = _cents(row, money.at), _text(row, at)
        if number is None or not name or any(map(may_sum, row)):
            continue
        month = _text(row, day.at)
        if month in cells.setdefault(name, {}):
            return []
        cells[name][month] = number
    months = sorted({month for told in cells.values() for month in told})
    if not _PARTS < len(cells) <= _MEMBERS or len(months) < _MONTHS:
        return []
    told = {name: [one.get(month, 0) for month in months] for name, one in cells.items()}
    return list(_sums(told))


def _sums(told: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """The names whose numbers are those of several others together, month by month."""
    names, rows = list(told), list(told.values())
    first = [0] * (1 << len(names))
    sought = {row[0]: at for at, row in enumerate(rows) if _telling(row)}
    for mask in range(1, len(first)):
        low = (mask & -mask).bit_length() - 1
        first[mask] = first[mask & (mask - 1)] + rows[low][0]
        at = sought.get(first[mask])
        if at is None or mask >> at & 1 or mask.bit_count() < _PARTS:
            continue
        parts = [row for n, row in enumerate(rows) if mask >> n & 1]
        if all(sum(column) == whole for *column, whole in zip(*parts, rows[at], strict=True)):
            del sought[first[mask]]
            yield names[at]


def _telling(row: Sequence[int]) -> bool:
    """Whether numbers are neither small nor round: those of others may add up to them by chance."""
    return sum(1 for cents in row if abs(cents) >= _LARGE or cents % 100) >= _MONTHS


def _of_orders(case: Case, matches: Mapping[str, Match], money: Match) -> list[str]:
    """The products that are the sum of all others of an order wherever they stand first in it."""
    if not {"order", "product"} <= set(matches):
        return []
    orders: dict[str, list[tuple[int, str]]] = {}
    for row in rows_below(case):
        number, order = _cents(row, money.at), _text(row, matches["order"].at)
        if number and order:
            orders.setdefault(order, []).append((number, _text(row, matches["product"].at)))
    heading: dict[str, list[bool]] = {}
    for (whole, name), *parts in orders.values():
        if len(parts) >= _PARTS:
            is_sum = whole == sum(number for number, _ in parts)
            heading.setdefault(name, []).append(is_sum)
    return [name for name, sums in heading.items() if all(sums) and len(sums) >= _ORDERS]


def _cents(row: Row, at: int) -> int | None:
    number = values.number_of(row[at]) if at < len(row) else None
    return None if number is None else int((number * 100).to_integral_value())


def _text(row: Row, at: int) -> str:
    return (row[at] or "").strip() if at < len(row) else ""
