"""Creates the store's tables, and one more for every upload declared in the domain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pyarrow as pa

from chanplan.domain.calendar import MonthRow
from chanplan.domain.errors import StoreFaultError, StoreOutdatedError
from chanplan.domain.ports import Writer
from chanplan.domain.tables import Table, all_tables
from chanplan.store import (
    attributes,
    authority,
    care,
    cluster_fits,
    exchange,
    ledger,
    matched,
    rollups,
    snapshots,
    targets,
)
from chanplan.store.rollups import MONTHS_A_MASK
from chanplan.store.sales import SALES

# Raised by one whenever a store of before would lack something that its originals could give.
SCHEMA_VERSION = 10

_SQL_TYPES = {
    "text": "varchar",
    "date": "date",
    "amount": "decimal(18, 4)",
    "quantity": "decimal(18, 4)",
    "rate": "decimal(18, 8)",
    "factor": "decimal(18, 8)",
    "integer": "bigint",
    "flag": "boolean",
}
# The sales line is shaped by hand in sales.py: it holds more than its upload declares.
SHAPED_BY_HAND = "sales"
# The published view of uploaded channel costs that count, under the masters of their names.
_COST_LINES = """
    create or replace view cost_lines as
    select cost.batch, cost.line, year(cost.month) * 100 + month(cost.month) as month,
        coalesce(of_channel.master, cost.channel) as channel,
        coalesce(of_partner.master, cost.partner) as partner,
        coalesce(of_product.master, cost.product) as product, cost.cost_type, cost.amount,
        cost.attributed_sales as attributed
    from channel_costs as cost
    join batch_month as counted on counted.batch = cost.batch and counted.active
    left join matched as of_channel
        on of_channel.dimension = 'channel' and of_channel.name = cost.channel
    left join matched as of_partner
        on of_partner.dimension = 'partner' and of_partner.name = cost.partner
    left join matched as of_product
        on of_product.dimension = 'product' and of_product.name = cost.product
"""
_SCHEMA = Path(__file__).with_name("schema.sql")


def create(writer: Writer) -> None:
    """Make what is missing; StoreFaultError when a newer program made this store,
    StoreOutdatedError when an older one did: it is made anew from its journal."""
    _check_version(writer)
    SALES.create(writer)
    writer.run(_SCHEMA.read_text(encoding="utf-8"))
    for table in all_tables().values():
        if table.name != SHAPED_BY_HAND:
            writer.run(_create_table(table))
    writer.run(_COST_LINES)
    targets.create(writer)
    cluster_fits.create(writer)
    care.create(writer)
    ledger.create(writer)
    authority.create(writer)
    writer.run("create temp table if not exists stale (month integer)")
    exchange.create(writer)
    matched.create(writer)
    rollups.create(writer)
    attributes.create(writer)
    snapshots.create(writer)
    if not writer.rows("select 1 from position"):
        writer.run("insert into position values (?, 0, null)", [SCHEMA_VERSION])


def lay_calendar(writer: Writer, months: Iterable[MonthRow]) -> None:
    """Write the calendar anew; cheap, and right after every change of its settings."""
    rows = list(months)
    columns = {one.name: [getattr(row, one.name) for row in rows] for one in fields(MonthRow)}
    writer.lend("months_lent", pa.table(columns))
    writer.run(
        f"create or replace table calendar as select *, ordinal // {MONTHS_A_MASK} as era,"
        f" 1::bigint << (ordinal % {MONTHS_A_MASK})::integer as bit from months_lent"
    )


def _create_table(table: Table) -> str:
    columns = ", ".join(
        f'"{column.name}" {_SQL_TYPES[column.kind]}' for column in table.columns.values()
    )
    return f'create table if not exists "{table.name}" (batch integer, line bigint, {columns})'


def _check_version(writer: Writer) -> None:
    made = "select 1 from duckdb_tables() where table_name = 'position' and not temporary"
    found = writer.rows("select schema_version from position") if writer.rows(made) else []
    for (version,) in found:
        if version > SCHEMA_VERSION:
            raise StoreFaultError("store_newer", found=version, known=SCHEMA_VERSION)
        if version < SCHEMA_VERSION:
            raise StoreOutdatedError("store_outdated", found=version, known=SCHEMA_VERSION)
