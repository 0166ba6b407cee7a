"""Whether a cell's index is more than chance: judged by how much its own months vary."""

from __future__ import annotations

from decimal import Decimal
from statistics import mean, median, stdev
from typing import Any, Final

import pandas as pd

from chanplan.analysis import cells, fit, over_time
from chanplan.analysis.fit import CHANNEL, COLUMNS, MEASURE, Level
from chanplan.domain.period import MONTHS_A_YEAR, Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

# A spread from fewer months is itself chance.
MONTHS_NEEDED: Final = MONTHS_A_YEAR
# Of cells without any preference, twelve months or more, about one in a hundred exceeds this.
SURE_FROM: Final = Decimal(3)
# Nobody's index is known to a tenth of a point: months that are all alike are not certainty.
LEAST_SPREAD: Final = Decimal(1)

Monthly = dict[tuple[str, str], dict[int, Decimal]]


def window(period: Period) -> Period:
    """The months by which a cell is judged: the period's, and a year's at least."""
    return over_time.window(period, MONTHS_NEEDED)


def queries(scope: Scope, level: Level, items: list[str]) -> tuple[MetricQuery, MetricQuery]:
    """Net sales of these items by month and channel, and all sales by month and channel."""
    wide = fit.everyone(scope).at(window(scope.period))
    kept = wide.only(level, *items)
    return (
        MetricQuery((MEASURE,), kept, by=("month", CHANNEL, level)),
        MetricQuery((MEASURE,), wide, by=("month", CHANNEL)),
    )


def monthly_indices(sold: pd.DataFrame, totals: pd.DataFrame, level: Level) -> Monthly:
    """(channel, item) → month → index of that month; a month without shares is left out.

    In: the answers to `queries`. A month is compared with the same month of all channels, so
    what all share, such as a season, is not in it.
    """
    known = cells.cells(sold, "month", CHANNEL, level)
    of_channel, of_item = cells.cells(totals, "month", CHANNEL), cells.sums(known, 0, 2)
    whole = cells.sums(of_channel, 0)
    items = {item for _, item in of_item if item is not None}
    found: Monthly = {}
    for month, channel in sorted(key for key in of_channel if key[1] is not None):
        for item in items:
            value = known.get((month, channel, item), Decimal(0))
            size = of_item.get((month, item), Decimal(0))
            of_month = fit.index(value, of_channel[month, channel], size, whole[month,])[-1]
            if of_month is not None:
                found.setdefault((channel, item), {})[month] = of_month
    return found


def judged(table: pd.DataFrame, monthly: Monthly, period: Period) -> pd.DataFrame:
    """The cells of `fit.indices` with a verdict for each whose months are known.

    A cell's monthly indices have a spread s (their standard deviation, at least one point);
    over the n of them in the period z = (index − 100) · √n / s, and from SURE_FROM on it is
    surely above or below. `low` and `high` are the ordinary range of a single month, mean ± s
    and never below zero.
    A cell that sells something, but nothing in its middle month, sells too seldom to say.
    """
    asked = {item for _, item in monthly}
    rows = []
    for row in cells.records(table):
        if row["verdict"] == "unjudged" and row["item"] in asked:
            own = monthly.get((row["channel"], row["item"]), {})
            row |= judgement(row["index"], own, period)
        rows.append(tuple(row[name] for name in COLUMNS))
    return cells.table(COLUMNS, rows)


def judgement(of_period: Decimal, own: dict[int, Decimal], period: Period) -> dict[str, Any]:
    """months, low, high, z and verdict of one cell; see `judged`."""
    known: dict[str, Any] = {"months": len(own)}
    within = sum(month in period for month in own)
    if len(own) < MONTHS_NEEDED or not within:
        return known | {"verdict": "short"}
    months = list(own.values())
    middle, spread = mean(months), max(stdev(months), LEAST_SPREAD)
    z = (of_period - 100) * Decimal(within).sqrt() / spread
    known |= {"low": max(middle - spread, Decimal(0)), "high": middle + spread, "z": z}
    if median(months) <= 0 and any(months):
        return known | {"verdict": "seldom"}
    verdict = "ordinary" if abs(z) < SURE_FROM else "strong" if z > 0 else "weak"
    return known | {"verdict": verdict}
