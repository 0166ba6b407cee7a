"""Cost of goods where a file tells none: the product table's unit cost times base quantity.

The unit cost stands on the tax side its table was imported with, with tax where nobody said;
the other side follows from the product's own rate, else from the rate that the table of rates
gives the line. A cost that the file tells stays.
"""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store import batches, matched
from chanplan.store.sales import SALES, SIDES

# Each product's newest unit cost on both sides of the tax, from product tables that count.
UNIT_COSTS = f"""
    with told as (
        select product, cost, tax_rate, batch.tax = 'without_tax' as bare
        from ({matched.by_every_name("products", "product")}) join batch using (batch)
        where cost is not null
        qualify row_number() over (
            partition by product
            order by heard, valid_from desc nulls last, batch desc, line desc
        ) = 1
    )
    select product,
        case when bare then cost * (1 + tax_rate) else cost end as with_tax,
        case when bare then cost else cost / (1 + tax_rate) end as without_tax
    from told
"""


# Columns that costing writes, and those that it reads beside them.
_COSTS = ("cost_with_tax", "cost_without_tax")
_FROM = ("product", "base_unit", "base_quantity", "amount_with_tax", "amount_without_tax")


def fill(writer: Writer, *fresh: int) -> None:
    """Cost freshly loaded lines; their base quantities must be known by now."""
    _fill(writer, f"line.batch in ({batches.listed(fresh)})")


def fill_all(writer: Writer) -> None:
    """After a product table was loaded or switched: every line anew."""
    told = f"coalesce(cost_with_tax, cost_without_tax) is not null and batch in ({batches.SILENT})"
    if writer.rows(f"select 1 from sales_line where {told} limit 1"):
        kept = SALES.widen(writer, _COSTS)
        writer.run(f"update {kept} set cost_with_tax = null, cost_without_tax = null where {told}")
    _fill(writer, "1 = 1")


def _fill(writer: Writer, which: str) -> None:
    """A cost is told on the sides on which the line's own amount is."""
    if not batches.has_rows(writer, "products") or not writer.rows(
        f"select 1 from ({UNIT_COSTS}) limit 1"
    ):
        return
    kept = SALES.widen(writer, (*_COSTS, *_FROM))
    cost = {side: f"known.{side}" for side in SIDES}
    if writer.rows("select 1 from sales_line where table_rate is not null limit 1"):
        cost["with_tax"] = "coalesce(known.with_tax, known.without_tax * (1 + line.table_rate))"
        cost["without_tax"] = "coalesce(known.without_tax, known.with_tax / (1 + line.table_rate))"
    sides = ", ".join(
        f"cost_{side} = case when line.amount_{side} is not null then"
        f" try_cast(round_even(cast({cost[side]} as decimal(18, 8)) * line.base_quantity, 4)"
        " as decimal(18, 4)) end"
        for side in SIDES
    )
    writer.run(
        f"""
        update {kept} as line set {sides} from ({UNIT_COSTS}) as known
        where {which} and line.batch in ({batches.SILENT}) and line.product = known.product
            and line.base_unit is not null"""
    )
