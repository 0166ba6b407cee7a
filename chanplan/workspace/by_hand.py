"""Tables that people say in the app: saved as files like any other, so that journal, undo, history
and trace hold for them; and what they would move, seen before."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO

import pandas as pd

from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.line_types import COUNTED
from chanplan.domain.ports import Rows
from chanplan.domain.tables import table
from chanplan.ingest.recognise import Hints
from chanplan.store.gateway import Transaction
from chanplan.workspace.records import Outcome
from chanplan.workspace.workspace import Workspace

# Where such files come from, for the table of imports.
SOURCE = "手工录入"
# Sources that no file is waited for.
SOURCES = (SOURCE, ADJUSTED)
# A column that says when, so that the same rows said again are another file and count again.
SAID_AT = "保存时间"

Said = Sequence[Mapping[str, str]]
MOVED = ("basis", "month", "channel")
_SIDES = ("with_tax", "without_tax")
# Money is told of the currency that most lines are in: other money is never added to it.
SUMS = f"""
    with main as (
        select currency_low as currency from rollup_partner
        group by currency_low order by sum(lines) desc, currency_low limit 1
    ), told as (
        select basis, month, channel, base_quantity, lines,
            case when currency_low = currency and currency_high = currency
                then amount_with_tax end as with_tax,
            case when currency_low = currency and currency_high = currency
                then amount_without_tax end as without_tax
        from rollup_partner cross join main where line_type in {COUNTED}
    )
    select basis, month, channel, sum(with_tax), sum(without_tax), sum(base_quantity), sum(lines)
    from told group by basis, month, channel"""
_FIGURES = (*_SIDES, "quantity", "lines")


def save(
    space: Workspace,
    kind: str,
    rows: Said,
    note: str | None = None,
    *,
    name: str | None = None,
    source: str = SOURCE,
) -> Outcome:
    """Import rows (column of the table → text) of an uploaded table as a file of its own.

    `note` says why. Raises what an import raises: MonthClosedError where a figure of a closed
    month would move.
    """
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    text, heads = _written(kind, rows, at)
    original = space.receive(name or f"{source}_{table(kind).zh}.csv", text)
    proposal = space.inspect(
        original, Hints(table=kind, source=source, columns=heads, fill_down="no")
    )
    return space.load(original, proposal, note=note)


def moves(space: Workspace, kind: str, rows: Said, *, source: str = SOURCE) -> pd.DataFrame:
    """What saving these rows would move, tried and taken back.

    One row per basis, month and channel whose figures would differ: basis, month, channel,
    then before and after of net sales on either side of the tax (Decimal or None), of the quantity
    in base units and of lines ("with_tax_before", "with_tax_after", …), and `closed`: the month
    is closed, so that saving would be refused.
    """
    text, heads = _written(kind, rows, "")
    original = space.receive(f"{source}_{table(kind).zh}.csv", text)
    proposal = space.inspect(
        original, Hints(table=kind, source=source, columns=heads, fill_down="no")
    )
    closed = set(space.closings.closed())
    with space.tried(original, proposal) as reader:
        after = sums(reader.rows(SUMS))
    with space.store.trying() as reader:
        before = sums(reader.rows(SUMS))
    space.store.originals.drop(original.sha256)  # only tried: nothing is made from it
    return differences(before, after, closed)


@contextmanager
def tried(
    space: Workspace, kind: str, rows: Said, *, source: str = SOURCE
) -> Iterator[Transaction]:
    """The store as it would be with these rows said, to be looked at; nothing is kept."""
    text, heads = _written(kind, rows, "")
    original = space.receive(f"{source}_{table(kind).zh}.csv", text)
    try:
        proposal = space.inspect(
            original, Hints(table=kind, source=source, columns=heads, fill_down="no")
        )
        with space.tried(original, proposal) as reader:
            yield reader
    finally:
        space.store.originals.drop(original.sha256)  # only tried: nothing is made from it


Sums = dict[tuple[str, int, str], tuple[object, ...]]


def sums(rows: Rows) -> Sums:
    """The rows of `SUMS` by basis, month and channel."""
    return {(row[0], row[1], row[2]): row[3:] for row in rows}


def differences(before: Sums, after: Sums, closed: set[int]) -> pd.DataFrame:
    """Where they differ, as `moves` tells it."""
    nothing = (None,) * len(_FIGURES)
    found = []
    for place in sorted({*before, *after}, key=lambda one: tuple(map(str, one))):
        was, now = before.get(place, nothing), after.get(place, nothing)
        if was != now:
            told = [value for pair in zip(was, now, strict=True) for value in pair]
            found.append([*place, *told, place[1] in closed])
    heads = [f"{name}_{when}" for name in _FIGURES for when in ("before", "after")]
    return pd.DataFrame(found, columns=[*MOVED, *heads, "closed"], dtype=object)


def _written(kind: str, rows: Said, at: str) -> tuple[bytes, dict[str, str]]:
    """The file, and column → its heading. A column that no row tells is left out."""
    declared = table(kind).columns
    used = [name for name in declared if any(row.get(name) for row in rows)]
    heads = {name: declared[name].zh for name in used}
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*heads.values(), SAID_AT])
    writer.writerows([[*(row.get(name, "") for name in used), at] for row in rows])
    return text.getvalue().encode(), heads
