"""What the company has said of its own counting, each key's newest word."""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store.journal import Entry

COMPANY = "company"


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of kind "company" says: `key` is `value` from now on, or, where that is null,
    what the settings of the program say."""
    key, value = str(entry.body["key"]), entry.body["value"]
    writer.run("delete from company_word where key = ?", [key])
    if value is not None:
        values = [key, value, entry.body["reason"], entry.seq, entry.at, entry.by]
        writer.run("insert into company_word values (?, ?, ?, ?, ?, ?)", values)
