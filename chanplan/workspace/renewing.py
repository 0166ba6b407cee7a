"""A database is made anew beside the old one, which goes only once the new one is complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from chanplan.domain.errors import StoreOutdatedError
from chanplan.store import Store, deeds, keeping


def opened(open_store: Callable[[], Store], renew: Callable[[], None]) -> Store:
    """The store, made anew first where an older program made it, or where something was
    forgotten that its file may still hold."""
    try:
        store = open_store()
    except StoreOutdatedError:
        renew()
        return open_store()
    if all(one.seq <= store.position for one in deeds.forgotten(store.journal)):
        return store
    store.close()
    renew()
    return open_store()


def make_anew(home: Path, fill: Callable[[], None]) -> str | None:
    """Have a fresh database filled, then let it take the old one's place.

    Killed at any moment, the folder holds a whole database or, between two renamings, none, and
    then the next start fills one from the journal. Returns the old one's new name.
    """
    keeping.drop(home, keeping.FRESH)
    try:
        fill()
    except BaseException:
        keeping.drop(home, keeping.FRESH)
        raise
    aside = keeping.set_aside(home, keeping.DATABASE, keeping.REPLACED)
    keeping.take_place(home)
    return aside
