"""Alerts that somebody has muted until a day: they come back by themselves."""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store.journal import Entry

MUTE = "alert_mute"


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of kind "alert_mute" says: `key` is silent until `until`, or, where that is
    null, no longer."""
    key, until = str(entry.body["key"]), entry.body["until"]
    writer.run("delete from muted_alert where key = ?", [key])
    if until is not None:
        values = [key, until, entry.at, entry.by]
        writer.run("insert into muted_alert values (?, cast(? as date), ?, ?)", values)
