"""Units in a file that the product table does not know for products that it knows."""

from __future__ import annotations

from chanplan.ingest import cells_sql, wide
from chanplan.ingest.told import Proposal, UnitAsked
from chanplan.store import Store, units

# More units than this in one file are no units.
MOST_ASKED = 8


def has_units(store: Store) -> bool:
    """Whether a product table that counts says anything of units."""
    return not store.fetch(f"select 1 from ({units.FACTORS}) limit 1").empty


def unknown(store: Store, proposal: Proposal) -> tuple[UnitAsked, ...]:
    """The units of a proposal's rows to ask a person for, those of most rows first."""
    recipe = proposal.recipe
    if proposal.sheet.source is None:
        return ()
    relation = wide.rows(proposal.sheet, recipe)
    product, unit = (cells_sql.member(f"c{recipe.columns[name]}") for name in ("product", "unit"))
    sql = f"""
        with told as (
            select {product} as product, {unit} as unit, count(*) as rows
            from {relation.sql} group by all
        ),
        known as materialized ({units.FACTORS})
        select told.unit, list(distinct base.base_unit order by base.base_unit)
        from told join (select distinct product, base_unit from known) as base using (product)
        anti join known on known.product = told.product and known.unit = told.unit
        where told.unit is not null
        group by told.unit order by sum(told.rows) desc, told.unit limit {MOST_ASKED}"""
    with store.trying() as reader:
        for name, table in relation.lent.items():
            reader.lend(name, table)
        found = reader.rows(sql)
    return tuple(UnitAsked(str(name), tuple(bases)) for name, bases in found)
