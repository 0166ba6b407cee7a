"""Summaries kept beside the lines, so that no page has to read lines.

Amounts are summed by month and three sets of members. Distinct counts cannot be summed, so
they are kept differently: a customer has one row per place with a mask of the months it
bought in; an order that lies in a single cell is counted there, and only the few that
straddle cells (a return in a later month, two channels) are kept one by one.

Writing costs more than summing, so the summaries are narrow tables (narrow.py): no column in
which every cell has what follows from others is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chanplan.domain.line_types import COUNTED as COUNTED_TYPES
from chanplan.domain.line_types import LINE_TYPES
from chanplan.domain.ports import Writer
from chanplan.store.narrow import NOTHING, Narrow
from chanplan.store.sales import MANY_TEXTS, one_of

# A mask holds five years: 60 bits fit a signed 64-bit integer without touching its sign.
MONTHS_A_MASK = 60

# The kinds of line that make net sales; gifts count as cost, transfers and others never.
COUNTED = f"{COUNTED_TYPES}"

_SIDES = ("with_tax", "without_tax")
AMOUNTS = tuple(
    f"{part}_{side}" for part in ("amount", "list", "discount", "cost") for side in _SIDES
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

_BASIS = "'order'"
_MONEY = "decimal(38, 4)"
# The ISO 8601 week of a line with a day: its year and number are those of the week's Thursday.
_THURSDAY = "(date_trunc('week', date) + interval 3 day)"
_WEEK = (
    f"case when grain = 'day' then concat(year({_THURSDAY}), '-W',"
    f" lpad(cast((dayofyear({_THURSDAY}) + 6) // 7 as varchar), 2, '0')) end"
)
_SUMMED = ("base_quantity", *AMOUNTS, *(f"{name}_{side}" for name in DERIVED for side in _SIDES))
_BOUNDS = tuple(f"{name}_{end}" for name in _LOW_HIGH for end in ("low", "high"))
_KINDS = {"month": "integer", "lines": "bigint", "era": "integer", "mask": "bigint"}
_KINDS |= {"orders": "bigint", **dict.fromkeys(_SUMMED, _MONEY)}
# What a cell's column is where every line of the cell has all that it is made from, or nothing.
_USUAL = {
    "basis": _BASIS,
    "line_type": "'sale'",
    "unit_high": "unit_low",
    "currency_low": "'CNY'",
    "currency_high": "currency_low",
    **{f"margin_{side}": f"amount_{side} - cost_{side}" for side in _SIDES},
    **{
        f"{name}_{side}": f"case when {of.format(side)} is not null then amount_{side} end"
        for name, of in (("costed", "cost_{}"), ("priced", "base_quantity"))
        for side in _SIDES
    },
}


def _narrow(name: str, keys: Iterable[str], rest: Iterable[str], always: Iterable[str]) -> Narrow:
    columns = {one: _KINDS.get(one, "varchar") for one in (*keys, *rest)}
    usual = {one: sql for one, sql in _USUAL.items() if one in columns}
    told_as = {"line_type": one_of(LINE_TYPES)} if "line_type" in columns else {}
    return Narrow(name, columns, ("month", "source", *always), usual, told_as)


_TABLES = {
    name: _narrow(name, keys, ("lines", *_BOUNDS, *_SUMMED), ("lines", "base_quantity"))
    for name, keys in ROLLUPS.items()
}
_ALONE = _narrow("order_alone", CELL, ("orders",), ("orders",))
_MASKS = Narrow(
    "customer_months",
    dict.fromkeys(("source", "basis", *PLACE, "customer"), "varchar")
    | {"era": "integer", "mask": "bigint"},
    ("source", "customer", "era", "mask"),
    {"basis": _BASIS},
    {"customer": MANY_TEXTS},
)


@dataclass(frozen=True)
class _Alike:
    """What the lines being summed have in common; nothing of it changes what is summed.

    only   column → SQL of the one value that every line has
    sums   summed column → SQL of its sum where it can be had for less
    usual  summed columns that follow from others in every cell, as `_USUAL` says
    """

    only: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    usual: frozenset[str] = frozenset()

    def key(self, name: str) -> str:
        """SQL of a column by which lines are grouped."""
        return self.only.get(name, name)

    def keys(self, names: Iterable[str]) -> dict[str, str]:
        """The same for several: column → SQL."""
        return {name: self.key(name) for name in names}


def create(writer: Writer) -> None:
    """Make the empty summaries where they are missing, and the view of lines they sum."""
    writer.run(f"create or replace view line_facts as {_line_facts()}")
    for table in (*_TABLES.values(), _ALONE, _MASKS):
        table.create(writer)
    cell = ", ".join(CELL)
    writer.run(
        f"create table if not exists order_straddle as select {cell}, order_number"
        " from lines limit 0"
    )
    writer.run(f"create or replace view source_cells as {_source_cells()}")


def rebuild(writer: Writer, months: Iterable[int]) -> None:
    """Make the summaries of these months anew from the lines that count."""
    chosen = sorted(set(months))
    if not chosen:
        return
    writer.run(
        "create or replace temp table stale as select unnest(?::integer[]) as month",
        [chosen],
    )
    for table in _TABLES.values():
        writer.run(f"delete from {table.kept} where {_STALE}")
    alike = _Alike()
    if writer.rows(f"select 1 from lines where {_STALE} limit 1"):
        alike = _alike(writer)
        of_stale = f"from line_facts where {_STALE} group by all"
        for name, keys in ROLLUPS.items():
            _TABLES[name].insert(writer, _sums(keys, alike), of_stale, usual=alike.usual)
    others = f"select 1 from {_TABLES['rollup_partner'].kept} where not {_STALE} limit 1"
    _count_orders(writer, _Alike() if writer.rows(others) else alike)
    _mask_customers(writer, alike)
    writer.run("drop table stale")


def _source_cells() -> str:
    """What every source tells of a channel and month, from summaries where it counts and from
    its lines where another one outranks it."""
    own = "month, source, basis, channel, partner"
    money = ", ".join(f"sum(amount_{tax})::{_MONEY} as amount_{tax}" for tax in _SIDES)
    ends = "min({0}) as currency_low, max({1}) as currency_high"
    counted = f"select {own}, 1 as counts, sum(lines)::bigint as lines, {money}"
    aside = f"select {own}, 0 as counts, count(*)::bigint as lines, {money}"
    code = "coalesce(currency, '')"
    return (
        f"{counted}, {ends.format('currency_low', 'currency_high')} from rollup_partner"
        f" where line_type in {COUNTED} group by {own} union all"
        f" {aside}, {ends.format(code, code)} from outranked_lines"
        f" where line_type in {COUNTED} group by {own}"
    )


def columns(summary: str) -> Mapping[str, str]:
    """Column → SQL type of a summary of amounts."""
    return _TABLES[summary].columns


def sums(keys: Iterable[str]) -> dict[str, str]:
    """Column of a summary of amounts by these keys → SQL over `line_facts`."""
    return _sums(tuple(keys), _Alike())


def order_cells(which: str = "true", only: Mapping[str, str] = MappingProxyType({})) -> str:
    """SQL of the cells that each order of the chosen lines lies in; `only` as in `_Alike`."""
    cell = ", ".join(f"{only[name]} as {name}" if name in only else name for name in CELL)
    return (
        f"select distinct {cell}, order_number from lines"
        f" where {which} and order_number is not null and line_type in {COUNTED}"
    )


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
    return f"""select *, {", ".join([*bounds, *facts])}, {_WEEK} as week,
        coalesce(amount_with_tax, amount_without_tax) as paid from lines"""


def _alike(writer: Writer) -> _Alike:
    """What the lines of the stale months have in common: looking first is cheaper than summing
    and writing the same three times over."""
    only = _only(writer)
    sums, usual = _cheaper(writer)
    for name in _LOW_HIGH:  # a line has one unit, told twice
        if f"{name}_low" in only:
            usual |= {f"{name}_high"}
    return _Alike(only, sums, frozenset(usual))


def _only(writer: Writer) -> dict[str, str]:
    """Columns with one value in the stale months, and it."""
    found = writer.rows(
        f"select distinct {', '.join(_OFTEN_ONE)} from line_facts where {_STALE} limit {_LOOKED_AT}"
    )
    values = dict(zip(_OFTEN_ONE, zip(*found, strict=True), strict=False))
    few = len(found) < _LOOKED_AT
    return {name: _literal(told[0]) for name, told in values.items() if few and len({*told}) == 1}


def _cheaper(writer: Writer) -> tuple[dict[str, str], set[str]]:
    """Sums that follow from others or are of nothing: their SQL, and which of them are what
    they usually are. Most companies state one side of the tax and no list price, and the cost
    of every line or of none."""
    counts = ", ".join(f"count({name})" for name in _SUMMED)
    gifts = "count(case when line_type = 'gift' then 1 end)"
    *found, given = writer.rows(f"select {counts}, {gifts} from line_facts where {_STALE}")[0]
    count = dict(zip(_SUMMED, found, strict=True))
    cheaper = {name: NOTHING for name, lines in count.items() if not lines}
    usual = set()
    for side in _SIDES:
        amount, cost = f"amount_{side}", f"cost_{side}"
        # Both are the amount or nothing: as many of them are the same lines.
        for name, of in ((f"costed_{side}", cost), (f"priced_{side}", "base_quantity")):
            if count[name] and count[name] == count[amount]:
                cheaper[name] = f"sum({amount})"
            # Of each cell all lines or none have what it is made from; or there is nothing.
            if not count[amount] or count[of] == 0 or count[name] == count[amount] == count[of]:
                usual.add(name)
        margins = count[f"margin_{side}"]
        if margins and margins == count[amount] == count[cost] and not given:
            cheaper[f"margin_{side}"] = f"(sum({amount}) - sum({cost}))"
            usual.add(f"margin_{side}")
        if not margins and not (count[amount] and count[cost]):
            usual.add(f"margin_{side}")
    return cheaper, usual


def _sums(keys: tuple[str, ...], alike: _Alike) -> dict[str, str]:
    """Column of a summary → SQL over line_facts."""
    bounds = {
        f"{name}_{side}": alike.only.get(f"{name}_low", f"{end}({name}_{side})")
        for name in _LOW_HIGH
        for end, side in (("min", "low"), ("max", "high"))
    }
    sums = {name: alike.sums.get(name, f"sum({name})") for name in _SUMMED}
    return {
        **alike.keys(keys),
        "lines": "count(*)",
        **bounds,
        **{name: sql if sql == NOTHING else f"{sql}::{_MONEY}" for name, sql in sums.items()},
    }


def _literal(value: str | None) -> str:
    return NOTHING if value is None else "'" + value.replace("'", "''") + "'"


def _count_orders(writer: Writer, alike: _Alike) -> None:
    """All of them anew: an order that came now may lie in another month, too."""
    cell, order = ", ".join(CELL), "source, basis, order_number"
    writer.run(f"create or replace temp table order_cell as {order_cells(only=alike.only)}")
    writer.run("delete from order_straddle")
    straddling = writer.run(
        f"insert into order_straddle select {cell}, order_number from order_cell"
        f" semi join (select {order} from order_cell group by all having count(*) > 1)"
        f" using ({order})"
    )
    alone = f"anti join order_straddle using ({order})" if straddling else ""
    writer.run(f"delete from {_ALONE.kept}")
    cells = f"from order_cell {alone} group by all"
    _ALONE.insert(writer, {**alike.keys(CELL), "orders": "count(*)"}, cells)
    writer.run("drop table order_cell")


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
    columns = {name: name for name in (*own, "customer", "era", "mask")}
    if not writer.rows("select 1 from customer_months limit 1"):
        columns |= {**alike.keys(own), "mask": "bit_or(bit)"}
        _MASKS.insert(writer, columns, f"{bought} group by all", f"with {bits}")
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
    writer.run(f"delete from {_MASKS.kept}")
    _MASKS.insert(writer, columns, "from masked")
    writer.run("drop table masked")
