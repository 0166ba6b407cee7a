"""Which journal entries stand: what came together stands together, what was given up does not.

A later "forget" changes what an earlier import is made from, or takes it away: see `Forgotten`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from chanplan.store.journal import Entry, Journal

IMPORT, ABANDON, FORGET = "import", "abandon", "forget"


@dataclass(frozen=True)
class Forgotten:
    """What an entry of kind "forget" says.

    originals  sha256 of a kept file → of the file that stands in its place, or None
    batches    imports that are gone whole
    """

    seq: int
    originals: Mapping[str, str | None]
    batches: tuple[int, ...]


def forgotten(journal: Journal) -> list[Forgotten]:
    """All of it, oldest first."""
    return [
        Forgotten(entry.seq, entry.body["originals"], tuple(entry.body["batches"]))
        for entry in journal.of_kind(FORGET)
    ]


def groups(journal: Journal, after: int = 0) -> list[list[Entry]]:
    """The entries above a number that stand, oldest first, those that came together in one list."""
    given_up = {entry.body["seq"] for entry in journal.of_kind(ABANDON)}
    gone = {batch for one in forgotten(journal) for batch in one.batches}
    standing = []
    for group in _together(journal.after(after)):
        if _is_whole(group) and not given_up & {entry.seq for entry in group}:
            kept = [entry for entry in group if entry.seq not in gone]
            standing += [kept] if kept else []
    return standing


def torn(journal: Journal, after: int) -> list[Entry]:
    """Imports above a number of which the last that came with them never reached the journal,
    so that none of them came."""
    given_up = {entry.body["seq"] for entry in journal.of_kind(ABANDON)}
    broken = [group for group in _together(journal.after(after)) if not _is_whole(group)]
    return [
        entry for group in broken for entry in group if not given_up & {one.seq for one in group}
    ]


def imports(journal: Journal) -> list[Entry]:
    """Every import that stands."""
    return [entry for group in groups(journal) for entry in group if entry.kind == IMPORT]


def sha_now(journal: Journal, entry: Entry) -> str:
    """The sha256 of the file that an import is made from today."""
    sha = str(entry.body["sha256"])
    for one in forgotten(journal):
        if one.seq > entry.seq:
            sha = one.originals.get(sha) or sha
    return sha


def unneeded(journal: Journal) -> set[str]:
    """Originals that were forgotten, and that no import is made from."""
    gone = {sha for one in forgotten(journal) for sha in one.originals}
    return gone - {sha_now(journal, entry) for entry in imports(journal)}


def _together(entries: Iterable[Entry]) -> list[list[Entry]]:
    return [list(members) for _, members in groupby(entries, _last)]


def _last(entry: Entry) -> tuple[str, int]:
    """The number of the last entry that came with this one; an early journal does not say."""
    alone = entry.kind != IMPORT
    return entry.kind, entry.seq if alone else entry.body.get("together_to", entry.seq)


def _is_whole(group: list[Entry]) -> bool:
    return group[-1].seq == _last(group[-1])[1]
