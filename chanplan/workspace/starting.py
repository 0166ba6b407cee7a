"""A store is opened: journal and database are held against each other, what is missing comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chanplan.domain.errors import RestatedError, StoreFaultError, UnreadableFileError
from chanplan.store import Store, deeds
from chanplan.store.journal import Entry
from chanplan.workspace.records import Told

Deeds = Mapping[str, Callable[[Sequence[Entry]], None]]

# A sentence names so many batches; of more it says how many.
MOST_NAMED = 5


@dataclass(frozen=True)
class BroughtBack:
    """What a start has done about entries that the database had missed.

    loaded    names of files loaded again from their originals
    given_up  names of files whose import had been cut off and cannot be loaded
    """

    loaded: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()


def check(store: Store) -> None:
    """StoreFaultError where the database holds other batches than its journal says, or more."""
    last, home = store.journal.last, str(store.home)
    if store.position > last:
        raise StoreFaultError("journal_short", taken_in=store.position, last=last, home=home)
    due = {one.seq: one for one in deeds.imports(store.journal) if one.seq <= store.position}
    there = {int(batch) for batch in store.fetch("select batch from batch")["batch"]}
    if missing := [one for seq, one in due.items() if seq not in there]:
        told = named(f"{one.seq} ({one.body['name']})" for one in missing)
        raise StoreFaultError("batches_missing", batches=told, count=len(missing), home=home)
    if strange := sorted(there - due.keys()):
        raise StoreFaultError("batches_unknown", batches=named(map(str, strange)), home=home)


def take_in_missed(
    store: Store, how: Deeds, told: Told | None = None, strict: bool = False
) -> BroughtBack:
    """Take in what the journal holds and the database has missed, in order.

    An import that was cut off and cannot be loaded is given up, unless `strict`: then its fault
    is raised.
    """
    if torn := deeds.torn(store.journal, store.position):
        _give_up(store, torn)
    loaded: list[str] = []
    given_up: list[str] = []
    for group in deeds.groups(store.journal, store.position):
        if told:
            told(group[0].seq - 1)
        if group[0].kind not in how:
            continue
        try:
            how[group[0].kind](group)
        except (UnreadableFileError, RestatedError):
            if strict:
                raise
            _give_up(store, group)
            given_up += _names(group)
        else:
            loaded += _names(group)
    return BroughtBack(tuple(loaded), tuple(given_up))


def drop_forgotten(store: Store) -> None:
    """Delete the originals that were forgotten, now that the database is made without them."""
    for sha in deeds.unneeded(store.journal):
        store.originals.drop(sha)


def named(names: Iterable[str]) -> str:
    """The first few of them, and how many more there are."""
    listed = list(names)
    more = f" … +{len(listed) - MOST_NAMED}" if len(listed) > MOST_NAMED else ""
    return ", ".join(listed[:MOST_NAMED]) + more


def _give_up(store: Store, entries: Sequence[Entry]) -> None:
    store.journal.append_all(deeds.ABANDON, [{"seq": entry.seq} for entry in entries])


def _names(group: Sequence[Entry]) -> list[str]:
    return [str(entry.body["name"]) for entry in group if entry.kind == deeds.IMPORT]
