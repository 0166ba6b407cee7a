"""Alerts muted until a day: muted, brought back, and which are silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from chanplan.store import Store
from chanplan.store import muting as kept
from chanplan.store.journal import Entry
from chanplan.store.muting import MUTE

__all__ = ["MUTE", "mute", "muted", "take_in"]


def muted(store: Store, today: date) -> Mapping[str, date]:
    """Key → the last day on which it is silent, of those that still are."""
    found = store.fetch("select key, until from muted_alert where until >= ? order by key", [today])
    pairs = zip(found["key"], found["until"], strict=True)
    return {str(key): pd.Timestamp(until).date() for key, until in pairs}


def mute(store: Store, key: str, until: date | None) -> None:
    """Keep an alert silent up to a day, that day included; None brings it back."""
    told = None if until is None else until.isoformat()
    take_in(store, store.journal.append(MUTE, {"key": key, "until": told}))


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        kept.take_in(writer, entry)
