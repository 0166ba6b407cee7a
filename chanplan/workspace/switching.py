"""Imports are made to count, or not; their rows stay."""

from __future__ import annotations

from collections.abc import Sequence

from chanplan.store import Store, batches, closing
from chanplan.store.journal import Entry


def switch(store: Store, chosen: Sequence[int], active: bool) -> None:
    """Switch batches in one commit. MonthClosedError where that would move a figure of a closed
    month."""
    with store.noting("switch", [{"batches": list(chosen), "active": active}]) as (entry,):
        take_in(store, entry, asked=True)


def take_in(store: Store, entry: Entry, asked: bool = False) -> None:
    """Bring one entry of the journal into the database."""
    # Journals of the first version name one batch.
    chosen = entry.body.get("batches") or [entry.body["batch"]]
    with store.taking_in(entry.seq) as writer, closing.guarded(writer, asked):
        batches.switch(writer, bool(entry.body["active"]), *chosen)
        store.settling.batches(writer, *chosen)
