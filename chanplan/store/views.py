"""Saved views: names that people gave to what a page showed, for everyone who opens the store."""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store.journal import Entry

VIEW = "view"


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of kind "view" says: `name` now stands for `query`, or, where that is null,
    for nothing; `was` is the name it had before, null where it is new."""
    name, query, was = (entry.body.get(part) for part in ("name", "query", "was"))
    writer.run("delete from saved_view where name = ? or name = ?", [name, was])
    if query is not None:
        values = [name, query, entry.at, entry.by]
        writer.run("insert into saved_view values (?, ?, ?, ?)", values)
