"""What cannot be summed: distinct orders, told by the cells they lie in, and distinct customers, by
a mask of the months they bought in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from chanplan.domain.ports import Writer
from chanplan.store.rollups.alike import Alike
from chanplan.store.rollups.tables import (
    ALONE,
    CELL,
    COUNTED,
    MASKS,
    MONTHS_A_MASK,
    PLACE,
)


def order_cells(which: str = "true", only: Mapping[str, str] = MappingProxyType({})) -> str:
    """SQL of the cells that each order of the chosen lines lies in; `only` as in `Alike`."""
    cell = ", ".join(f"{only[name]} as {name}" if name in only else name for name in CELL)
    return (
        f"select distinct {cell}, order_number from lines"
        f" where {which} and order_number is not null and line_type in {COUNTED}"
    )


def count_orders(writer: Writer, alike: Alike) -> None:
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
    writer.run(f"delete from {ALONE.kept}")
    cells = f"from order_cell {alone} group by all"
    ALONE.insert(writer, {**alike.keys(CELL), "orders": "count(*)"}, cells)
    writer.run("drop table order_cell")


def mask_customers(writer: Writer, alike: Alike) -> None:
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
        MASKS.insert(writer, columns, f"{bought} group by all", f"with {bits}")
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
    writer.run(f"delete from {MASKS.kept}")
    MASKS.insert(writer, columns, "from masked")
    writer.run("drop table masked")
