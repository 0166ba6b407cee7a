"""Months side by side that run into the next year: 4月 … 12月, 1月 … 3月."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from chanplan.domain.recipe import Wide

# Months are counted from January of the year 0, which is 1; bare ones are 1 … 12.
MONTHS = 12
# Months further apart do not follow each other: a row of them may run backwards.
MOST_APART = 3
Months = tuple[tuple[int, str], ...]


def over_year(months: Sequence[tuple[int, str]]) -> bool:
    """Whether months without a year begin anew among them, and go on upwards on both sides."""
    if not all(month.isdecimal() for _, month in months):  # with years, or quarters
        return False
    told = [int(month) for _, month in months]
    turns = sum(1 for one, then in pairwise(told) if then < one)
    return turns == 1 and told[-1] < told[0]


def carried_on(months: Mapping[int, str]) -> dict[int, str]:
    """A month without a year beside those that have one is of the year that the row of months
    comes to there, where they then follow each other: 2024年1月, 2月, 3月."""
    found = dict(months)
    if not all(month.replace("-", "").isdecimal() for month in found.values()):  # quarters
        return found
    told = [_number(month) for month in found.values()]
    known = [at for at, month in enumerate(told) if month > MONTHS]
    if not known or len(known) == len(told):
        return found
    for at in [*range(known[0] - 1, -1, -1), *range(known[0] + 1, len(told))]:
        if told[at] <= MONTHS:
            beside = told[at + 1 if at < known[0] else at - 1]
            year = (beside - 1) // MONTHS
            later = (told[at] - 1) % MONTHS > (beside - 1) % MONTHS
            year += (0 if not later else -1) if at < known[0] else (0 if later else 1)
            told[at] = year * MONTHS + told[at]
    if any(not 0 < then - one <= MOST_APART for one, then in pairwise(told)):
        return found
    return {at: _text(month) for at, month in zip(found, told, strict=True)}


def beginning(wide: Wide, year: str | None) -> Wide:
    """The months with the year of the first one told; those behind the turn are of the next."""
    if year is None or not over_year(wide.months):
        return replace(wide, year=year)
    first = int(wide.months[0][1])

    def dated(months: Months) -> Months:
        return tuple((at, f"{int(year) + (int(month) < first)}-{month}") for at, month in months)

    return replace(wide, months=dated(wide.months), beside=dated(wide.beside), year=None)


def _number(month: str) -> int:
    year, _, of_year = month.rpartition("-")
    return int(year or 0) * MONTHS + int(of_year) if year else int(of_year)


def _text(month: int) -> str:
    year, at = divmod(month - 1, MONTHS)
    return f"{year}-{at + 1:02d}"
