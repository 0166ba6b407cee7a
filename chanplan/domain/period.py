"""Months and spans of months.

A month is the integer 202403, readable in a table and comparable without a date function.
Its ordinal (year × 12 + month − 1) makes month arithmetic an addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MONTHS_A_YEAR = 12


def ordinal(month: int) -> int:
    """202403 → 24290: months since year 0, so that neighbours differ by one."""
    return month // 100 * MONTHS_A_YEAR + month % 100 - 1


def from_ordinal(number: int) -> int:
    """24290 → 202403."""
    return number // MONTHS_A_YEAR * 100 + number % MONTHS_A_YEAR + 1


def shift(month: int, by: int) -> int:
    """The month `by` months after `month` (before, when negative)."""
    return from_ordinal(ordinal(month) + by)


def readable(months: Iterable[int]) -> str:
    """Months as a sentence names them: 2024-03, 2024-04."""
    return ", ".join(f"{month // 100}-{month % 100:02d}" for month in months)


def is_month(value: int) -> bool:
    """Whether an integer such as 202403 names a month that a calendar has."""
    return 1900_00 < value < 2200_00 and 1 <= value % 100 <= MONTHS_A_YEAR


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole months, both ends included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not (is_month(self.first) and is_month(self.last) and self.first <= self.last):
            raise ValueError(f"not a span of months: {self.first}..{self.last}")

    def __iter__(self) -> Iterator[int]:
        return (from_ordinal(n) for n in range(ordinal(self.first), ordinal(self.last) + 1))

    def __len__(self) -> int:
        return ordinal(self.last) - ordinal(self.first) + 1

    def __contains__(self, month: int) -> bool:
        return self.first <= month <= self.last

    def moved(self, by: int) -> Period:
        """The same length, `by` months later (earlier, when negative)."""
        return Period(shift(self.first, by), shift(self.last, by))

    def last_year(self) -> Period:
        """The same months one year before (同比)."""
        return self.moved(-MONTHS_A_YEAR)

    def previous(self) -> Period:
        """The span of equal length that ends where this one starts (环比)."""
        return self.moved(-len(self))
