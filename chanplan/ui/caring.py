"""Deeds for which the store is closed a while: its database made anew, something forgotten.

Every session waits for them with the same progress, and goes on by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import session
from chanplan.ui.session import say
from chanplan.ui.worker import Task, watch, worker
from chanplan.workspace import Rebuilt, rebuild
from chanplan.workspace.forgetting import Forgot, forget_batch, forget_column

# Faults of a start that the journal and the originals can mend.
REBUILDABLE = ("batches_missing", "batches_unknown", "journal_short", "store_damaged")


@dataclass(kw_only=True)
class Care(Task):
    """Told (journal entries taken in, entries in all) while the database is made anew."""

    done: int = 0
    entries: int = 0

    def share(self) -> float:
        """Entries taken in, of all."""
        return self.done / max(self.entries, 1)

    def told(self) -> str:
        """How far the database is."""
        return say("made_anew.making", at=min(self.done + 1, self.entries), of=self.entries)

    def tell(self, done: int, entries: int) -> None:
        """Called by the work itself."""
        self.done, self.entries = done, entries


@dataclass(kw_only=True)
class Rebuilding(Care):
    """The database made anew from originals and journal."""

    made: Rebuilt | None = field(default=None)

    def work(self) -> None:
        """The old database is kept aside where it held something else."""
        with session.put_away() as settings:
            self.made = rebuild(settings, self.tell)


@dataclass(kw_only=True)
class Forgetting(Care):
    """A column, or an import by its number, out of the store and its originals."""

    what: str | int
    made: Forgot | None = field(default=None)

    def work(self) -> None:
        """Refused, and nothing changed, where a figure needs it."""
        with session.put_away() as settings:
            if isinstance(self.what, int):
                self.made = forget_batch(settings, self.what, self.tell)
            else:
                self.made = forget_column(settings, self.what, self.tell)


def start(task: Care) -> None:
    """Have it done in its turn; the page waits."""
    worker().give(task)


def wait() -> None:
    """Where the store is away because of such a deed: its progress, then the page as asked."""
    task = worker().at_work()
    if isinstance(task, Care):
        st.title(say("made_anew.title"))
        st.caption(say("made_anew.says"))
        watch(task)
        st.rerun()


def failed() -> ChanplanError | str | None:
    """Why the last rebuilding did not come about."""
    task = worker().last(Rebuilding)
    return None if task is None else task.fault


def rebuild_button() -> None:
    """Make the database anew, here and now."""
    st.button(
        say("made_anew.rebuild"),
        key="rebuild",
        type="primary",
        icon=":material/restart_alt:",
        on_click=_rebuild,
    )


def _rebuild() -> None:
    start(Rebuilding())
