"""Closed months: their figures stand until someone opens the month again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.period import readable
from chanplan.domain.ports import Writer
from chanplan.store import rollups, snapshots
from chanplan.store.journal import Entry

CLOSE = "close"

# The summaries that every figure of a month is made from.
_SUMMARIES = (
    *rollups.ROLLUPS,
    # Counted with others, or kept one by one, an order is the same figure.
    f"({rollups.order_cells('month in (select month from closed_month)')})",
)


def take_in(writer: Writer, entry: Entry) -> dict[int, str]:
    """What an entry of kind CLOSE says: months are closed or opened again; one without a kind,
    of an early journal, closes for good. Returns month → checksum of the snapshot made of it."""
    months = sorted({int(month) for month in entry.body["months"]})
    if not entry.body["closed"]:
        _lock(writer, months, None)
        snapshots.opened(writer, months, entry.seq)
        return {}
    kind = entry.body.get("kind", "final")
    if kind == "final":
        _lock(writer, months, entry.seq)
    return {month: snapshots.take(writer, month, kind, entry) for month in months}


def _lock(writer: Writer, months: Sequence[int], seq: int | None) -> None:
    """`seq` is the number of the journal entry that closes them, None: they are open."""
    writer.run("delete from closed_month where month in (select unnest(?::integer[]))", [months])
    if seq is not None:
        writer.run("insert into closed_month select unnest(?::integer[]), ?", [months, seq])


@contextmanager
def guarded(writer: Writer, asked: bool = True, code: str = "month_closed") -> Iterator[None]:
    """Around a change that a person has asked for: raises MonthClosedError, with `code`, where
    it moves a figure of a closed month, so that the change is taken back whole. What changes
    nothing there may pass."""
    before = _figures(writer) if asked else {}
    yield
    if not before:
        return
    after = _figures(writer)
    moved = sorted(month for month, told in before.items() if after[month] != told)
    if moved:
        raise MonthClosedError(code, months=readable(moved))


def _figures(writer: Writer) -> dict[int, tuple[int, ...]]:
    """Closed month → a checksum of each summary of it."""
    closed = [month for (month,) in writer.rows("select month from closed_month")]
    if not closed:
        return {}
    found: dict[int, list[int]] = {month: [] for month in closed}
    for name in _SUMMARIES:
        rows = writer.rows(
            f"select month, sum(hash(told::varchar)::hugeint) from {name} as told"
            " semi join closed_month using (month) group by month"
        )
        told = {int(month): int(sums) for month, sums in rows}
        for month, sums in found.items():
            sums.append(told.get(month, 0))
    return {month: tuple(sums) for month, sums in found.items()}
