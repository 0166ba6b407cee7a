"""Whether a target is SMART (definitions §6): what it lacks, and how far it is from own history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

from chanplan.domain.period import MONTHS_A_YEAR, shift
from chanplan.domain.targets import target_measures
from chanplan.plans.nodes import Place, Told

ZERO = Decimal(0)
Missing = Literal["measure", "formula", "history", "parent", "months", "milestones"]
Reach = Literal["below", "within", "above", "unknown"]


@dataclass(frozen=True)
class Check:
    """One target beside what makes it SMART.

    missing   S "measure": nobody knows what it is set on; M "formula": the store does not compute
              it; A "history": less than a year of it; R "parent": nothing above it is planned;
              T "months": no dates within the year, "milestones": none
    base      the actual of the year before, None where it is not whole or not positive
    growth    target / base − 1, as a fraction; best: the best that twelve months in a row have
              grown over the twelve before so far
    reach     "below": less than last year; "within": no more than the best so far; "above": more
    """

    measure: str
    place: Place
    target: Decimal
    missing: tuple[Missing, ...]
    base: Decimal | None
    growth: Decimal | None
    best: Decimal | None
    reach: Reach


def checked(
    told: Sequence[Told],
    year: int,
    history: Mapping[tuple[str, Place], Mapping[int, Decimal]],
    computed: Collection[str],
    milestones: Collection[str] = (),
) -> list[Check]:
    """Every target of a year beside its history, in the order told.

    history     (measure, place) → month → actual
    computed    the measures that the store can tell an actual of
    milestones  measures that have a milestone in the year
    """
    above = {(one.measure, one.place) for one in told}
    return [_check(one, above, year, history, computed, milestones) for one in told]


def beside(
    measure: str, target: Decimal, year: int, actual: Mapping[int, Decimal], place: Place = ()
) -> Check:
    """A target beside its own history alone (A of SMART)."""
    known = target_measures().get(measure)
    sums = known is not None and known.additive
    base = whole_year(actual, year - 1) if sums else None
    growth = target / base - 1 if base else None
    best = best_twelve(actual) if sums else None
    lacks: tuple[Missing, ...] = ("history",) if sums and base is None else ()
    return Check(measure, place, target, lacks, base, growth, best, _reach(growth, best))


def _check(
    one: Told,
    planned: Collection[tuple[str, Place]],
    year: int,
    history: Mapping[tuple[str, Place], Mapping[int, Decimal]],
    computed: Collection[str],
    milestones: Collection[str],
) -> Check:
    found = beside(
        one.measure, one.value, year, history.get((one.measure, one.place), {}), one.place
    )
    missing: list[Missing] = []
    if one.measure not in target_measures():
        missing.append("measure")
    elif one.measure not in computed:
        missing.append("formula")
    missing += found.missing
    if one.place and not any((one.measure, place) in planned for place in _above(one.place)):
        missing.append("parent")
    if not one.months and "quarter" not in one.by_period:
        missing.append("months")
    if not one.place and one.measure not in milestones:
        missing.append("milestones")
    return replace(found, missing=tuple(missing))


def _above(place: Place) -> Iterable[Place]:
    """Every place that this one lies in: all but some of its members, and the company."""
    return (part for size in range(len(place)) for part in combinations(place, size))


def _reach(growth: Decimal | None, best: Decimal | None) -> Reach:
    if growth is None:
        return "unknown"
    if growth < 0:
        return "below"
    if best is None:
        return "unknown"
    return "within" if growth <= best else "above"


def whole_year(actual: Mapping[int, Decimal], year: int) -> Decimal | None:
    """The sum of a calendar year; None where a month is missing or it is not positive."""
    months = [year * 100 + month for month in range(1, MONTHS_A_YEAR + 1)]
    if not all(month in actual for month in months):
        return None
    found = sum((actual[month] for month in months), ZERO)
    return found if found > 0 else None


def best_twelve(actual: Mapping[int, Decimal]) -> Decimal | None:
    """The highest growth of twelve months in a row over the twelve before; None where there are
    no two years in a row with a positive base."""
    found = []
    for last in actual:
        now = [shift(last, -back) for back in range(MONTHS_A_YEAR)]
        before = [shift(month, -MONTHS_A_YEAR) for month in now]
        if all(month in actual for month in (*now, *before)):
            base = sum((actual[month] for month in before), ZERO)
            if base > 0:
                found.append(sum((actual[month] for month in now), ZERO) / base - 1)
    return max(found, default=None)
