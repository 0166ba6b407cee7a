"""Summaries kept beside the lines, so that no page has to read lines.

Amounts are summed by month and three sets of members. Distinct counts cannot be summed, so
they are kept differently: a customer has one row per place with a mask of the months it
bought in; an order that lies in a single cell is counted there, and only the few that
straddle cells (a return in a later month, two channels) are kept one by one.
"""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.domain.ports import Writer

# A mask holds five years: 60 bits fit a signed 64-bit integer without touching its sign.
MONTHS_A_MASK = 60

# The kinds of line that make net sales; gifts count as cost, transfers and others never.
COUNTED = "('sale', 'return', 'adjustment', 'freight')"

AMOUNTS = (
    "amount_with_tax",
    "amount_without_tax",
    "list_with_tax",
    "list_without_tax",
    "discount_with_tax",
    "discount_without_tax",
    "cost_with_tax",
    "cost_without_tax",
)

# Columns each line gets on top of its amounts: see _line_facts.
DERIVED = ("margin", "costed", "priced")

# Limits a read to the months being rebuilt; the table is there while `rebuild` runs.
_STALE = "month in (select month from stale)"

PLACE = ("channel", "partner", "region")
BASE_KEYS = ("month", "source", "basis", "line_type")
ROLLUPS = {
    "rollup_partner": (*BASE_KEYS, *PLACE),
    "rollup_product": (*BASE_KEYS, "channel", "product", "category"),
    "rollup_category": (*BASE_KEYS, "region", "category"),
}
CELL = ("source", "basis", "month", *PLACE)

_LOW_HIGH = ("unit", "currency")


def create(writer: Writer) -> None:
    """Make the empty summaries where they are missing, and the view of lines they sum."""
    writer.run(f"create or replace view line_facts as {_line_facts()}")
    for name, keys in ROLLUPS.items():
        writer.run(f"create table if not exists {name} as {_sums(keys, frozenset())} limit 0")
    cell = ", ".join(CELL)
    for name in ("order_cell", "order_straddle"):
        writer.run(
            f"create table if not exists {name} as select {cell}, order_number from lines limit 0"
        )
    writer.run(
        "create table if not exists order_alone as"
        f" select {cell}, count(*) as orders from lines group by all limit 0"
    )
    writer.run(
        f"create table if not exists customer_months as select source, basis, {', '.join(PLACE)},"
        " customer, 0 as era, 0::bigint as mask from lines limit 0"
    )


def rebuild(writer: Writer, months: Iterable[int]) -> None:
    """Make the summaries of these months anew from the lines that count."""
    chosen = sorted(set(months))
    if not chosen:
        return
    writer.run(
        "create or replace temp table stale as select unnest(?::integer[]) as month",
        [chosen],
    )
    empty = _empty_columns(writer)
    for name, keys in ROLLUPS.items():
        writer.run(f"delete from {name} where {_STALE}")
        writer.run(f"insert into {name} {_sums(keys, empty)}")
    _count_orders(writer)
    _mask_customers(writer)
    writer.run("drop table stale")


def _line_facts() -> str:
    """Each line with the columns its summaries have. A gift has no price: what it cost
    lowers the margin whole."""
    facts = []
    for tax in ("with_tax", "without_tax"):
        amount, cost = f"amount_{tax}", f"cost_{tax}"
        value = f"case when line_type = 'gift' then 0 else {amount} end"
        facts += [
            f"({value} - {cost})::decimal(18, 4) as margin_{tax}",
            f"case when {cost} is not null then {amount} end as costed_{tax}",
            f"case when base_quantity is not null then {amount} end as priced_{tax}",
        ]
    bounds = [
        f"coalesce({value}, '') as {name}_{end}"
        for name, value in (("unit", "base_unit, unit"), ("currency", "currency"))
        for end in ("low", "high")
    ]
    return f"""select *, {", ".join([*bounds, *facts])},
        coalesce(amount_with_tax, amount_without_tax) as paid from lines"""


def _summed() -> list[str]:
    derived = [f"{name}_{tax}" for name in DERIVED for tax in ("with_tax", "without_tax")]
    return ["base_quantity", *AMOUNTS, *derived]


def _empty_columns(writer: Writer) -> frozenset[str]:
    """Columns without a value in the stale months. Most companies state one side of the tax
    and no list price; looking first is cheaper than summing nothing three times over."""
    counts = ", ".join(f"count({name})" for name in _summed())
    found = writer.rows(f"select {counts} from line_facts where {_STALE}")[0]
    return frozenset(name for name, count in zip(_summed(), found, strict=True) if not count)


def _sums(keys: tuple[str, ...], empty: frozenset[str]) -> str:
    sums = [
        f"{'null' if name in empty else f'sum({name})'}::decimal(38, 4) as {name}"
        for name in _summed()
    ]
    bounds = [
        f"min({name}_low) as {name}_low, max({name}_high) as {name}_high" for name in _LOW_HIGH
    ]
    return (
        f"select {', '.join(keys)}, count(*) as lines, {', '.join([*bounds, *sums])}"
        f" from line_facts where {_STALE} group by all"
    )


def _count_orders(writer: Writer) -> None:
    cell = ", ".join(CELL)
    writer.run(f"delete from order_cell where {_STALE}")
    writer.run(
        f"insert into order_cell select distinct {cell}, order_number from lines"
        f" where {_STALE} and order_number is not null and line_type in {COUNTED}"
    )
    writer.run("delete from order_straddle")
    writer.run(
        f"insert into order_straddle select {cell}, order_number from order_cell"
        " qualify count(*) over (partition by source, basis, order_number) > 1"
    )
    writer.run("delete from order_alone")
    writer.run(
        f"insert into order_alone select {cell}, count(*) from order_cell"
        " anti join order_straddle using (source, basis, order_number) group by all"
    )


def _mask_customers(writer: Writer) -> None:
    """Clear the stale months' bits, set those of the lines that count now."""
    keys = f"source, basis, {', '.join(PLACE)}, customer, era"
    writer.run(
        f"""
        create or replace temp table masked as
        with numbered as (
            select month, month // 100 * 12 + month % 100 - 1 as ordinal from stale
        ), bits as (
            select month, ordinal // {MONTHS_A_MASK} as era,
                1::bigint << (ordinal % {MONTHS_A_MASK}) as bit
            from numbered
        ), cleared as (
            select {keys}, mask & ~coalesce(
                (select bit_or(bits.bit) from bits where bits.era = customer_months.era), 0
            ) as mask
            from customer_months
        ), bought as (
            select source, basis, {", ".join(PLACE)}, customer, era, bit as mask
            from lines join bits on bits.month = lines.month
            where customer is not null and line_type = 'sale'
                and coalesce(amount_with_tax, amount_without_tax) > 0
        ), together as (
            from cleared union all from bought
        )
        select {keys}, bit_or(mask) as mask from together group by all having bit_or(mask) <> 0"""
    )
    writer.run("delete from customer_months")
    writer.run(f"insert into customer_months by name select {keys}, mask from masked")
    writer.run("drop table masked")
