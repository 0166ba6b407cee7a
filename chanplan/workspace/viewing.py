"""Views of the pivot kept by name: saved, renamed, taken away, and read again."""

from __future__ import annotations

from dataclasses import dataclass

from chanplan.domain.errors import ViewNameError
from chanplan.store import Store
from chanplan.store import views as kept
from chanplan.store.journal import Entry
from chanplan.store.views import VIEW

__all__ = ["VIEW", "SavedView", "drop", "rename", "save", "take_in", "views"]

# What a button can show; more is no name.
LONGEST_NAME = 60


@dataclass(frozen=True)
class SavedView:
    """A name, the query of the address it stands for, and who gave it when."""

    name: str
    query: str
    at: str
    by: str


def views(store: Store) -> list[SavedView]:
    """All of them by name."""
    found = store.fetch("select name, query, saved_at, saved_by from saved_view order by name")
    return [SavedView(*map(str, row)) for row in found.itertuples(index=False)]


def save(store: Store, name: str, query: str) -> None:
    """Let a name stand for a query; one that is there already stands for the new one then."""
    _enter(store, _checked(name), query, None)


def rename(store: Store, was: str, name: str) -> None:
    """Give a view another name. Raises ViewNameError where that one is taken."""
    known = {view.name: view for view in views(store)}
    name = _checked(name)
    if was not in known or name == was:
        return
    if name in known:
        raise ViewNameError("view_name_taken", name=name)
    _enter(store, name, known[was].query, was)


def drop(store: Store, name: str) -> None:
    """Let a name stand for nothing any more; the journal still tells what it stood for."""
    if name in {view.name for view in views(store)}:
        _enter(store, name, None, None)


def _enter(store: Store, name: str, query: str | None, was: str | None) -> None:
    take_in(store, store.journal.append(VIEW, {"name": name, "query": query, "was": was}))


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        kept.take_in(writer, entry)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ViewNameError("view_name_length", most=LONGEST_NAME)
    return name
