"""How unusual today's concentration is for this company: the same of the spans before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

import pandas as pd

from chanplan.analysis import cells
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.concentration import MEASURE, MOST_ROWS
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

# Earlier spans that today's is judged by.
SPANS_BACK: Final = 24
# Of steady companies fewer than one in fifty exceed this and all earlier spans besides.
UNUSUAL_FROM: Final = Decimal(4)
MAD_SCALE: Final = Decimal("1.4826")


@dataclass(frozen=True)
class Standing:
    """Today's effective number among the same of SPANS_BACK earlier spans of equal length.

    below, above  how many earlier ones are smaller, and larger
    low, high     the least and the greatest of them; None where there are none
    verdict       "more" concentrated or "less" than ever and surely so; "ordinary"; "short":
                  too few earlier spans to say
    """

    below: int
    above: int
    low: Decimal | None
    high: Decimal | None
    verdict: str


def queries(scope: Scope, dimension: str) -> tuple[MetricQuery, MetricQuery]:
    """Net sales by month and member for today's span and those before it, the MOST_ROWS
    largest cells; and by month."""
    wide = scope.at(Period(shift(scope.period.first, -SPANS_BACK), scope.period.last))
    by = ("month", dimension)
    return (
        MetricQuery((MEASURE,), wide, by=by, order=MEASURE, limit=MOST_ROWS),
        MetricQuery((MEASURE,), wide, by=("month",)),
    )


def course(
    frame: pd.DataFrame, totals: pd.DataFrame, dimension: str, period: Period
) -> dict[int, Decimal]:
    """Last month → effective number of the span of the period's length that ends with it.

    In: the answers to `queries`. Only spans whose every month has sales are told; the last is
    that of the period itself. Where there are more cells than were asked for, the smallest
    count in the total alone, which the squares of HHI hardly notice.
    """
    monthly = _monthly(frame, dimension)
    whole = {month: value for (month,), value in cells.cells(totals, "month").items()}
    cut = len(frame) >= MOST_ROWS
    sums: dict[Member, Decimal] = defaultdict(Decimal)
    found: dict[int, Decimal] = {}
    for month in Period(shift(period.first, -SPANS_BACK), period.last):
        span = Period(shift(month, 1 - len(period)), month)
        for member, value in monthly.get(month, {}).items():
            sums[member] += value
        for member, value in monthly.get(shift(span.first, -1), {}).items():
            sums[member] -= value
        if all(each in whole for each in span):
            named = sum((whole[each] for each in span), -sums.get(None, ZERO))
            kept = (value for member, value in sums.items() if member is not None)
            effective = _effective(kept, named if cut else ZERO)
            if effective is not None:
                found[month] = effective
    return found


def standing(spans: Mapping[int, Decimal], last: int) -> Standing | None:
    """Where the span that ends with `last` stands among those before it; None without it.

    Unusual: outside of all SPANS_BACK earlier ones, and at least UNUSUAL_FROM spreads (1.4826
    × their median absolute deviation) from their median.
    """
    if last not in spans:
        return None
    today, before = spans[last], [value for month, value in spans.items() if month < last]
    below, above = sum(each < today for each in before), sum(each > today for each in before)
    low, high = min(before, default=None), max(before, default=None)
    if len(before) < SPANS_BACK:
        return Standing(below, above, low, high, "short")
    middle = median(before)
    spread = MAD_SCALE * median(abs(each - middle) for each in before)
    sure = abs(today - middle) >= UNUSUAL_FROM * spread
    extreme = "less" if below == len(before) else "more" if above == len(before) else "ordinary"
    return Standing(below, above, low, high, extreme if sure else "ordinary")


def _monthly(frame: pd.DataFrame, dimension: str) -> dict[int, dict[Member, Decimal]]:
    monthly: dict[int, dict[Member, Decimal]] = defaultdict(dict)
    for (month, member), value in cells.cells(frame, "month", dimension).items():
        monthly[month][member] = value
    return monthly


def _effective(values: Iterable[Decimal], least: Decimal) -> Decimal | None:
    """1 / Σ s² of those above zero, of a whole of at least so much."""
    kept = [value for value in values if value > 0]
    whole = max(sum(kept, ZERO), least)
    return whole * whole / sum((value * value for value in kept), ZERO) if kept else None
