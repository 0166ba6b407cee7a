"""How steadily a product sells: the variation of its months once their season is taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import fmean, stdev
from typing import Any, Final

import pandas as pd

from chanplan.analysis import cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

MEASURE: Final = cells.MEASURE
COLUMNS: Final = ("product", "months", "cv", "season", "xyz")
# Two years show a product's unsteadiness; a third would tell of another assortment.
MONTHS_BACK: Final = 24
# A product's season cannot be told from its launch before a year is over.
FEWEST_MONTHS: Final = MONTHS_A_YEAR
# Bounds of the coefficient of variation: the usual ones of monthly demand, shown on the page.
X_TO, Y_TO = 0.5, 1.0
XYZ: Final = ("X", "Y", "Z", "few")
# Of a product beyond MOST_PRODUCTS nobody has looked at the months.
BEYOND: Final = "beyond"
# Products whose months are asked for; those beyond are the smallest.
MOST_PRODUCTS: Final = 2_000
# The rest of a category tells its season when it is at least this part of it.
ENOUGH: Final = Decimal("0.5")


def window(period: Period, first_covered: int) -> Period:
    """The MONTHS_BACK months that end with the period, as far as there is data."""
    earliest = max(shift(period.last, 1 - MONTHS_BACK), first_covered)
    return Period(min(earliest, period.last), period.last)


def queries(
    scope: Scope, span: Period, products: Sequence[str], categories: bool
) -> tuple[MetricQuery, MetricQuery]:
    """Net sales of these products by month, and of all products by month and category."""
    wide = scope.at(span)
    by = ("category",) if categories else ()
    kept = wide.only("product", *products[:MOST_PRODUCTS])
    return (
        MetricQuery((MEASURE,), kept, by=("month", *by, "product")),
        MetricQuery((MEASURE,), wide.only("product"), by=("month", *by)),
    )


def steadiness(
    sold: pd.DataFrame, market: pd.DataFrame, span: Period, categories: bool
) -> pd.DataFrame:
    """XYZ (definitions §4): the coefficient of variation of season-adjusted months.

    In: the answers to `queries`. Out: COLUMNS by product. A product is looked at from its
    first sale in `span` on, months without sales as zero. Its season is what the others of
    its category did in the same months (all other products where the rest of the category is
    less than half of it, or sold nothing in some month): each month is divided by theirs over
    their average. `cv` = sample standard deviation / mean; `xyz` X to 0.5, Y to 1.0, else Z;
    "few" with fewer than FEWEST_MONTHS, or when more came back than was sold (then no cv).
    `season` says what was taken out: "category", "all" or "none".
    """
    own: dict[str, dict[int, Decimal]] = {}
    homes: dict[str, str | None] = {}
    for (month, category, product), value in _by_category(sold, categories, "product").items():
        if product is not None:
            months = own.setdefault(product, {})
            months[month] = months.get(month, ZERO) + value
            homes[product] = category
    markets = _Markets(_by_category(market, categories), categories)
    rows = [(name, *_one(own[name], markets.of(homes[name]), span)) for name in sorted(own)]
    return cells.table(COLUMNS, rows)


def matrix(ranked: pd.DataFrame, steady: pd.DataFrame) -> pd.DataFrame:
    """ABC × XYZ: how many products and how much money in each cell.

    In: `concentration.members` of products, and `steadiness`; a product that was not looked at
    is BEYOND, a column of its own where there is one. Out: abc, xyz, count, value (net sales),
    share of all listed sales.
    """
    known = dict(zip(steady["product"], steady["xyz"], strict=True))
    beyond = (BEYOND,) if set(ranked["member"]) - set(known) else ()
    found: dict[tuple[str, str], list[Any]] = {
        (abc, xyz): [0, ZERO, ZERO] for abc in "ABC" for xyz in (*XYZ, *beyond)
    }
    for row in cells.records(ranked):
        told = found[row["abc"], known.get(row["member"], BEYOND)]
        told[0] += 1
        told[1] += row["value"]
        told[2] += row["share"] or ZERO
    return cells.table(
        ("abc", "xyz", "count", "value", "share"), [(*k, *v) for k, v in found.items()]
    )


def _by_category(frame: pd.DataFrame, categories: bool, *more: str) -> cells.Cells:
    """Cells by month, category (None where there are none) and what else is named."""
    if categories:
        return cells.cells(frame, "month", "category", *more)
    known = cells.cells(frame, "month", *more)
    return {(key[0], None, *key[1:]): value for key, value in known.items()}


Market = Mapping[int, Decimal]


class _Markets:
    """What sold month by month in each category, and in all."""

    def __init__(self, known: cells.Cells, categories: bool) -> None:
        self.everything = {month: value for (month,), value in cells.sums(known, 0).items()}
        self.homes: dict[str | None, dict[int, Decimal]] = {}
        for (month, category), value in known.items() if categories else ():
            self.homes.setdefault(category, {})[month] = value

    def of(self, category: str | None) -> list[tuple[str, Market]]:
        """The markets that may tell a product's season, the nearest first."""
        home = self.homes.get(category)
        nearest = [] if home is None else [("category", home)]
        return [*nearest, ("all", self.everything)]


def _one(own: Market, markets: Sequence[tuple[str, Market]], span: Period) -> tuple[object, ...]:
    """months, cv, season, xyz of one product."""
    first = min(month for month, value in own.items() if value) if any(own.values()) else span.last
    life = list(Period(first, span.last))
    if len(life) < FEWEST_MONTHS or sum(own.values(), ZERO) <= 0:
        return len(life), None, "none", "few"
    sold = [float(own.get(month, ZERO)) for month in life]
    season, factors = _season(own, markets, life)
    adjusted = [value / factor for value, factor in zip(sold, factors, strict=True)]
    mean = fmean(adjusted)
    if mean <= 0:
        return len(life), None, season, "few"
    cv = stdev(adjusted) / mean
    return len(life), cv, season, "X" if cv <= X_TO else "Y" if cv <= Y_TO else "Z"


def _season(
    own: Market, markets: Sequence[tuple[str, Market]], life: Sequence[int]
) -> tuple[str, list[float]]:
    """What the first market that can tell did in each month, over its average."""
    for name, market in markets:
        rest = [market.get(month, ZERO) - own.get(month, ZERO) for month in life]
        whole = sum((market.get(month, ZERO) for month in life), ZERO)
        if min(rest) > 0 and sum(rest, ZERO) >= (ENOUGH * whole if name == "category" else 0):
            average = fmean(map(float, rest))
            return name, [float(each) / average for each in rest]
    return "none", [1.0] * len(life)
