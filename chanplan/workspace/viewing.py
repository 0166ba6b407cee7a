"""Views of the pivot kept by name: saved, renamed, taken away, and read again."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from chanplan.domain.errors import ViewNameError
from chanplan.store import Store
from chanplan.store import views as kept
from chanplan.store.journal import Entry
from chanplan.store.views import VIEW

__all__ = ["VIEW", "SavedView", "SavedViews", "take_in"]

# What a button can show; more is no name.
LONGEST_NAME = 60


@dataclass(frozen=True)
class SavedView:
    """A name, the query of the address it stands for, and who gave it when."""

    name: str
    query: str
    at: str
    by: str


class SavedViews:
    """What people have kept by name, over one open store."""

    def __init__(self, store: Store, changing: AbstractContextManager[object]) -> None:
        self._store = store
        self._changing = changing

    def all(self) -> list[SavedView]:
        """All of them by name."""
        found = self._store.fetch(
            "select name, query, saved_at, saved_by from saved_view order by name"
        )
        return [SavedView(*map(str, row)) for row in found.itertuples(index=False)]

    def save(self, name: str, query: str) -> None:
        """Let a name stand for the query of an address; one that is there already stands for the
        new one then. ViewNameError."""
        with self._changing:
            self._enter(_checked(name), query, None)

    def rename(self, was: str, name: str) -> None:
        """Give a view another name. Raises ViewNameError where that one is taken."""
        with self._changing:
            known = {view.name: view for view in self.all()}
            name = _checked(name)
            if was not in known or name == was:
                return
            if name in known:
                raise ViewNameError("view_name_taken", name=name)
            self._enter(name, known[was].query, was)

    def drop(self, name: str) -> None:
        """Let a name stand for nothing any more; the journal still tells what it stood for."""
        with self._changing:
            if name in {view.name for view in self.all()}:
                self._enter(name, None, None)

    def _enter(self, name: str, query: str | None, was: str | None) -> None:
        body = {"name": name, "query": query, "was": was}
        take_in(self._store, self._store.journal.append(VIEW, body))


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        kept.take_in(writer, entry)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ViewNameError("view_name_length", most=LONGEST_NAME)
    return name
