"""Which uploaded targets make the target of a member: those of its own level, else finer ones.

In: the answer of the question `targets`. Targets of a finer level add up; those of a coarser
level are never split, and are told beside. Between a year and its months the year's own row is
the target; its months are the way there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.domain.period import Period, ordinal, shift

Key = tuple[Member, ...]
# How many months a row is for, the longest first.
LENGTHS: Final = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True)
class Piece:
    """A row: its months and its value."""

    months: tuple[int, ...]
    value: Decimal


# Rows by how many levels they name, and which.
Levels = dict[tuple[int, str], list[Piece]]


@dataclass(frozen=True)
class Target:
    """What a member is to reach.

    value  the sum of its coarsest rows that do not overlap; steps: its finest rows likewise
    """

    value: Decimal
    whole: tuple[Piece, ...]
    steps: tuple[Piece, ...]

    @property
    def months(self) -> tuple[int, ...]:
        """The months it covers, in order."""
        return tuple(sorted({month for piece in self.whole for month in piece.months}))

    @property
    def off(self) -> Decimal | None:
        """Σ of its steps − its value, where the steps cover the same months: 0 is agreement."""
        stepped = {month for piece in self.steps for month in piece.months}
        if self.whole == self.steps or stepped != set(self.months):
            return None
        return sum((piece.value for piece in self.steps), ZERO) - self.value


@dataclass(frozen=True)
class Targets:
    """Member → its target; `own`: set for the whole scope itself; `coarser`: those above the
    level asked, by what they name."""

    of: dict[Key, Target]
    own: Target | None
    coarser: dict[Key, Target]


def value_of(targets: Targets, key: Key | None) -> Decimal | None:
    """The target of a member, or (None) of the whole: its own, else its members' sum."""
    if key is not None:
        return targets.of[key].value if key in targets.of else None
    if targets.own is not None:
        return targets.own.value
    return sum((each.value for each in targets.of.values()), ZERO) if targets.of else None


def chosen(
    frame: pd.DataFrame, by: Sequence[str], period: Period, filters: Sequence[str] = ()
) -> Targets:
    """In: `by`, period, month, grain (names of the levels a row names, comma-joined), value.

    filters  the levels that the scope is kept to: a row that names just these is of the whole
    """
    scope = frozenset(filters)
    levels: dict[Key, Levels] = defaultdict(lambda: defaultdict(list))
    whole: Levels = defaultdict(list)
    for key, grain, piece in _rows(frame, by, period):
        level = _rank(grain)
        if by and grain == scope:
            whole[level].append(piece)
        else:
            levels[key][level].append(piece)
    made = {key: _target(found) for key, found in levels.items()}
    if not by:
        return Targets({}, made.get(()), {})
    return Targets(
        {key: target for key, target in made.items() if None not in key},
        _target(whole) if whole else None,
        {key: target for key, target in made.items() if None in key},
    )


def _rows(
    frame: pd.DataFrame, by: Sequence[str], period: Period
) -> Iterator[tuple[Key, frozenset[str], Piece]]:
    """Those whose months lie within the period."""
    members = [arithmetic.members(frame, name) for name in by]
    keys: list[Key] = list(zip(*members, strict=True)) if by else [()] * len(frame)
    values = arithmetic.numbers(frame, "value")
    rows = zip(keys, frame["period"], frame["month"], frame["grain"], values, strict=True)
    pieces: dict[tuple[str, int], tuple[int, ...]] = {}
    for key, kind, month, grain, value in rows:
        months = pieces.get((kind, month))
        if months is None:
            months = pieces[kind, month] = _months(str(kind), int(month), period)
        if value is not None and months:
            yield key, _levels(grain or ""), Piece(months, value)


@cache
def _months(kind: str, first: int, period: Period) -> tuple[int, ...]:
    """The months of a row; none where they do not all lie within the period."""
    months = tuple(shift(first, at) for at in range(LENGTHS[kind]))
    return months if months[0] in period and months[-1] in period else ()


@cache
def _rank(grain: frozenset[str]) -> tuple[int, str]:
    """The coarsest first, then by name."""
    return len(grain), ",".join(sorted(grain))


@cache
def _levels(grain: str) -> frozenset[str]:
    return frozenset(name for name in grain.split(",") if name)


def _target(levels: Levels) -> Target:
    """The rows of a member at the coarsest level that it has any at."""
    pieces = _summed(levels[min(levels)])
    if all(len(piece.months) == 1 for piece in pieces):  # the usual: nothing can overlap
        alone = tuple(sorted(pieces, key=lambda piece: piece.months))
        return Target(sum((piece.value for piece in alone), ZERO), alone, alone)
    whole = _apart(sorted(pieces, key=lambda piece: (-len(piece.months), piece.months)))
    steps = _apart(sorted(pieces, key=lambda piece: (len(piece.months), piece.months)))
    return Target(sum((piece.value for piece in whole), ZERO), whole, steps)


def _summed(pieces: Sequence[Piece]) -> list[Piece]:
    """Rows of the same months added up."""
    if len({piece.months for piece in pieces}) == len(pieces):
        return list(pieces)
    sums: dict[tuple[int, ...], Decimal] = defaultdict(Decimal)
    for piece in pieces:
        sums[piece.months] += piece.value
    return [Piece(months, value) for months, value in sums.items()]


def _apart(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The first that come, without those that would cover a month twice."""
    taken: set[int] = set()
    kept = []
    for piece in pieces:
        if taken.isdisjoint(piece.months):
            taken.update(piece.months)
            kept.append(piece)
    return tuple(sorted(kept, key=lambda piece: ordinal(piece.months[0])))
