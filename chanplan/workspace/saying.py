"""What the company says of its own counting: said, heard again, and taken in."""

from __future__ import annotations

from chanplan.domain import company as domain
from chanplan.domain.company import Company
from chanplan.store import Store
from chanplan.store import company as kept
from chanplan.store.company import COMPANY
from chanplan.store.journal import Entry

__all__ = ["COMPANY", "company", "say", "take_in"]


def company(store: Store) -> Company:
    """All that is said today."""
    found = store.fetch("select key, value from company_word")
    return domain.company(dict(zip(found["key"], found["value"], strict=True)))


def say(store: Store, key: str, value: str | None, reason: str | None) -> None:
    """Say one thing; None takes it back. BadSettingError for what cannot be said."""
    domain.check(key, value)
    body = {"key": key, "value": value, "reason": reason}
    with store.noting(COMPANY, [body]) as (entry,):
        take_in(store, entry)


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        kept.take_in(writer, entry)
