"""What the targets of a year come to in one line: the whole, its growth, its gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chanplan.plans.mismatch import Mismatch
from chanplan.plans.nodes import Told
from chanplan.plans.smart import Check, Reach

ZERO = Decimal(0)


@dataclass(frozen=True)
class Summary:
    """total   of the company where it is told, else what its nearest parts sum to
    base, growth, best, reach  of the company beside its history, as `smart.Check` has them
    gaps       how many wholes do not agree with their parts; widest: the largest such gap
    """

    total: Decimal
    base: Decimal | None
    growth: Decimal | None
    best: Decimal | None
    reach: Reach
    gaps: int
    widest: Decimal


def summed(
    told: Sequence[Told], company: Check | None, gaps: Sequence[Mismatch], measure: str
) -> Summary | None:
    """Of one measure; None where nothing is told of it.

    company  the check of the whole, where somebody has worked it out
    """
    total = whole(told, measure)
    if total is None:
        return None
    own = [one for one in gaps if one.measure == measure]
    widest = max((abs(one.gap) for one in own), default=ZERO)
    known = (company.base, company.growth, company.best) if company else (None, None, None)
    return Summary(total, *known, company.reach if company else "unknown", len(own), widest)


def whole(told: Sequence[Told], measure: str) -> Decimal | None:
    """The company's year, else the largest sum of the places that say least."""
    own = [one for one in told if one.measure == measure]
    if not own:
        return None
    fewest = min(len(one.place) for one in own)
    sums: dict[frozenset[str], Decimal] = {}
    for one in own:
        if len(one.place) == fewest:
            sums[one.dimensions] = sums.get(one.dimensions, ZERO) + one.value
    return max(sums.values())
