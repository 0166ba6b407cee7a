"""Foreign money: the currencies of lines, months without a rate, and what rates make of it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from chanplan.domain.line_types import COUNTED
from chanplan.domain.scope import TAX_VIEWS, TaxView
from chanplan.store import exchange
from chanplan.workspace.workspace import Workspace

RATE_COLUMNS = ("month", "currency", "rate", "per", "reason")
EFFECT = ("basis", "currency", "own", "current", "constant", "effect", "lacking")


@dataclass(frozen=True)
class Lacking:
    """Months of a currency that have lines and no rate, and how many lines."""

    currency: str
    months: tuple[int, ...]
    lines: int


def rates(space: Workspace) -> pd.DataFrame:
    """The rates that stand, by month and currency: `RATE_COLUMNS`, the month as 202401."""
    return space.store.fetch(f"{exchange.STANDING} order by month, currency")


def used(space: Workspace) -> list[str]:
    """The other currencies that lines are in, by name; none of most companies."""
    found = space.store.fetch(
        "select distinct currency from sales_line where currency <> ? order by currency",
        [space.counting.currency],
    )
    return list(found["currency"])


def told_in(space: Workspace, first: int, last: int) -> list[str]:
    """The currencies whose lines of these months are told in the company's money."""
    found = space.store.fetch(
        "select distinct line.currency from sales_line as line join exchange"
        " on exchange.month = line.month and exchange.currency = line.currency"
        " where line.month between ? and ? order by line.currency",
        [first, last],
    )
    return list(found["currency"])


def lacking(space: Workspace) -> list[Lacking]:
    """Currencies with lines that no rate tells, as they are told today."""
    found = space.store.fetch(
        "select currency, month, count(*) as lines from own_lines"
        " where currency <> ? and rate is null group by currency, month order by currency, month",
        [space.counting.currency],
    )
    return [
        Lacking(str(currency), tuple(int(month) for month in of["month"]), int(of["lines"].sum()))
        for currency, of in found.groupby("currency", sort=True)
    ]


def side(space: Workspace) -> TaxView:
    """The side of the tax that foreign money is shown on: the company's, else the one it has."""
    said = space.company.said.tax
    for view in TAX_VIEWS:
        if view == said:
            return view
    any_with = "select 1 from own_lines where currency <> ? and amount_with_tax is not null limit 1"
    found = space.store.fetch(any_with, [space.counting.currency])
    return "without_tax" if found.empty else "with_tax"


def effect(space: Workspace, month: int, tax: TaxView) -> pd.DataFrame:
    """What rates make of net sales in each other currency: `EFFECT`, by basis and currency.

    own       in its own money; current at each month's rate; constant at the rates of `month`
    effect    current − constant: what is due to rates alone
    lacking   months with lines and no rate of their own; then, or where `month` has none, the sums
              that cannot be told are None
    """
    amount = f"line.amount_{tax}"
    return space.store.fetch(
        f"""
        with rates as ({exchange.RATES}),
        told as (
            select line.basis, line.currency, line.month, {amount} as own,
                cast({amount} * own_rate.rate as decimal(18, 4)) as current,
                cast({amount} * chosen.rate as decimal(18, 4)) as constant
            from own_lines as line
            left join rates as own_rate
                on own_rate.month = line.month and own_rate.currency = line.currency
            left join rates as chosen on chosen.month = ? and chosen.currency = line.currency
            where line.currency <> ? and line.line_type in {COUNTED}
        ), summed as (
            select basis, currency, sum(own) as own,
                case when count(current) = count(own) then sum(current) end as current,
                case when count(constant) = count(own) then sum(constant) end as constant,
                count(distinct case when own is not null and current is null then month end)
                    as lacking
            from told group by basis, currency
        )
        select basis, currency, own, current, constant, current - constant as effect, lacking
        from summed order by basis, currency""",
        [month, space.counting.currency],
    )
