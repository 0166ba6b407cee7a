"""Steps of a month's end that somebody has ticked off, until what they looked at changes."""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store.journal import Entry

TICK = "month_tick"


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of kind "month_tick" says: `step` of `month` is done, for the reason in `note`;
    or, where `done` is false, it is not."""
    month, step = int(entry.body["month"]), str(entry.body["step"])
    writer.run("delete from month_tick where month = ? and step = ?", [month, step])
    if entry.body["done"]:
        values = [month, step, entry.body["note"], entry.seq, entry.at, entry.by]
        writer.run("insert into month_tick values (?, ?, ?, ?, ?, ?)", values)
