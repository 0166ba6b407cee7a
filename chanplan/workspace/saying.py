"""What the company says of its own counting: said, heard again, and taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from chanplan.domain import company as domain
from chanplan.domain.company import Company
from chanplan.domain.ports import Writer
from chanplan.domain.scope import TAX_VIEWS, Basis, TaxView
from chanplan.store import Store, closing
from chanplan.store import company as kept
from chanplan.store.company import COMPANY
from chanplan.store.journal import Entry

__all__ = ["COMPANY", "company", "say", "take_in", "tax"]


def company(store: Store) -> Company:
    """All that is said today."""
    found = store.fetch("select key, value from company_word")
    return domain.company(dict(zip(found["key"], found["value"], strict=True)))


def tax(store: Store, basis: Basis) -> TaxView:
    """The side of the tax to show where nobody asks for one: the company's, where lines of the
    basis tell it; with tax where the company has not said."""
    said = company(store).tax
    usual = next((view for view in TAX_VIEWS if view == said), TAX_VIEWS[0])
    sides = sorted(TAX_VIEWS, key=lambda view: view != usual)
    return next((view for view in sides if _told(store, basis, view)), TAX_VIEWS[0])


def _told(store: Store, basis: Basis, view: TaxView) -> bool:
    found = store.fetch(
        f"select 1 from rollup_partner where basis = ? and amount_{view} is not null limit 1",
        [basis],
    )
    return not found.empty


def say(store: Store, words: Mapping[str, str | None], reason: str | None) -> None:
    """Say one thing, or several in one commit; None takes a word back. BadSettingError for what
    cannot be said, MonthClosedError where it would move a figure of a closed month."""
    for key, value in words.items():
        domain.check(key, value)
    if words:
        bodies = [{"key": key, "value": value, "reason": reason} for key, value in words.items()]
        with store.noting(COMPANY, bodies) as entries:
            take_in(store, entries, asked=True)


def take_in(store: Store, entries: Sequence[Entry], asked: bool = False) -> None:
    """Bring entries of the journal into the database."""
    with store.taking_in(entries[-1].seq) as writer, closing.guarded(writer, asked):
        for entry in entries:
            kept.take_in(writer, entry)
        store.count_anew(writer)


@contextmanager
def tried(store: Store, words: Mapping[str, str | None]) -> Iterator[Writer]:
    """The store as it would be, closed months or not; nothing is kept."""
    for key, value in words.items():
        domain.check(key, value)
    with store.trying() as writer:
        for key, value in words.items():
            kept.put(writer, key, value, None, 0, "", "")
        store.count_anew(writer)
        yield writer
