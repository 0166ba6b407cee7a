"""A measure month by month, and what is thought to come after it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chanplan.domain.period import MONTHS_A_YEAR

Numbers = NDArray[np.float64]
# Simulated remainders of each series: a tenth is then known to about one in a hundred.
DRAWS: Final = 1000


@dataclass(frozen=True, eq=False)
class Course:
    """A measure of one scope, one value a month, oldest first.

    months  first days, without a gap; values: one per month, in the measure's own unit
    covered share of the last month that the data covers (1: all of it)
    Raises ValueError for a gap, for unlike lengths, for a value that is no number.
    """

    months: tuple[date, ...]
    values: Numbers
    covered: float = 1.0

    def __post_init__(self) -> None:
        if not _is_gapless(self.months):
            raise ValueError("the months of a course have a gap")
        if len(self.values) != len(self.months) or not np.isfinite(self.values).all():
            raise ValueError("a course has one number for each of its months")
        if not 0 <= self.covered <= 1:
            raise ValueError(f"no share of a month: {self.covered}")


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is still to come until the end of a period.

    state     "ok"; "short": under two years; "new": first sale under a year ago; "intermittent";
              "dying"; "none": nothing ever
    method    the method that weighs most: "flat", "last_year", "damped", "regression"; of series
              that sell seldom "drawn_again", of dying ones "fading"; else "none"
    expected  the remainder: half of the draws lie above it (of months drawn again, their mean)
    draws     DRAWS simulated remainders, in no order
    by_month  expected per month still to come, the rest of a partial month first; sums to expected
    """

    state: str
    method: str
    expected: float
    draws: Numbers
    by_month: Numbers


@dataclass(frozen=True, eq=False)
class Batch:
    """Courses of one shape side by side: same first sale, same last month, same way to go.

    past     complete months, one row a series; first: the ordinal of the first of them
    so_far   what the month after them has shown, covered: how much of it (0: nothing yet)
    ahead    months still to come, the partial one included
    earlier  how many months the courses have before their first sale
    """

    keys: tuple[Hashable, ...]
    past: Numbers
    first: int
    so_far: Numbers
    covered: float
    ahead: int
    earlier: int


def ordinal_of(day: date) -> int:
    """Months since year 0, as `domain.period.ordinal` counts them."""
    return day.year * MONTHS_A_YEAR + day.month - 1


@lru_cache(maxsize=256)
def _is_gapless(months: tuple[date, ...]) -> bool:
    ordinals = [ordinal_of(day) for day in months]
    return not ordinals or ordinals == list(range(ordinals[0], ordinals[0] + len(ordinals)))


def batches(courses: Mapping[Hashable, Course], until: int) -> Iterator[Batch]:
    """Group courses so that each group is one matrix; what lies before a first sale is left out."""
    groups: dict[tuple[int, int, float, int], list[Hashable]] = {}
    for key, course in courses.items():
        start = int(np.argmax(course.values != 0)) if course.values.any() else 0
        covered = course.covered if course.months else 1.0
        first = ordinal_of(course.months[0]) if course.months else until + 1
        groups.setdefault((first, len(course.months), covered, start), []).append(key)
    for (first, length, covered, start), keys in groups.items():
        values = np.array([courses[key].values for key in keys], dtype=float)
        whole = length if covered == 1 else length - 1
        start = min(start, max(whole - 1, 0))
        yield Batch(
            keys=tuple(keys),
            past=values[:, start:whole],
            first=first + start,
            so_far=values[:, -1] if whole < length else np.zeros(len(keys)),
            covered=covered if whole < length else 0.0,
            ahead=max(0, until - (first + whole) + 1),
            earlier=start,
        )
