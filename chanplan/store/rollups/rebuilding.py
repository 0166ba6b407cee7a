"""The summaries are made where they are missing, and made anew for months that have changed."""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.domain.ports import Writer
from chanplan.store.rollups.alike import Alike, alike_of
from chanplan.store.rollups.distinct import count_orders, mask_customers
from chanplan.store.rollups.facts import line_facts_sql
from chanplan.store.rollups.summing import sums_of
from chanplan.store.rollups.tables import (
    ALONE,
    CELL,
    COUNTED,
    MASKS,
    MONEY,
    ROLLUPS,
    SIDES,
    STALE,
    TABLES,
)


def create(writer: Writer) -> None:
    """Make the empty summaries where they are missing, and the view of lines they sum."""
    writer.run(f"create or replace view line_facts as {line_facts_sql()}")
    for table in (*TABLES.values(), ALONE, MASKS):
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
    for table in TABLES.values():
        writer.run(f"delete from {table.kept} where {STALE}")
    alike = Alike()
    if writer.rows(f"select 1 from lines where {STALE} limit 1"):
        alike = alike_of(writer)
        of_stale = f"from line_facts where {STALE} group by all"
        for name, keys in ROLLUPS.items():
            TABLES[name].insert(writer, sums_of(keys, alike), of_stale, usual=alike.usual)
    others = f"select 1 from {TABLES['rollup_partner'].kept} where not {STALE} limit 1"
    count_orders(writer, Alike() if writer.rows(others) else alike)
    mask_customers(writer, alike)
    writer.run("drop table stale")


def _source_cells() -> str:
    """What every source tells of a channel and month, from summaries where it counts and from
    its lines where another one outranks it."""
    own = "month, source, basis, channel, partner"
    money = ", ".join(f"sum(amount_{tax})::{MONEY} as amount_{tax}" for tax in SIDES)
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
