"""Late lines of closed months: where they count, and what was told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from chanplan.domain.period import shift

# post  lines of closed months count in the first open month after theirs, and keep their date
Late = Literal["post"]
LATE: Final[tuple[Late, ...]] = get_args(Late)


@dataclass(frozen=True)
class Posted:
    """Late lines of one closed month: how many, their money as in the file, where they count."""

    month_from: int
    month_to: int
    lines: int
    money: Decimal | None


def together(every: Iterable[Iterable[Posted]]) -> tuple[Posted, ...]:
    """Of several sheets: one for each closed month."""
    found: dict[tuple[int, int], Posted] = {}
    for one in (posted for told in every for posted in told):
        before = found.get((one.month_from, one.month_to), Posted(*_months(one), 0, None))
        money = one.money if before.money is None else before.money + (one.money or 0)
        found[_months(one)] = Posted(*_months(one), before.lines + one.lines, money)
    return tuple(found[months] for months in sorted(found))


def _months(one: Posted) -> tuple[int, int]:
    return one.month_from, one.month_to


def open_after(closed: Iterable[int]) -> Mapping[int, int]:
    """Closed month → the first month after it that is not closed."""
    shut = set(closed)
    found = {}
    for month in sorted(shut):
        after = shift(month, 1)
        while after in shut:
            after = shift(after, 1)
        found[month] = after
    return found
