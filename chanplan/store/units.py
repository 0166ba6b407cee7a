"""Quantities in base units: a product table says that a 箱 holds 24 瓶.

A line keeps its quantity and unit as in the file. Where a counting product table knows the
product, `base_quantity` and `base_unit` tell the same in the product's base unit; a unit no
table knows is told as a person has said (`Recipe.units`), else it is left as it is, and is never
added to another.
"""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store import batches, matched
from chanplan.store.sales import SALES

# Each product's newest word on its units, from product tables that count. A product may have
# several cases: of each the newest word counts, where it is of the same base unit.
_NEWEST = "order by heard, valid_from desc nulls last, batch desc, line desc"
FACTORS = f"""
    with said as (
        select *, row_number() over (partition by product {_NEWEST}) = 1 as newest
        from ({matched.by_every_name("products", "product")})
        where unit is not null
    ),
    base as (select product, unit as base_unit from said where newest)
    select product, base_unit, base_unit as unit, 1::decimal(18, 4) as factor from base
    union all
    select product, base_unit, case_unit, units_per_case from said join base using (product)
    where case_unit is not null and units_per_case > 0 and case_unit <> base_unit
        and said.unit = base_unit
    qualify row_number() over (partition by product, case_unit {_NEWEST}) = 1
"""

# What persons have said of units that no table knows, import by import.
_SAID = """
    select batch, entry.key as unit, try_cast(entry.value as decimal(18, 4)) as factor from (
        select batch, unnest(map_entries(json_transform(
            json_extract(recipe, '$.units'), '"MAP(VARCHAR, VARCHAR)"'))) as entry
        from batch where json_extract(recipe, '$.units') is not null
    )
"""


# Columns that converting reads and writes.
_TOUCHED = ("product", "unit", "quantity", "base_unit", "base_quantity")


def convert(writer: Writer, *fresh: int) -> None:
    """Tell freshly loaded batches' quantities in base units."""
    _convert(writer, f"line.batch in ({batches.listed(fresh)})")


def reconvert(writer: Writer) -> list[int]:
    """After a product table was loaded or switched: tell every line anew.

    Returns the months with lines that a product table has a word on, before or now.
    """
    touched = "select distinct month from sales_line where base_unit is not null"
    before = writer.rows(touched)
    if before:
        writer.run(
            f"update {SALES.kept} set base_quantity = quantity, base_unit = null"
            " where base_unit is not null"
        )
    _convert(writer, "1 = 1")
    return sorted({month for (month,) in (*before, *writer.rows(touched))})


def _convert(writer: Writer, which: str) -> None:
    """A line whose file names no unit stays as it is: nobody has said what it counts."""
    if not batches.has_rows(writer, "products") or not writer.rows(
        f"select 1 from ({FACTORS}) limit 1"
    ):
        return
    kept = SALES.widen(writer, _TOUCHED)
    writer.run(
        f"""
        update {kept} as line
        set base_unit = known.base_unit,
            base_quantity = try_cast(line.quantity * known.factor as decimal(18, 4))
        from ({FACTORS}) as known
        where {which} and line.product = known.product and line.unit = known.unit"""
    )
    writer.run(
        f"""
        update {kept} as line
        set base_unit = known.base_unit,
            base_quantity = try_cast(line.quantity * said.factor as decimal(18, 4))
        from (select distinct product, base_unit from ({FACTORS})) as known, ({_SAID}) as said
        where {which} and line.base_unit is null and line.product = known.product
            and line.batch = said.batch and line.unit = said.unit and said.factor > 0"""
    )
