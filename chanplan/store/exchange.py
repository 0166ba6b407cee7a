"""Amounts in other currencies, told in the company's money before anything sums them.

A line keeps its money as in its file. Where a rate table that counts has a word on its currency
in its month, the view `lines` tells it in the company's currency, cent by cent as a line is
rounded, so that sums of parts are the whole; a currency without a rate stays what it is, and is
never added. Rates are the month's own, or for all months those of one month (constant). Without
lines in another currency that has a rate, nothing is joined and nothing is looked up.
"""

from __future__ import annotations

from chanplan.domain.company import CURRENT, constant_month
from chanplan.domain.ports import Writer
from chanplan.store import standing
from chanplan.store.batches import SILENT
from chanplan.store.sales import MONEY

_SIDES = ("with_tax", "without_tax")
_AMOUNTS = tuple(f"{part}_{side}" for part in ("amount", "list", "discount") for side in _SIDES)
_COSTS = tuple(f"cost_{side}" for side in _SIDES)

# The newest word on each currency and month, from rate tables that count, as it was said.
STANDING = f"""
    select month, currency, rate, per, reason from (
        select year(told.month) * 100 + month(told.month) as month, told.currency, told.rate,
            told.per, told.reason,
            row_number() over (
                partition by year(told.month) * 100 + month(told.month), told.currency
                order by told.batch desc, told.line desc
            ) as place
        from ({standing.added("exchange_rates")}) as told
        where told.currency is not null and told.month is not null
    ) where place = 1
"""
# The same for one of the currency; a rate of nothing is none.
RATES = f"""
    select month, currency,
        case when per > 1 then cast(rate / per as decimal(18, 8)) else rate end as rate
    from ({STANDING}) where rate > 0
"""


def create(writer: Writer) -> None:
    """The rates that lines are told at, empty where the table is missing: `rate` units of the
    company's currency `into` for one of `currency` in lines that count in `month`."""
    writer.run(
        "create table if not exists exchange"
        " (month integer, currency varchar, rate decimal(18, 8), into_currency varchar)"
    )


def relation(writer: Writer, lines: str) -> str:
    """SQL of a relation shaped like sales lines, in the company's money where a rate is known.

    A cost from the product table is in the company's money already."""
    if not _is_told(writer):
        return lines
    factor = (
        "case when fx.rate is null then {name} else cast({name} * fx.rate as " + MONEY + ") end"
    )
    amounts = [f"{factor.format(name=f'own.{name}')} as {name}" for name in _AMOUNTS]
    costs = [
        f"case when silent.batch is not null then own.{name} else"
        f" {factor.format(name=f'own.{name}')} end as {name}"
        for name in _COSTS
    ]
    told = [*amounts, *costs, "coalesce(fx.into_currency, own.currency) as currency"]
    return (
        f"(select own.* replace ({', '.join(told)}) from {lines} as own"
        " left join exchange as fx on fx.month = own.month and fx.currency = own.currency"
        f" left join ({SILENT}) as silent on silent.batch = own.batch)"
    )


def with_rates(writer: Writer, lines: str) -> str:
    """SQL of the same relation in the money of its files, with the `rate` it is told at; null
    where none is."""
    if not _is_told(writer):
        return f"(select *, null::decimal(18, 8) as rate from {lines})"
    return (
        f"(select own.*, fx.rate as rate from {lines} as own"
        " left join exchange as fx on fx.month = own.month and fx.currency = own.currency)"
    )


def is_needed(writer: Writer) -> bool:
    """Whether there is any rate, counting or not, or there has been one."""
    return _is_told(writer) or bool(writer.rows("select 1 from exchange_rates limit 1"))


def rebuild(writer: Writer, company: str, fx: str = CURRENT) -> set[int]:
    """Lay the rates anew that lines are told at; returns the months in which lines are told
    otherwise now.

    company  the company's own currency, which needs no rate
    fx       "current", or "constant:202401" for the rates of one month in all months
    """
    writer.run("create or replace temp table exchange_before as select * from exchange")
    writer.run("delete from exchange")
    writer.run(f"insert into exchange {_wanted(fx)}", [company, company])
    changed = "select {0} from {1} except select {0} from {2}"
    columns = "month, currency, rate, into_currency"
    moved = writer.rows(
        f"""
        with changed as (
            ({changed.format(columns, "exchange_before", "exchange")})
            union ({changed.format(columns, "exchange", "exchange_before")})
        ), foreign_lines as (
            select distinct month, currency from sales_line where currency <> ?
            union select distinct month, currency from joined_line where currency <> ?
        )
        select distinct month from foreign_lines semi join changed using (month, currency)""",
        [company, company],
    )
    writer.run("drop table exchange_before")
    return {int(month) for (month,) in moved}


def _wanted(fx: str) -> str:
    """SQL of the rates of those currencies that some line is in."""
    month = constant_month(fx)
    rates = RATES
    if month is not None:
        rates = (
            "select calendar.month, chosen.currency, chosen.rate"
            f" from ({RATES}) as chosen cross join calendar where chosen.month = {month:d}"
        )
    return f"""
        select told.month, told.currency, told.rate, ? as into_currency from ({rates}) as told
        semi join (select distinct currency from sales_line where currency <> ?) as used
            using (currency)"""


def _is_told(writer: Writer) -> bool:
    return bool(writer.rows("select 1 from exchange limit 1"))
