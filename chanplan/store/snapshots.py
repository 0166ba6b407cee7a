"""What every figure of a month was when somebody closed it: the month's summaries, kept.

Amounts are kept by the batch of their lines too, so that a later change can be told by whoever
made it. Attributes are kept as of then, once where an earlier snapshot has the same. Nothing
reads a snapshot unless it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from chanplan.domain.closing import SnapKind, Snapshot
from chanplan.domain.moving import MOVING
from chanplan.domain.ports import Writer
from chanplan.domain.scope import ATTRIBUTE_VIEWS
from chanplan.store import rollups
from chanplan.store.journal import Entry

_PLACED = ("source", "basis", *rollups.PLACE)
# Table → column → SQL type, beside `snap`: amounts by batch, orders, customers, attributes.
ORDERS, STRADDLING, CUSTOMERS = "snap_order_alone", "snap_order_straddle", "snap_customer"
ATTRIBUTES = "snap_attribute"
# Where partners counted that the company had moved, under either attribute view: see moving.py.
MOVED = "snap_moved"
_TEXT = "varchar"
_SUMMARIES: Mapping[str, Mapping[str, str]] = {
    **{f"snap_{name}": {"batch": "integer", **rollups.columns(name)} for name in rollups.ROLLUPS},
    ORDERS: {**dict.fromkeys(rollups.CELL, _TEXT), "month": "integer", "orders": "bigint"},
    STRADDLING: {**dict.fromkeys(rollups.CELL, _TEXT), "month": "integer", "order_number": _TEXT},
    CUSTOMERS: dict.fromkeys((*_PLACED, "customer"), _TEXT),
    MOVED: dict.fromkeys(("attributes", "partner", *MOVING), _TEXT),
}
_ATTRIBUTES = {
    **dict.fromkeys(("dimension", "member", "attribute", "value"), _TEXT),
    "from_month": "integer",
    "to_month": "integer",
}
# The tables of closings; all that a month's closing and opening without a change moves.
OWN = ("snap", *_SUMMARIES, ATTRIBUTES, "closed_month")
# Stands between the columns of a row that is hashed, where no name has it.
_GAP = "chr(31)"


def create(writer: Writer) -> None:
    """Make the empty tables where they are missing."""
    for table, columns in {**_SUMMARIES, ATTRIBUTES: _ATTRIBUTES}.items():
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        writer.run(f"create table if not exists {table} (snap integer, {listed})")


def take(writer: Writer, month: int, kind: SnapKind, entry: Entry) -> str:
    """Keep what every figure of a month is now; returns its checksum. Summaries must be up to
    date. `entry` is the deed that says so, whose body may hold the checksum it came to then."""
    [(last,)] = writer.rows("select coalesce(max(id), 0) from snap")
    snap = int(last) + 1
    for table in _SUMMARIES:
        names = ", ".join(_SUMMARIES[table])
        rows = f"select {snap}, {names} from ({_now(table, month)})"
        writer.run(f"insert into {table} (snap, {names}) {rows}")
    attributes, attributes_sum = _keep_attributes(writer, snap)
    checksum = _checksum(writer, snap, attributes_sum)
    body = entry.body
    writer.run(
        "insert into snap values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
        [
            *(snap, month, kind, entry.seq, entry.at, entry.by, body.get("reason"), checksum),
            *(body.get("checksums", {}).get(str(month)), attributes, attributes_sum),
        ],
    )
    return checksum


def opened(writer: Writer, months: Sequence[int], seq: int) -> None:
    """Note which entry has opened these months again."""
    writer.run(
        "update snap set undone_seq = ? where kind = 'final' and undone_seq is null"
        " and month in (select unnest(?::integer[]))",
        [seq, list(months)],
    )


def snapshot(row: Mapping[Any, Any]) -> Snapshot:
    """A row of table snap, as a frame has it: what is not stated may be a number that is none."""
    told: dict[Any, Any] = {name: None if value != value else value for name, value in row.items()}
    opened = told["undone_seq"]
    return Snapshot(
        int(told["id"]), int(told["month"]), told["kind"], int(told["seq"]), str(told["said_at"]),
        str(told["said_by"]), told["reason"], str(told["checksum"]), told["journalled"],
        None if opened is None else int(opened),
    )  # fmt: skip


def _now(table: str, month: int) -> str:
    """SQL of the rows of a snapshot's table as they are now."""
    if table == CUSTOMERS:
        placed = ", ".join(f"kept.{name}" for name in _PLACED)
        return (
            f"select distinct {placed}, customer from customer_months as kept join calendar"
            f" on calendar.month = {month:d} and calendar.era = kept.era"
            " and (kept.mask & calendar.bit) <> 0"
        )
    if table == MOVED:
        return " union all ".join(
            f"select '{view}' as attributes, partner, {', '.join(MOVING)} from moved_{view}"
            f" where month = {month:d}"
            for view in ATTRIBUTE_VIEWS
        )
    if table in (ORDERS, STRADDLING):
        return f"select * from {table.removeprefix('snap_')} where month = {month:d}"
    keys = ("batch", *rollups.ROLLUPS[table.removeprefix("snap_")])
    columns = ", ".join(f"{sql} as {name}" for name, sql in rollups.sums(keys).items())
    return f"select {columns} from line_facts where month = {month:d} group by {', '.join(keys)}"


def _keep_attributes(writer: Writer, snap: int) -> tuple[int, str]:
    """Which snapshot holds the attributes of this one, and their checksum."""
    found = _sum_of(writer, "select * from attribute_then", _ATTRIBUTES)
    same = writer.rows("select attributes from snap where attributes_sum = ? limit 1", [found])
    if same:
        return int(same[0][0]), found
    names = ", ".join(_ATTRIBUTES)
    writer.run(
        f"insert into {ATTRIBUTES} (snap, {names}) select {snap}, {names} from attribute_then"
    )
    return snap, found


def _checksum(writer: Writer, snap: int, attributes_sum: str) -> str:
    """One word for all that a snapshot holds, whichever version of the engine works it out."""
    parts = [
        _sum_of(writer, f"select * from {table} where snap = {snap}", columns)
        for table, columns in _SUMMARIES.items()
    ]
    return hashlib.sha256(" ".join([*parts, attributes_sum]).encode()).hexdigest()[:32]


def _sum_of(writer: Writer, rows: str, columns: Mapping[str, str]) -> str:
    """How many rows there are, and the sum of their hashes. What is not stated says nothing, so
    that a column that is added later, and empty, changes no checksum."""
    told = ", ".join(f"'{name}=' || {name}::varchar" for name in sorted(columns))
    [(count, total)] = writer.rows(
        f"select count(*), coalesce(sum(md5_number_lower(concat_ws({_GAP}, {told}))::hugeint), 0)"
        f" from ({rows})"
    )
    return f"{count}:{total}"
