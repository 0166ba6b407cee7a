"""Stand-ins that behave like the real thing, small enough to read at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from chanplan.domain.tables import all_tables
from chanplan.ingest.reading.sheet import Relation, Sheet

_KINDS = {
    "text": "varchar",
    "date": "date",
    "amount": "decimal(18, 4)",
    "quantity": "decimal(18, 4)",
    "factor": "decimal(18, 8)",
    "rate": "decimal(18, 8)",
    "integer": "bigint",
    "flag": "boolean",
}
_MONEY = ", ".join(
    f"{part}_{side} decimal(18, 4)"
    for part in ("amount", "list", "discount", "cost")
    for side in ("with_tax", "without_tax")
)
SALES_LINE = f"""create table sales_line (
    batch integer, line bigint, date date, month integer, grain varchar, source varchar,
    basis varchar, line_type varchar, channel varchar, partner varchar, region varchar,
    province varchar, city varchar, product varchar, category varchar, customer varchar,
    salesperson varchar, order_number varchar, original_order varchar,
    quantity decimal(18, 4), unit varchar, base_quantity decimal(18, 4), {_MONEY},
    currency varchar, status varchar, type_word varchar, type_in_file varchar,
    own_rate decimal(18, 8), stated varchar, table_rate decimal(18, 8), rate_by varchar,
    posted_from integer)"""
SIDE_TABLES = (
    "create table member_name (dimension varchar, member varchar, name varchar, batch integer)",
    "create table set_aside (batch integer, line bigint, reason varchar, field varchar,"
    " raw varchar)",
    "create table refund (batch integer, line bigint, date date, amount decimal(18, 4),"
    " told decimal(18, 4), kind varchar)",
)


class FakeWriter:
    """A `Writer` over a DuckDB of its own with the store's tables, no journal, no lock."""

    def __init__(self, path: str = ":memory:") -> None:
        self.connection = duckdb.connect(path)
        self.connection.execute(SALES_LINE)
        for sql in SIDE_TABLES:
            self.connection.execute(sql)
        for table in all_tables().values():
            if table.name != "sales":
                columns = (f'"{c.name}" {_KINDS[c.kind]}' for c in table.columns.values())
                listed = ", ".join(columns)
                self.connection.execute(
                    f"create table {table.name} (batch integer, line bigint, {listed})"
                )

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Rows changed by one statement."""
        found = self.connection.execute(sql, list(values)).fetchone()
        return int(found[0]) if found else 0

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one query."""
        return self.connection.execute(sql, list(values)).fetchall()

    def insert(self, table: str, columns: Mapping[str, str], source: str, given: str = "") -> int:
        """Rows appended."""
        names = ", ".join(f'"{name}"' for name in columns)
        return self.run(
            f"insert into {table} ({names}) {given} select {', '.join(columns.values())} {source}"
        )

    def lend(self, name: str, table: Any) -> None:
        """Register an Arrow table."""
        self.connection.register(name, table)


@dataclass(frozen=True)
class FakeSource:
    """Rows in memory instead of a staging file; lent as one Arrow table of text."""

    rows: tuple[tuple[str | None, ...], ...]
    path: Path = Path("in memory")

    def relation(self, header_line: int, top: tuple[tuple[str | None, ...], ...]) -> Relation:
        """The rows below the header: missing cells NULL, surplus ones in extra."""
        width = len(top[header_line - 1]) if header_line else max(map(len, self.rows))
        below = self.rows[header_line:]
        columns: dict[str, Any] = {
            "line": pa.array(range(header_line + 1, len(self.rows) + 1), pa.int64()),
            **{
                f"c{at}": pa.array([_cell(r, at) for r in below], pa.string())
                for at in range(width)
            },
            "extra": pa.array(["|".join(map(str, r[width:])) or None for r in below], pa.string()),
        }
        return Relation("(select * from lent_rows)", width, {"lent_rows": pa.table(columns)})


def sheet(*rows: str, name: str | None = None, hidden: bool = False) -> Sheet:
    """A sheet written as lines of text whose cells stand between "|"; "" is an empty line."""
    cells = tuple(tuple(row.split("|")) if row else () for row in rows)
    return Sheet(name, None, cells, len(cells), hidden=hidden, source=FakeSource(cells))


def _cell(row: tuple[str | None, ...], at: int) -> str | None:
    return row[at] if at < len(row) else None
