"""Members of one dimension: their share, its change, their growth and their contribution."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member

COLUMNS: Final = (
    "member",
    "is_others",
    "count",
    "value",
    "base",
    "change",
    "share",
    "base_share",
    "share_change",
    "growth",
    "contribution",
)
# Rows a reader can take in at once, and colours an eye can tell apart.
MOST_MEMBERS = 12

Sides = tuple[Decimal | None, Decimal | None]


def shares(frame: pd.DataFrame, dimension: str, measure: str = "net_sales") -> pd.DataFrame:
    """The members of an answer, largest first.

    In: `dimension`, `measure` and, with a comparison, `measure__base` (an additive measure).
    Out: COLUMNS. `member` is None for "not stated"; money columns are Decimal; shares,
    share_change (a difference of fractions), growth and contribution are fractions or None.
    A member missing on one side of a comparison counts there as zero; when no member has a
    base, the base is missing and everything made from it is None. `contribution` sums to the
    growth of the total, `change` to its change.
    """
    sides = _sides(frame, dimension, measure)
    return table([(member, False, 1, side) for member, side in sides])


def folded(shown: pd.DataFrame, most: int = MOST_MEMBERS) -> pd.DataFrame:
    """At most `most` members and one row of others that holds the sum of the rest, last.

    A single member is never folded: its own name is shorter than "others".
    """
    if len(shown) <= most + 1:
        return shown
    rest = shown.iloc[most:]
    sides: Sides = (
        arithmetic.total(arithmetic.numbers(rest, "value")),
        arithmetic.total(arithmetic.numbers(rest, "base")),
    )
    return table([*rows_of(shown.iloc[:most]), (None, True, len(rest), sides)])


def ranks(shown: pd.DataFrame) -> list[int | None]:
    """How many places each member has risen (fallen, when negative) against the base; None where
    it had no base, and for others.

    In: the members of `shares`, which stand in the order of their rank.
    """
    bases = arithmetic.numbers(shown, "base")
    known = [at for at, base in enumerate(bases) if base and not shown["is_others"].iloc[at]]
    before = sorted(known, key=lambda at: (-(bases[at] or ZERO), at))
    return [before.index(at) - at if at in known else None for at in range(len(shown))]


Row = tuple[Member, bool, int, Sides]


def rows_of(shown: pd.DataFrame) -> list[Row]:
    """The rows of a shares frame as they went into `table`."""
    return [
        (member, bool(others), int(count), (value, base))
        for member, others, count, value, base in zip(
            shown["member"],
            shown["is_others"],
            shown["count"],
            arithmetic.numbers(shown, "value"),
            arithmetic.numbers(shown, "base"),
            strict=True,
        )
    ]


def table(rows: Sequence[Row]) -> pd.DataFrame:
    """Everything that follows from the two sides of each row; see `shares` for the columns."""
    totals = tuple(arithmetic.total(sides[at] for _, _, _, sides in rows) for at in (0, 1))
    cells = [
        (member, others, count, *_derived(sides, totals)) for member, others, count, sides in rows
    ]
    columns = list(zip(*cells, strict=True)) if cells else [()] * len(COLUMNS)
    frame = pd.DataFrame(
        {name: arithmetic.column(values) for name, values in zip(COLUMNS, columns, strict=True)}
    )
    return frame.astype({"is_others": bool, "count": int})


def _derived(sides: Sides, totals: tuple[Decimal | None, ...]) -> tuple[Decimal | None, ...]:
    value, base = sides
    change = arithmetic.difference(value, base)
    now, before = arithmetic.share(value, totals[0]), arithmetic.share(base, totals[1])
    return (
        value,
        base,
        change,
        now,
        before,
        arithmetic.difference(now, before),
        arithmetic.growth(value, base),
        arithmetic.contribution(change, totals[1]),
    )


def _sides(frame: pd.DataFrame, dimension: str, measure: str) -> list[tuple[Member, Sides]]:
    """Member → (value, base), largest first; "not stated" last among equals."""
    values = arithmetic.numbers(frame, measure)
    bases = arithmetic.numbers(frame, arithmetic.base_of(measure))
    compared = any(base is not None for base in bases)
    found = [
        (member, _filled(value, base, compared))
        for member, value, base in zip(
            arithmetic.members(frame, dimension), values, bases, strict=True
        )
        if value is not None or base is not None
    ]
    return sorted(found, key=lambda row: (-(row[1][0] or ZERO), row[0] is None, row[0] or ""))


def _filled(value: Decimal | None, base: Decimal | None, compared: bool) -> Sides:
    """A member absent on one side sold nothing there, provided that side was asked at all."""
    return (value if value is not None else ZERO), (base or ZERO) if compared else None
