"""Alerts muted until a day: muted, brought back, and which are silent."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date

import pandas as pd

from chanplan.store import Store
from chanplan.store import muting as kept
from chanplan.store.journal import Entry
from chanplan.store.muting import MUTE

__all__ = ["MUTE", "Mutings", "take_in"]


class Mutings:
    """Which alerts are silent, over one open store."""

    def __init__(self, store: Store, changing: AbstractContextManager[object]) -> None:
        self._store = store
        self._changing = changing

    def muted(self, today: date) -> Mapping[str, date]:
        """Key → the last day on which it is silent, of those that still are."""
        found = self._store.fetch(
            "select key, until from muted_alert where until >= ? order by key", [today]
        )
        pairs = zip(found["key"], found["until"], strict=True)
        return {str(key): pd.Timestamp(until).date() for key, until in pairs}

    def mute(self, key: str, until: date | None) -> None:
        """Keep an alert silent up to a day, that day included; None brings it back."""
        told = None if until is None else until.isoformat()
        with self._changing:
            take_in(self._store, self._store.journal.append(MUTE, {"key": key, "until": told}))


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        kept.take_in(writer, entry)
