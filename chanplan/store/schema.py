"""Creates the store's tables, and one more for every upload declared in the domain."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from chanplan import domain
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
    moving,
    rollups,
    snapshots,
    targets,
    uploaded,
)
from chanplan.store.gateway import ENGINE
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
T = TypeVar("T")
_SCHEMA = Path(__file__).with_name("schema.sql")


def prepare(writer: Writer, lay: Callable[[Writer], T]) -> T:
    """Make what is missing, and, by `lay`, the calendar anew, which is handed back; StoreFaultError
    when a newer program made this store, StoreOutdatedError when an older one did: it is made anew
    from its journal.

    A store that this very program has prepared before has all of it already.
    """
    made_by = _made_by(writer)
    fresh = made_by != _program()
    if fresh:
        _create(writer)
    told = lay(writer)
    if fresh:
        uploaded.create(writer)
        moving.create(writer)
        writer.run(f"comment on table position is '{_program()}'")
    return told


def _create(writer: Writer) -> None:
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


def _made_by(writer: Writer) -> str | None:
    """Which program prepared the store last; None for one without tables."""
    made = "select comment from duckdb_tables() where table_name = 'position' and not temporary"
    told = writer.rows(made)
    for (version,) in writer.rows("select schema_version from position") if told else []:
        if version > SCHEMA_VERSION:
            raise StoreFaultError("store_newer", found=version, known=SCHEMA_VERSION)
        if version < SCHEMA_VERSION:
            raise StoreOutdatedError("store_outdated", found=version, known=SCHEMA_VERSION)
    return str(told[0][0]) if told else None


@cache
def _program() -> str:
    """All that the statements above depend on, as one word that changes with every line of it."""
    told = hashlib.sha256(ENGINE.encode())
    for file in sources():
        told.update(file.read_bytes())
    return told.hexdigest()


def sources() -> list[Path]:
    """The files that statements are made by, those of inner rooms with them."""
    rooms = (Path(__file__).parent, Path(domain.__file__).parent)
    return [
        file
        for room in rooms
        for file in sorted(room.rglob("*.*"))
        if file.suffix in (".py", ".sql", ".toml")
    ]
