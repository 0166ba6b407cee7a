"""Summaries kept beside the lines, so that no page has to read lines.

Amounts are summed by month and three sets of members. Distinct counts cannot be summed, so
they are kept differently: a customer has one row per place with a mask of the months it
bought in; an order that lies in a single cell is counted there, and only the few that
straddle cells (a return in a later month, two channels) are kept one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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

# Columns that most companies' months have one value of: then nobody needs to group by it.
_OFTEN_ONE = ("source", "basis", "line_type", "unit_low", "currency_low")
# Values told apart to find that out.
_LOOKED_AT = 500


@dataclass(frozen=True)
class _Alike:
    """What the lines being summed have in common; nothing of it changes what is summed.

    only  column → SQL of the one value that every line has
    sums  summed column → SQL of its sum where it can be had for less
    """

    only: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """SQL of a column by which lines are grouped."""
        return f"{self.only[name]} as {name}" if name in self.only else name

    def keys(self, names: Iterable[str]) -> str:
        """The same for several."""
        return ", ".join(map(self.key, names))


def create(writer: Writer) -> None:
    """Make the empty summaries where they are missing, and the view of lines they sum."""
    writer.run(f"create or replace view line_facts as {_line_facts()}")
    for name, keys in ROLLUPS.items():
        writer.run(f"create table if not exists {name} as {_sums(keys, _Alike())} limit 0")
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
    alike = _Alike(_only(writer), _cheaper(writer))
    for name, keys in ROLLUPS.items():
        writer.run(f"delete from {name} where {_STALE}")
        writer.run(f"insert into {name} {_sums(keys, alike)}")
    _count_orders(writer, alike)
    _mask_customers(writer, alike)
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


def _only(writer: Writer) -> dict[str, str]:
    """Columns with one value in the stale months, and it."""
    found = writer.rows(
        f"select distinct {', '.join(_OFTEN_ONE)} from line_facts where {_STALE} limit {_LOOKED_AT}"
    )
    values = dict(zip(_OFTEN_ONE, zip(*found, strict=True), strict=False))
    few = len(found) < _LOOKED_AT
    return {name: _literal(told[0]) for name, told in values.items() if few and len({*told}) == 1}


def _cheaper(writer: Writer) -> dict[str, str]:
    """Sums that follow from others or are of nothing. Most companies state one side of the tax
    and no list price, and the cost of every line or of none; looking first is cheaper than
    summing the same three times over."""
    counts = ", ".join(f"count({name})" for name in _summed())
    gifts = "count(case when line_type = 'gift' then 1 end)"
    *found, given = writer.rows(f"select {counts}, {gifts} from line_facts where {_STALE}")[0]
    count = dict(zip(_summed(), found, strict=True))
    cheaper = {name: "null" for name, lines in count.items() if not lines}
    for tax in ("with_tax", "without_tax"):
        amount, cost = f"amount_{tax}", f"cost_{tax}"
        # Both are the amount or nothing: as many of them are the same lines.
        for name in (f"costed_{tax}", f"priced_{tax}"):
            if count[name] and count[name] == count[amount]:
                cheaper[name] = f"sum({amount})"
        margins = count[f"margin_{tax}"]
        if margins and margins == count[amount] == count[cost] and not given:
            cheaper[f"margin_{tax}"] = f"(sum({amount}) - sum({cost}))"
    return cheaper


def _sums(keys: tuple[str, ...], alike: _Alike) -> str:
    sums = [
        f"{alike.sums.get(name, f'sum({name})')}::decimal(38, 4) as {name}" for name in _summed()
    ]
    bounds = [
        f"{_bound(f'{end}({name}_{side})', f'{name}_low', alike)} as {name}_{side}"
        for name in _LOW_HIGH
        for end, side in (("min", "low"), ("max", "high"))
    ]
    return (
        f"select {alike.keys(keys)}, count(*) as lines, {', '.join([*bounds, *sums])}"
        f" from line_facts where {_STALE} group by all"
    )


def _bound(sought: str, name: str, alike: _Alike) -> str:
    return alike.only.get(name, sought)


def _literal(value: str | None) -> str:
    return "null::varchar" if value is None else "'" + value.replace("'", "''") + "'"


def _count_orders(writer: Writer, alike: _Alike) -> None:
    cell = ", ".join(CELL)
    writer.run(f"delete from order_cell where {_STALE}")
    writer.run(
        f"insert into order_cell select distinct {alike.keys(CELL)}, order_number from lines"
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


def _mask_customers(writer: Writer, alike: _Alike) -> None:
    """Clear the stale months' bits, set those of the lines that count now."""
    own = ("source", "basis", *PLACE)
    keys = f"{', '.join(own)}, customer, era"
    bits = f"""
        numbered as (
            select month, month // 100 * 12 + month % 100 - 1 as ordinal from stale
        ), bits as (
            select month, ordinal // {MONTHS_A_MASK} as era,
                1::bigint << (ordinal % {MONTHS_A_MASK}) as bit
            from numbered
        )"""
    bought = """from lines join bits on bits.month = lines.month
            where customer is not null and line_type = 'sale'
                and coalesce(amount_with_tax, amount_without_tax) > 0"""
    if not writer.rows("select 1 from customer_months limit 1"):
        writer.run(
            f"insert into customer_months by name with {bits}"
            f" select {alike.keys(own)}, customer, era, bit_or(bit) as mask {bought} group by all"
        )
        return
    writer.run(
        f"""
        create or replace temp table masked as
        with {bits}, cleared as (
            select {keys}, mask & ~coalesce(
                (select bit_or(bits.bit) from bits where bits.era = customer_months.era), 0
            ) as mask
            from customer_months
        ), bought as (
            select {keys}, bit as mask {bought}
        ), together as (
            from cleared union all from bought
        )
        select {keys}, bit_or(mask) as mask from together group by all having bit_or(mask) <> 0"""
    )
    writer.run("delete from customer_months")
    writer.run(f"insert into customer_months by name select {keys}, mask from masked")
    writer.run("drop table masked")
