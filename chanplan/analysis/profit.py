"""What each channel earns: net sales, cost of goods, direct channel costs, contribution.

渠道贡献 (definitions §5) covers only channel-months whose costs are known: those with a cost
sheet and with a cost of goods. What the rest sold stands beside it as coverage; costs that no
channel owns, and those of months without a cost of goods, are lines of their own, so that
channels − unallocated − left out = company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.channel_book import Book, Cost, Sold
from chanplan.domain.cost_kinds import kind_of
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

DIMENSION = "channel"
MEASURES: Final = ("net_sales", "cost", "gross_margin", "quantity")
# The dimensions that a sheet of channel costs knows; under any other filter it says nothing.
KNOWN_TO_COSTS: Final = (DIMENSION, "channel_kind", "channel_group")
COLUMNS: Final = (
    "member", "net_sales", "covered_sales", "coverage", "goods", "margin", "costs",
    "contribution", "contribution_rate", "cost_rate", "quantity", "per_unit", "ad_spend",
    "attributed", "roas", "investment", "return_on_investment", "break_even", "left_out",
)  # fmt: skip
KIND_COLUMNS: Final = ("member", "cost_type", "kind", "moves", "amount")

Place = tuple[Member, int]


@dataclass(frozen=True)
class Statement:
    """The channels' profit and the company's.

    channels  COLUMNS, a row per channel, the largest contribution first; Decimal or None
    kinds     KIND_COLUMNS, the costs that made it by channel (None: of no channel) and the
              company's own name for them, the largest first
    company   net_sales, covered_sales, goods, margin, costs, channels, unallocated, left_out,
              contribution, coverage
    """

    channels: pd.DataFrame
    kinds: pd.DataFrame
    company: Mapping[str, Decimal | None]


def query(scope: Scope) -> MetricQuery:
    """Sales, cost of goods and margin by channel and month: the sales side of the statement."""
    return MetricQuery(MEASURES, scope, by=(DIMENSION, "month"))


def blind_filters(scope: Scope) -> list[str]:
    """Filters of a scope that a sheet of channel costs cannot follow."""
    return [name for name, _ in scope.where if name not in KNOWN_TO_COSTS]


def statement(sales: pd.DataFrame, costs: pd.DataFrame) -> Statement:
    """The statement of a period.

    In: the answer to `query`; `costs` with channel (None: of no channel), month, cost_type,
    amount, attributed. Money stays in the tax view asked. Of a channel:
    covered_sales  net sales with a cost of goods in months with a cost sheet: what contribution
                   is made of; coverage: its part of net_sales
    cost_rate      渠道费用率 = costs / covered_sales
    roas           投产比 = attributed / ad_spend, over the costs that tell what they sold
    return_on_investment  投资回报率 = (contribution before investment − investment) / investment
    break_even     covered sales at which nothing is left: what was decided to be spent, divided
                   by what a unit of sales leaves after goods and costs that move with it
    left_out       costs of months of which the cost of goods is unknown
    """
    books: dict[Member, Book] = defaultdict(Book)
    places = _sold(sales, books)
    unallocated = ZERO
    owned = {place for place in _places(costs) if place[0] is not None}
    for place in places:
        if place in owned and places[place].has_goods:
            books[place[0]].cover(places[place])
    kinds: dict[tuple[Member, str | None], Decimal] = defaultdict(Decimal)
    for cost in _costs(costs):
        if cost.owner is None:
            unallocated += cost.amount
        elif not _is_covered(cost, places):
            books[cost.owner].left_out += cost.amount
            continue
        else:
            books[cost.owner].spend(cost)
        kinds[cost.owner, cost.name] += cost.amount
    rows = [book.row(member) for member, book in books.items()]
    rows.sort(key=lambda row: (-(row["contribution"] or ZERO), str(row["member"] or "")))
    channels = pd.DataFrame({n: arithmetic.column(row[n] for row in rows) for n in COLUMNS})
    return Statement(channels, _kinds(kinds), _company(channels, unallocated))


def _sold(sales: pd.DataFrame, books: dict[Member, Book]) -> dict[Place, Sold]:
    """Channel and month → its sales; each channel's net sales are added to its book."""
    cells = zip(
        arithmetic.members(sales, DIMENSION),
        sales["month"],
        *(arithmetic.numbers(sales, name) for name in MEASURES),
        strict=True,
    )
    places = {}
    for member, month, net, goods, margin, quantity in cells:
        books[member].net += net or ZERO
        places[member, int(month)] = Sold(net or ZERO, goods, margin, quantity)
    return places


def _costs(costs: pd.DataFrame) -> Iterable[Cost]:
    cells = zip(
        arithmetic.members(costs, DIMENSION),
        costs["month"],
        arithmetic.members(costs, "cost_type"),
        arithmetic.numbers(costs, "amount"),
        arithmetic.numbers(costs, "attributed"),
        strict=True,
    )
    for owner, month, name, amount, attributed in cells:
        yield Cost(owner, int(month), name, amount or ZERO, attributed)


def _places(costs: pd.DataFrame) -> Iterable[Place]:
    months = (int(month) for month in costs["month"])
    return zip(arithmetic.members(costs, DIMENSION), months, strict=True)


def _is_covered(cost: Cost, places: Mapping[Place, Sold]) -> bool:
    """A month in which the channel sold nothing has no goods to cost: its costs stand."""
    sold = places.get((cost.owner, cost.month))
    return sold is None or sold.has_goods


def _kinds(sums: Mapping[tuple[Member, str | None], Decimal]) -> pd.DataFrame:
    found = [
        (owner, name, kind_of(name).name, kind_of(name).moves, amount)
        for (owner, name), amount in sums.items()
    ]
    found.sort(key=lambda one: (-one[4], str(one[0] or ""), one[1] or ""))
    return pd.DataFrame(found, columns=list(KIND_COLUMNS), dtype=object)


def _company(channels: pd.DataFrame, unallocated: Decimal) -> dict[str, Decimal | None]:
    """Sums of the channels, and what no channel bears."""
    summed = ("net_sales", "covered_sales", "goods", "margin", "costs", "left_out")
    whole = {name: arithmetic.total(arithmetic.numbers(channels, name)) for name in summed}
    own = arithmetic.total(arithmetic.numbers(channels, "contribution"))
    left = None if own is None else own - unallocated - (whole["left_out"] or ZERO)
    return whole | {
        "channels": own,
        "unallocated": unallocated,
        "contribution": left,
        "coverage": arithmetic.share(whole["covered_sales"], whole["net_sales"]),
    }
