"""Steps of a month's end ticked off, or open again."""

from __future__ import annotations

from collections.abc import Mapping

from chanplan.analysis.month_end.steps import STEPS, Tick
from chanplan.domain.errors import BadQueryError
from chanplan.store import Store
from chanplan.store import ticks as kept
from chanplan.store.journal import Entry
from chanplan.store.ticks import TICK

__all__ = ["TICK", "take_in", "tick", "ticks"]


def tick(store: Store, month: int, step: str, done: bool, note: str | None = None) -> None:
    """Say that a step is done, and why, or that it is not. BadQueryError for no such step."""
    if step not in STEPS:
        raise BadQueryError("no_such_step", name=step, known=", ".join(STEPS))
    body = {"month": month, "step": step, "done": done, "note": note}
    with store.noting(TICK, [body]) as (entry,):
        take_in(store, entry)


def ticks(store: Store, month: int) -> Mapping[str, Tick]:
    """Step → who has ticked it."""
    found = store.fetch("select * from month_tick where month = ?", [month])
    return {
        str(row["step"]): Tick(str(row["said_by"]), str(row["said_at"]), row["note"],
                               int(row["seq"]))
        for row in found.to_dict("records")
    }  # fmt: skip


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        kept.take_in(writer, entry)
