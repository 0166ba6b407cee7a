"""Reported, change, now: what a closed month was told as, what stands of it today, and whose deed
each part of the change is.

Rows come from five sides of one month, each summed by batch and member:
  reported  as the closing kept it, names and attributes of that time
  named     the same lines under the names of today
  told      the same lines under the names and attributes of today
  now       the lines that count in the month today
  posted    lines of the month that count in a later one
so that now + posted − reported falls apart, to the cent, into names, attributes, the difference
of every batch (told → now), and what was posted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.analysis.arithmetic import ZERO

SIDES = ("reported", "named", "told", "now", "posted")
# Deeds that no batch is: which have told names and attributes otherwise.
NAMES, ATTRIBUTES = "names", "attributes"
POSTED, OTHER = "posted", "other"

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Part:
    """One deed's part of a change. `code` has its words under [closing] as part_…; `seq` is the
    deed's journal number, 0 where nobody's deed explains it; `to_month` where posted lines count.
    """

    code: str
    seq: int = 0
    to_month: int = 0


@dataclass(frozen=True)
class Batched:
    """One batch on both sides of a change: lines told then and now; whether every member's money
    adds up to the same."""

    batch: int
    lines_then: int
    lines_now: int
    same_sum: bool


@dataclass(frozen=True)
class Changed:
    """members: one row per member (the dimensions, reported, change, now), largest change first;
    parts: part → its money, largest first, OTHER last; by_member: (part, member's key) → money;
    reported, now: of the whole."""

    members: pd.DataFrame
    parts: Mapping[Part, Decimal]
    by_member: Mapping[tuple[Part, Key], Decimal]
    reported: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        """What has been added since, over all."""
        return self.now - self.reported


def changed(
    rows: pd.DataFrame,
    by: Sequence[str],
    whose: Callable[[Batched], Part],
    retold: Part,
    moved: Part,
) -> Changed:
    """In: `side` (SIDES), `batch`, `to_month`, the dimensions `by`, `value` (Decimal, None is
    nothing), `lines`. `whose` says whose deed a batch's difference is; `retold` and `moved` are
    the parts of names and of attributes.
    """
    sums = _sums(rows, by)
    pieces: dict[tuple[Part, Key], Decimal] = {}

    def add(part: Part, one: str, other: str, which: Mapping[tuple[int, Key], Any]) -> None:
        for batch, key in which:
            money = sums.get((one, batch, 0, key), ZERO) - sums.get((other, batch, 0, key), ZERO)
            if money:
                pieces[part, key] = pieces.get((part, key), ZERO) + money

    places = {(batch, key): None for _, batch, _, key in sums}
    add(retold, "named", "reported", places)
    add(moved, "told", "named", places)
    for one in _batches(rows, sums):
        ours = {place: None for place in places if place[0] == one.batch}
        add(whose(one), "now", "told", ours)
    for (side, batch, month, key), money in sums.items():
        if side == POSTED and money:
            part = Part(POSTED, batch, month)
            pieces[part, key] = pieces.get((part, key), ZERO) + money
    return _changed(sums, by, {at: money for at, money in pieces.items() if money})


def _changed(
    sums: Mapping[tuple[str, int, int, Key], Decimal],
    by: Sequence[str],
    pieces: Mapping[tuple[Part, Key], Decimal],
) -> Changed:
    then, now = _by_key(sums, ("reported",)), _by_key(sums, ("now", POSTED))
    keys = sorted({*then, *now}, key=lambda key: _rank(key, then, now))
    rows = [
        [*key, then.get(key, ZERO), now.get(key, ZERO) - then.get(key, ZERO), now.get(key, ZERO)]
        for key in keys
    ]
    parts: dict[Part, Decimal] = {}
    for (part, _), money in pieces.items():
        parts[part] = parts.get(part, ZERO) + money
    return Changed(
        pd.DataFrame(rows, columns=[*by, "reported", "change", "now"], dtype=object),
        dict(sorted(parts.items(), key=lambda one: (one[0].code == OTHER, -abs(one[1])))),
        pieces,
        sum(then.values(), ZERO),
        sum(now.values(), ZERO),
    )


def _rank(
    key: Key, then: Mapping[Key, Decimal], now: Mapping[Key, Decimal]
) -> tuple[Decimal, Decimal, str]:
    """The largest change first; of equal ones, what sold most."""
    was, stands = then.get(key, ZERO), now.get(key, ZERO)
    return -abs(stands - was), -abs(stands), str(key)


def _sums(rows: pd.DataFrame, by: Sequence[str]) -> dict[tuple[str, int, int, Key], Decimal]:
    sums: dict[tuple[str, int, int, Key], Decimal] = {}
    for row in rows.to_dict("records"):
        at = (row["side"], int(row["batch"]), int(row["to_month"]), tuple(row[one] for one in by))
        sums[at] = sums.get(at, ZERO) + (row["value"] or ZERO)
    return sums


def _by_key(
    sums: Mapping[tuple[str, int, int, Key], Decimal], sides: Iterable[str]
) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = {}
    for (side, _, _, key), money in sums.items():
        if side in sides:
            found[key] = found.get(key, ZERO) + money
    return found


def _batches(
    rows: pd.DataFrame, sums: Mapping[tuple[str, int, int, Key], Decimal]
) -> list[Batched]:
    """Every batch that the month had or has, in order."""
    lines: dict[tuple[str, int], int] = {}
    for row in rows.to_dict("records"):
        at = (row["side"], int(row["batch"]))
        lines[at] = lines.get(at, 0) + int(row["lines"])
    money: dict[tuple[str, int], Decimal] = {}
    for (side, batch, _, _), told in sums.items():
        money[side, batch] = money.get((side, batch), ZERO) + told
    every = sorted({batch for side, batch in lines if side in ("told", "now")})
    return [
        Batched(
            batch,
            lines.get(("told", batch), 0),
            lines.get(("now", batch), 0),
            money.get(("told", batch), ZERO) == money.get(("now", batch), ZERO),
        )
        for batch in every
    ]
