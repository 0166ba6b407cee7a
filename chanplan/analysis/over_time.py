"""Members of a dimension month by month, with their share of each month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import Member
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

COLUMNS: Final = ("month", "member", "is_others", "count", "value", "total", "share")
MEASURE = "net_sales"
# A month is judged beside the same month of last year: thirteen columns show both ends.
AT_LEAST_MONTHS = 13

# Stacked on a phone, more members than this are stripes that nobody can tell apart.
MOST_MEMBERS = 8

Key = tuple[Member, bool]


def window(period: Period, at_least: int = AT_LEAST_MONTHS) -> Period:
    """The period itself, or as many months ending with it as make a trend readable."""
    if len(period) >= at_least:
        return period
    return Period(shift(period.last, 1 - at_least), period.last)


def query(scope: Scope, dimension: str, measure: str = MEASURE) -> MetricQuery:
    """A measure by month and dimension over the window that ends with the scope's period."""
    wide = scope.at(window(scope.period))
    return MetricQuery(measures=(measure,), by=("month", dimension), scope=wide)


def by_month(
    frame: pd.DataFrame, dimension: str, measure: str = MEASURE, most: int = MOST_MEMBERS
) -> pd.DataFrame:
    """Months × members, at most `most` members and their others.

    In: `month` (202403), `dimension`, an additive `measure`. Out: COLUMNS, months in order,
    members by their total over all months, "others" last. `total` is the month's, `share`
    a fraction of it (None where the total is not positive). A month without any line has no
    row; a member without sales in a month has none there either.
    """
    values = arithmetic.numbers(frame, measure)
    named = zip(frame["month"].tolist(), arithmetic.members(frame, dimension), values, strict=True)
    cells = [(int(month), member, value) for month, member, value in named if value is not None]
    ranking = _ranking(cells)
    kept = ranking if len(ranking) <= most + 1 else ranking[:most]
    return _frame(_sums(cells, set(kept)), kept, len(ranking) - len(kept))


@dataclass(frozen=True)
class Month:
    """One month of `by_member`: a value for every member, None where it has none."""

    month: int
    values: tuple[Decimal | None, ...]
    total: Decimal | None


def by_member(shown: pd.DataFrame) -> tuple[list[tuple[Member, bool, int]], list[Month]]:
    """The same as a table with a column per member.

    In: `by_month`. Out: (member, is_others, count) of every column, and the months in order.
    """
    heads = zip(
        arithmetic.members(shown, "member"), shown["is_others"], shown["count"], strict=True
    )
    kept = sorted({(each[0], bool(each[1]), int(each[2])) for each in heads}, key=_rank(shown))
    found: dict[int, dict[Key, Decimal | None]] = defaultdict(dict)
    totals: dict[int, Decimal | None] = {}
    values, wholes = (arithmetic.numbers(shown, name) for name in ("value", "total"))
    members = arithmetic.members(shown, "member")
    for at, month in enumerate(int(month) for month in shown["month"]):
        found[month][members[at], bool(shown["is_others"].iloc[at])] = values[at]
        totals[month] = wholes[at]
    return kept, [
        Month(month, tuple(found[month].get(one[:2]) for one in kept), totals[month])
        for month in sorted(found)
    ]


def _rank(shown: pd.DataFrame) -> Callable[[tuple[Member, bool, int]], tuple[bool, Decimal, str]]:
    """Members by their total, falling; the others last."""
    sizes: dict[Key, Decimal] = defaultdict(Decimal)
    cells = zip(
        arithmetic.members(shown, "member"),
        shown["is_others"],
        arithmetic.numbers(shown, "value"),
        strict=True,
    )
    for member, is_others, value in cells:
        sizes[member, bool(is_others)] += value or arithmetic.ZERO
    return lambda one: (one[1], -sizes[one[:2]], one[0] or "")


def _ranking(cells: Sequence[tuple[int, Member, Decimal]]) -> list[Member]:
    """Members by size over all months, falling; by name among equals."""
    sizes: dict[Member, Decimal] = defaultdict(Decimal)
    for _, member, value in cells:
        sizes[member] += value
    return sorted(sizes, key=lambda member: (-sizes[member], member is None, member or ""))


def _sums(
    cells: Sequence[tuple[int, Member, Decimal]], kept: set[Member]
) -> dict[int, dict[Key, Decimal]]:
    """month → (member, is_others) → value."""
    sums: dict[int, dict[Key, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for month, member, value in cells:
        sums[month][(member, False) if member in kept else (None, True)] += value
    return sums


def _frame(
    sums: dict[int, dict[Key, Decimal]], kept: Sequence[Member], folded: int
) -> pd.DataFrame:
    order: list[Key] = [*((member, False) for member in kept), (None, True)]
    rows = []
    for month in sorted(sums):
        whole = arithmetic.total(sums[month].values())
        for key in order:
            if key in sums[month]:
                value = sums[month][key]
                count = folded if key[1] else 1
                rows.append((month, *key, count, value, whole, arithmetic.share(value, whole)))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    frame = pd.DataFrame(
        {name: arithmetic.column(cells) for name, cells in zip(COLUMNS, columns, strict=True)}
    )
    return frame.astype({"month": int, "is_others": bool, "count": int})
