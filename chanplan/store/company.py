"""What the company has said of its own counting, each key's newest word."""

from __future__ import annotations

from chanplan.domain import company as domain
from chanplan.domain.company import Company
from chanplan.domain.ports import Writer
from chanplan.store.journal import Entry

COMPANY = "company"


def words(writer: Writer) -> Company:
    """All that is said so far."""
    return domain.company(dict(writer.rows("select key, value from company_word")))


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of kind "company" says: `key` is `value` from now on, or, where that is null,
    what the settings of the program say."""
    key, value = str(entry.body["key"]), entry.body["value"]
    put(writer, key, value, entry.body["reason"], entry.seq, entry.at, entry.by)


def put(writer: Writer, key: str, value: str | None, *said: object) -> None:
    """The same of one key; `said`: the reason, the entry's number, when, and by whom."""
    writer.run("delete from company_word where key = ?", [key])
    if value is not None:
        writer.run("insert into company_word values (?, ?, ?, ?, ?, ?)", [key, value, *said])
