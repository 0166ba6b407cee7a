"""Any measures by up to three dimensions and one across, with totals that were asked, not summed.

A total is an answer of its own, to the same question with fewer dimensions: so a customer of two
channels counts once in it, and a rate is a ratio of sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import Member
from chanplan.domain.errors import BadQueryError
from chanplan.domain.scope import Comparison, Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery

Part = Literal["value", "change", "growth"]
Order = Literal["size", "change", "growth", "name"]
ORDERS: Final[tuple[Order, ...]] = ("size", "change", "growth", "name")
MOST_ROWS_BY = 3
# Cells of one measure that a browser still takes in at once, and nobody reads to their end.
MOST_CELLS = 50_000

# The members of a row, or across; () is the total.
Key = tuple[Member, ...]
TOTAL: Key = ()
Sides = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Layout:
    """What stands where: dimensions down (one to three) and across (one or none), measures;
    `grouped` asks for a subtotal of every member of the first of several dimensions down."""

    rows: tuple[str, ...]
    measures: tuple[str, ...]
    column: str | None = None
    grouped: bool = False

    @property
    def has_groups(self) -> bool:
        """Whether there are subtotals: of a single dimension down its rows are their own."""
        return self.grouped and len(self.rows) > 1

    def splits(self) -> dict[tuple[int, int], tuple[str, ...]]:
        """(dimensions down, across) → the dimensions to ask by: cells, and every total."""
        across = (self.column,) if self.column else ()
        depths = (len(self.rows), 0, *((1,) if self.has_groups else ()))
        beside = (0, 1) if across else (0,)
        return {
            (down, sideways): (*self.rows[:down], *across[:sideways])
            for sideways in beside
            for down in depths
        }


@dataclass(frozen=True)
class Head:
    """One column of figures: of which member across (() is the total), which measure and part."""

    across: Key
    measure: str
    part: Part


@dataclass(frozen=True)
class Pivot:
    """A table with its totals. `sides` holds (value, base) by row, member across and measure; the
    row of a subtotal is the group's member alone."""

    layout: Layout
    keys: tuple[Key, ...]
    across: tuple[Key, ...]
    sides: Mapping[tuple[Key, Key, str], Sides]
    compared: bool

    def rows(self) -> list[Key]:
        """The keys as they are read: a group's subtotal before its rows, where there are any."""
        if not self.layout.has_groups:
            return list(self.keys)
        found: list[Key] = []
        for key in self.keys:
            if not found or found[-1][0] != key[0]:
                found.append(key[:1])
            found.append(key)
        return found

    def cell(self, row: Key, head: Head) -> Decimal | None:
        """The figure in a row (() is the total) below a head; None for unknown."""
        value, base = self.sides.get((row, head.across, head.measure), (None, None))
        if head.part == "growth":
            return arithmetic.growth(value, base)
        return arithmetic.difference(value, base) if head.part == "change" else value

    def heads(self, totals: bool = True) -> list[Head]:
        """By measure, then part, then member: the figures of one part stand side by side, their
        total first. Of a rate only the change is told: a growth of a rate misleads."""
        beside = [TOTAL, *self.across] if totals or not self.across else list(self.across)
        return [
            Head(across, measure, part)
            for measure in self.layout.measures
            for part in self._parts(measure)
            for across in beside
        ]

    def _parts(self, measure: str) -> tuple[Part, ...]:
        if not self.compared:
            return ("value",)
        rate = catalogue().measures[measure].unit == "rate"
        return ("value", "change") if rate else ("value", "change", "growth")


@dataclass(frozen=True)
class Lead:
    """Who stands out in the first measure.

    share   of the total, a fraction; None where members do not add up to it
    mover   who rose most, or, where nobody rose, fell most; None where nothing is compared
    """

    largest: Key
    value: Decimal
    share: Decimal | None
    mover: Key | None
    change: Decimal | None


def queries(layout: Layout, scope: Scope, compare: Comparison) -> list[MetricQuery]:
    """The questions of a layout, in the order of `Layout.splits`."""
    most = MOST_CELLS + 1
    return [
        MetricQuery(layout.measures, scope, by, compare, limit=most)
        for by in layout.splits().values()
    ]


