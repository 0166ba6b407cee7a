"""What people did, in order, one line a deed: the store is rebuilt from it. Nothing of it is ever
changed, but for names that must be forgotten.

An entry is on the disk (fsync) before the database hears of it. The database stores the
number of the last entry it took in, so that a start can tell what is still to be replayed.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chanplan.domain.errors import StoreFaultError
from chanplan.domain.writing import writing
from chanplan.store.originals import sync_folder


@dataclass(frozen=True)
class Entry:
    """One deed. `seq` counts from 1; `kind` names the command; `body` is its plain data."""

    seq: int
    at: str
    by: str
    kind: str
    body: Mapping[str, Any]


class Journal:
    """The file of entries. One process writes it, guarded by the store's lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch(exist_ok=True)
        self._drop_torn_end()
        self._entries = _entries(path)

    @property
    def last(self) -> int:
        """The number of the newest entry, 0 when there is none."""
        return self._entries[-1].seq if self._entries else 0

    def after(self, seq: int) -> list[Entry]:
        """The entries with a higher number, oldest first."""
        return [entry for entry in self._entries if entry.seq > seq]

    def of_kind(self, kind: str) -> list[Entry]:
        """All entries of one command, oldest first."""
        return [entry for entry in self._entries if entry.kind == kind]

    def append(self, kind: str, body: Mapping[str, Any]) -> Entry:
        """Write one entry through to the disk and return it."""
        return self.append_all(kind, [body])[0]

    def append_all(self, kind: str, bodies: Sequence[Mapping[str, Any]]) -> list[Entry]:
        """Write entries of one command through to the disk, in one go, and return them."""
        at, by = datetime.now(UTC).isoformat(timespec="seconds"), author()
        entries = [
            Entry(seq, at, by, kind, body) for seq, body in enumerate(bodies, start=self.last + 1)
        ]
        self._write("".join(map(_line, entries)).encode("utf-8"))
        self._entries += entries
        return entries

    def append_and_tell_anew(
        self, kind: str, body: Mapping[str, Any], bodies: Mapping[int, Mapping[str, Any]]
    ) -> Entry:
        """One more entry, and earlier ones with another body, by number: all of it or nothing."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        entry = Entry(self.last + 1, at, author(), kind, body)
        told = [replace(one, body=bodies.get(one.seq, one.body)) for one in self._entries]
        entries = [*told, entry]
        fresh = self._path.with_suffix(".part")
        try:
            with writing(), fresh.open("wb") as file:
                file.write("".join(map(_line, entries)).encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
            sync_folder(self._path.parent)
        finally:
            fresh.unlink(missing_ok=True)
        self._entries = entries
        return entry

    def take_back(self, entries: Sequence[Entry]) -> None:
        """Cut off the last entries: a deed that was never done, where there is no room left to
        write so."""
        kept = len(self._entries) - len(entries)
        if self._entries[kept:] != list(entries):
            raise ValueError("only the last entries can be taken back")
        lines = self._path.read_bytes().split(b"\n")
        self._cut(sum(len(line) + 1 for line in lines[:kept]))
        del self._entries[kept:]

    def _write(self, lines: bytes) -> None:
        """All of it or nothing: a line that was half written would spoil the next."""
        before = self._path.stat().st_size
        try:
            with writing(), self._path.open("ab", buffering=0) as file:
                left = memoryview(lines)
                while left:
                    left = left[file.write(left) :]
                os.fsync(file.fileno())
        except BaseException:
            with suppress(PermissionError):  # then nothing was written
                self._cut(before)
            raise

    def _cut(self, size: int) -> None:
        with self._path.open("r+b") as file:
            file.truncate(size)
            os.fsync(file.fileno())

    def _drop_torn_end(self) -> None:
        """A last line without its line break was being written when the power went: it was
        never acknowledged, so it is cut off."""
        content = self._path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            self._cut(whole)


def _line(entry: Entry) -> str:
    return json.dumps(entry.__dict__, ensure_ascii=False, separators=(",", ":")) + "\n"


def _entries(path: Path) -> list[Entry]:
    """Every line, cut at line breaks alone: a name may hold other signs that end a line.

    StoreFaultError names a line that is no entry, or out of its order.
    """
    entries: list[Entry] = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError):
            entry = None
        if entry is None or entry.seq != number:
            raise StoreFaultError("journal_damaged", file=path, line=number)
        entries.append(entry)
    return entries


def author() -> str:
    """The account that runs the program; a container may have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
