"""Where a whole and its parts are both planned and do not agree: by how much, and who must move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from chanplan.domain.targets import target_measures
from chanplan.plans.nodes import PERIODS, Place, Told

Mover = Literal["parts", "whole", "nobody", "either"]
ZERO = Decimal(0)
# Shape → a coarser one that is told, too → its place → the places of the shape in it.
Shapes = Mapping[frozenset[str], Mapping[frozenset[str], Mapping[Place, list[Told]]]]


@dataclass(frozen=True)
class Mismatch:
    """A whole beside the sum of its parts.

    by       the dimensions that its parts are told by beyond it; () where the parts are its own
             periods (`periods`: the finer kind beside the coarser)
    top      what is told of the whole; bottom: what its parts sum to; gap = top − bottom
    parts    the places of the parts, the largest first
    mover    "parts": the parts make up the gap; "whole": the whole follows its parts, because all
             of them are locked; "nobody": both are locked, so one must be unlocked; "either": the
             company is told in two ways, by `by` (bottom) and by `other` (top), and not as a whole
    """

    measure: str
    place: Place
    by: tuple[str, ...]
    top: Decimal
    bottom: Decimal
    parts: tuple[Place, ...]
    mover: Mover
    periods: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def gap(self) -> Decimal:
        """What the parts lack; negative where they are more than the whole."""
        return self.top - self.bottom


def mismatches(told: Sequence[Told]) -> list[Mismatch]:
    """Every whole that does not agree with its parts, the largest gap first. Only measures whose
    parts sum up are held against each other; entries told bottom-up stay as they are."""
    found: list[Mismatch] = []
    for measure in dict.fromkeys(one.measure for one in told if _sums_up(one.measure)):
        own = [one for one in told if one.measure == measure]
        shapes = _shaped(own)
        found += [gap for whole in own for gap in (*_in_time(whole), *_below(whole, shapes))]
        found += _side_by_side(own)
    return sorted(found, key=lambda one: -abs(one.gap))


def _sums_up(measure: str) -> bool:
    known = target_measures().get(measure)
    return known is not None and known.additive


def _in_time(whole: Told) -> Iterable[Mismatch]:
    """A year beside its quarters or months, where both are told."""
    kinds = [one for one in PERIODS if one in whole.by_period]
    for finer, coarser in pairwise(kinds):
        top, bottom = whole.by_period[coarser], whole.by_period[finer]
        if top != bottom:
            mover: Mover = "nobody" if whole.locked else "parts"
            yield Mismatch(whole.measure, whole.place, (), top, bottom, (), mover, (finer, coarser))


def _below(whole: Told, shapes: Shapes) -> Iterable[Mismatch]:
    """The parts of a whole, each way of telling them by itself: by channel, by salesperson …
    Of two ways of which one goes deeper only the nearer is its parts."""
    told = {
        shape: parts
        for shape, groups in shapes.items()
        if (parts := groups.get(whole.dimensions, {}).get(whole.place))
    }
    for shape, parts in told.items():
        if any(other < shape for other in told):
            continue
        top, bottom = _beside(whole, parts)
        if bottom != top:
            largest = sorted(parts, key=lambda part: -part.value)
            yield Mismatch(
                whole.measure,
                whole.place,
                tuple(sorted(shape - whole.dimensions)),
                top,
                bottom,
                tuple(part.place for part in largest),
                _mover(whole, parts),
            )


def _shaped(told: Iterable[Told]) -> Shapes:
    """So that nobody has to look for the parts of each of a thousand wholes among all."""
    by_shape: dict[frozenset[str], list[Told]] = {}
    for one in told:
        by_shape.setdefault(one.dimensions, []).append(one)
    found: dict[frozenset[str], dict[frozenset[str], dict[Place, list[Told]]]] = {}
    for shape, parts in by_shape.items():
        for coarser in by_shape:
            groups = found.setdefault(shape, {}).setdefault(coarser, {}) if coarser < shape else {}
            for part in parts if coarser < shape else ():
                place = tuple(pair for pair in part.place if pair[0] in coarser)
                groups.setdefault(place, []).append(part)
    return found


def _beside(whole: Told, parts: Sequence[Told]) -> tuple[Decimal, Decimal]:
    """Both over the months of the whole, where all are told by months; else over the year."""
    if whole.months and all(part.months for part in parts):
        told = (part.months.get(month, ZERO) for part in parts for month in whole.months)
        return sum(whole.months.values(), ZERO), sum(told, ZERO)
    return whole.value, sum((part.value for part in parts), ZERO)


def _side_by_side(told: Sequence[Told]) -> Iterable[Mismatch]:
    """The company told by channel and again by region, and not as a whole: the larger sum beside
    each other one. Ways that go deeper than another are held against that one."""
    shapes: dict[frozenset[str], Decimal] = {}
    for one in told:
        shapes[one.dimensions] = shapes.get(one.dimensions, ZERO) + one.value
    nearest = [shape for shape in shapes if not any(other < shape for other in shapes)]
    if not told or frozenset() in shapes:
        return
    top = max(nearest, key=lambda shape: shapes[shape])
    for shape in nearest:
        if shapes[shape] != shapes[top]:
            by, other = tuple(sorted(shape)), tuple(sorted(top))
            yield Mismatch(
                told[0].measure, (), by, shapes[top], shapes[shape], (), "either", other=other
            )


def _mover(whole: Told, parts: Iterable[Told]) -> Mover:
    if not all(part.locked for part in parts):
        return "parts"
    return "nobody" if whole.locked else "whole"