def pivot(layout: Layout, answers: list[pd.DataFrame], order: Order = "size") -> Pivot:
    """The table of the answers to `queries`. Rows by the first measure's total, falling; by name
    where told so and among equals; "not stated" and unknown last. Where there are subtotals,
    groups by theirs, and rows within their group.

    Raises BadQueryError for more than MOST_CELLS cells of a measure.
    """
    sides: dict[tuple[Key, Key, str], Sides] = {}
    for (down, sideways), frame in zip(layout.splits(), answers, strict=True):
        rows = _keys(frame, layout.rows[:down])
        across = _keys(frame, (layout.column,) if sideways and layout.column else ())
        for measure in layout.measures:
            values = arithmetic.numbers(frame, measure)
            bases = arithmetic.numbers(frame, arithmetic.base_of(measure))
            told = zip(rows, across, values, bases, strict=True)
            sides |= {(row, beside, measure): (now, base) for row, beside, now, base in told}
    keys = {row for row, _, _ in sides if len(row) == len(layout.rows)}
    members = {member for _, member, _ in sides if member}
    if max(len(keys) * max(len(members), 1), *map(len, answers)) > MOST_CELLS:
        raise BadQueryError("too_many_cells", most=f"{MOST_CELLS:,}")
    compared = any(base is not None for _, base in sides.values())
    found = Pivot(layout, tuple(keys), tuple(sorted(members, key=_by_name)), sides, compared)
    return Pivot(layout, _ordered(found, order), found.across, sides, compared)


def lead(found: Pivot) -> Lead | None:
    """Who is largest and who moved most; None where nothing is known, or one row says it all."""
    measure = found.layout.measures[0]
    value, change = (Head(TOTAL, measure, part) for part in ("value", "change"))
    known = [(figure, key) for key in found.keys if (figure := found.cell(key, value)) is not None]
    if len(known) < 2:
        return None
    size, largest = max(known, key=lambda pair: pair[0])
    moved = [(move, key) for key in found.keys if (move := found.cell(key, change)) is not None]
    far, mover = max(moved, key=lambda pair: pair[0]) if moved else (None, None)
    if far is not None and far <= 0:
        far, mover = min(moved, key=lambda pair: pair[0])
    additive = catalogue().measures[measure].additive
    share = arithmetic.share(size, found.cell(TOTAL, value)) if additive else None
    return Lead(largest, size, share, mover if far else None, far or None)


def heat(found: Pivot) -> dict[tuple[Key, Head], float]:
    """Row and head of a value → how far it stands from its measure's least (0) to its most (1).
    Totals have none: beside them every cell would look small."""
    shades: dict[tuple[Key, Head], float] = {}
    for measure in found.layout.measures:
        heads = [Head(member, measure, "value") for member in found.across or (TOTAL,)]
        cells = {(key, head): found.cell(key, head) for key in found.keys for head in heads}
        known = [figure for figure in cells.values() if figure is not None]
        span = max(known) - min(known) if known else Decimal(0)
        for spot, figure in cells.items():
            if figure is not None and span:
                shades[spot] = float((figure - min(known)) / span)
    return shades


def unanswered(found: Pivot) -> list[str]:
    """The measures of which no figure is known at all."""
    known = {measure for (_, _, measure), (value, _) in found.sides.items() if value is not None}
    return [measure for measure in found.layout.measures if measure not in known]


def without_total(found: Pivot) -> list[str]:
    """The measures that are known for some rows, but not for all of them together."""
    return [
        measure
        for measure in found.layout.measures
        if measure not in unanswered(found)
        and found.cell(TOTAL, Head(TOTAL, measure, "value")) is None
    ]


def _keys(frame: pd.DataFrame, dimensions: tuple[str, ...]) -> list[Key]:
    if not dimensions:
        return [TOTAL] * len(frame)
    return list(zip(*(arithmetic.members(frame, name) for name in dimensions), strict=True))


def _ordered(found: Pivot, order: Order) -> tuple[Key, ...]:
    if not found.layout.has_groups:
        return tuple(_sorted(found, found.keys, order))
    groups = dict.fromkeys(key[:1] for key in found.keys)
    places = {group: at for at, group in enumerate(_sorted(found, groups, order))}
    return tuple(sorted(_sorted(found, found.keys, order), key=lambda key: places[key[:1]]))


def _sorted(found: Pivot, keys: Iterable[Key], order: Order) -> list[Key]:
    by_name = sorted(keys, key=_by_name)
    if order == "name":
        return by_name
    part: Part = "value" if order == "size" else order
    head = Head(TOTAL, found.layout.measures[0], part)
    sizes = {key: found.cell(key, head) for key in by_name}
    known = [key for key in by_name if sizes[key] is not None]
    known.sort(key=lambda key: sizes[key] or arithmetic.ZERO, reverse=True)
    return [*known, *(key for key in by_name if sizes[key] is None)]


def _by_name(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple(_named(key))


def _named(key: Key) -> Iterator[tuple[bool, str]]:
    return ((member is None, member or "") for member in key)
