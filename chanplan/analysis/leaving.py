"""What would go if one member left, what it alone sells, and who could stand in for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import arithmetic, cells
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

MEASURES: Final = ("net_sales", "gross_margin", "cost")
# What makes two sales alike for a buyer: the same product in the same region.
PLACES: Final = ("product", "region")
# Whose sales others could take over; a product or a customer has no stand-in of this kind.
REPLACEABLE: Final = ("partner", "channel")
# Products of the member that are looked at, by sales; rows that may come of everybody's.
MOST_OWN: Final = 1_000
MOST_ROWS: Final = 50_000
NOT_STATED: Final = ""


@dataclass(frozen=True)
class Stake:
    """What one member holds of the scope. sales + rest is the whole, and so for the margin.

    margin covers only lines with a cost; covered and covered_rest say what part of the
    member's and of the others' sales that is. None = unknown.
    """

    sales: Decimal
    share: Decimal | None
    rest: Decimal
    margin: Decimal | None
    margin_share: Decimal | None
    margin_rest: Decimal | None
    covered: Decimal | None
    covered_rest: Decimal | None


def stake_queries(scope: Scope, dimension: str, member: Member) -> tuple[MetricQuery, MetricQuery]:
    """Sales, margin and cost of the member, and of the whole scope."""
    own = scope.only(dimension, member or NOT_STATED)
    return MetricQuery(MEASURES, own), MetricQuery(MEASURES, scope)


def stake(own: pd.DataFrame, whole: pd.DataFrame) -> Stake:
    """The two answers to `stake_queries` side by side.

    Sales with a cost are margin + cost: both cover the same lines.
    """
    mine, all_of = _figures(own), _figures(whole)
    sales, total = mine["net_sales"] or ZERO, all_of["net_sales"] or ZERO
    costed, all_costed = _costed(mine), _costed(all_of)
    margin, all_margin = mine["gross_margin"], all_of["gross_margin"]
    others = None if all_costed is None else all_costed - (costed or ZERO)
    return Stake(
        sales,
        arithmetic.share(sales, total),
        total - sales,
        margin,
        arithmetic.share(margin, all_margin),
        None if all_margin is None else all_margin - (margin or ZERO),
        arithmetic.share(costed, sales),
        arithmetic.share(others, total - sales),
    )


def own_query(scope: Scope, dimension: str, member: Member, places: Sequence[str]) -> MetricQuery:
    """The member's sales by place (those of PLACES that are known), the largest."""
    own = scope.only(dimension, member or NOT_STATED)
    return MetricQuery(("net_sales",), own, by=tuple(places), order="net_sales", limit=MOST_OWN)


def others_queries(
    scope: Scope, dimension: str, own: pd.DataFrame, places: Sequence[str]
) -> tuple[MetricQuery, MetricQuery]:
    """Everybody's sales in the member's places: by place, and by place and member."""
    for place in places:
        chosen = dict.fromkeys(name or NOT_STATED for name in arithmetic.members(own, place))
        scope = scope.only(place, *chosen)
    by = (dimension, *places)
    return (
        MetricQuery(("net_sales",), scope, by=tuple(places)),
        MetricQuery(("net_sales",), scope, by=by, order="net_sales", limit=MOST_ROWS),
    )


def alone(own: pd.DataFrame, everybody: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """The places where nobody else sells anything on balance, by the member's sales.

    In: the answers to `own_query` and to the first of `others_queries`. Out: the places and
    `value` (the member's own net sales, above zero).
    """
    mine, all_of = cells.cells(own, *places), cells.cells(everybody, *places)
    kept: list[tuple[Any, ...]] = [
        (*key, value)
        for key, value in mine.items()
        if value > 0 and all_of.get(key, value) - value <= 0
    ]
    return cells.table((*places, "value"), sorted(kept, key=_most_first))


def stand_ins(
    own: pd.DataFrame, others: pd.DataFrame, dimension: str, member: Member, places: Sequence[str]
) -> pd.DataFrame:
    """Who else sells in the member's places, those that cover most of its sales first.

    In: the answers to `own_query` and to the second of `others_queries`. Out: `member`;
    `covers`, the part of the member's sales that lies in places where this one sells too;
    `count`, how many places; `value`, what this one sells there (net sales).
    """
    mine = {key: value for key, value in cells.cells(own, *places).items() if value > 0}
    whole = sum(mine.values(), ZERO)
    found: dict[Member, list[Any]] = defaultdict(lambda: [ZERO, 0, ZERO])
    for (name, *key), value in cells.cells(others, dimension, *places).items():
        if name != member and name is not None and value > 0 and tuple(key) in mine:
            told = found[name]
            told[0] += mine[tuple(key)] / whole
            told[1] += 1
            told[2] += value
    rows = [(name, *told) for name, told in found.items()]
    rows.sort(key=lambda row: (-row[1], -row[3], row[0] or ""))
    return cells.table(("member", "covers", "count", "value"), rows)


def _most_first(row: Sequence[Any]) -> tuple[Any, ...]:
    return -row[-1], *(name or "" for name in row[:-1])


def _figures(frame: pd.DataFrame) -> Mapping[str, Decimal | None]:
    return {name: next(iter(arithmetic.numbers(frame, name)), None) for name in MEASURES}


def _costed(figures: Mapping[str, Decimal | None]) -> Decimal | None:
    margin, cost = figures["gross_margin"], figures["cost"]
    return None if margin is None or cost is None else margin + cost
