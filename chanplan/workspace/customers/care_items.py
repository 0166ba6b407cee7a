"""Care items and the playbook: read, written so that nobody's word is overwritten, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

import pandas as pd

from chanplan.domain.care import CLOSED, Item, key_of
from chanplan.domain.errors import CareError
from chanplan.domain.playbook import LEAST_DAYS, MOST_DAYS, Play, Tongue, defaults
from chanplan.store import Store, care
from chanplan.store.care import BACK, PLAYBOOK, SAID
from chanplan.store.journal import Entry

_NAMES = tuple(field.name for field in fields(Item))
_DATES = ("opened", "due", "contacted")
LONGEST_TEXT = 500
# What an item says that nobody has written on.
BLANK = Item("", "", "", None).says()


class Space(Protocol):
    """What writing needs of a workspace."""

    @property
    def store(self) -> Store:
        """The open store."""

    def still(self) -> AbstractContextManager[None]:
        """Nothing changes meanwhile."""


@dataclass(frozen=True)
class Late:
    """A word that would have written over one its author did not know of."""

    wanted: Item
    standing: Item


@dataclass(frozen=True)
class Written:
    """What came of words on items: the journal entry (None: nothing new was said), the keys it
    is about, and what was held back."""

    seq: int | None
    keys: tuple[str, ...] = ()
    late: tuple[Late, ...] = ()


def items(store: Store, population: str | None = None, customer: str | None = None) -> list[Item]:
    """Every item as it stands, under its customer's master, those of a population (and such as
    do not say theirs) and a customer; the newest opening first."""
    frame = store.fetch(
        f"select {', '.join(_NAMES)} from care_items"
        " where (? is null or population in (?, '')) and (? is null or customer = ?)"
        " order by opened desc nulls last, seq desc, key",
        [population, population, customer, customer],
    )
    return [_item(row) for row in frame.to_dict("records")]


def say(space: Space, words: Sequence[Item], base: int) -> Written:
    """Write what is new among these words in one entry of the journal.

    base  the data version (`Workspace.version`) that their author was looking at: an item that
          has changed since stays as it is, and is told

    CareError where an item has no customer, or a text is too long to be one.
    """
    with space.still():
        standing = {one.key: one for one in items(space.store)}
        fresh, late = [], []
        for word in (_checked(one) for one in words):
            now = standing.get(word.key)
            if word.says() == (BLANK if now is None else now.says()):
                continue
            if now is not None and now.seq > base:
                late.append(Late(word, now))
            else:
                fresh.append(word)
        if not fresh:
            return Written(None, late=tuple(late))
        body = {"items": [care.to_json(one) for one in fresh], "base": base}
        seq = _enter(space.store, SAID, body)
        return Written(seq, tuple(one.key for one in fresh), tuple(late))


def take_back(space: Space, seq: int) -> None:
    """Take an entry of words back: every item reads as before it.

    CareError where there is no such entry, or something newer has been said of one of its items.
    """
    with space.still():
        found = space.store.fetch(
            "select word.key, item.seq from care_word as word join care_item as item using (key)"
            " where word.seq = ?",
            [seq],
        )
        if found.empty:
            raise CareError("care_no_entry", seq=seq)
        if (found["seq"] > seq).any():
            raise CareError("care_moved_on", count=int((found["seq"] > seq).sum()))
        _enter(space.store, BACK, {"seq": seq})


def newest(store: Store) -> tuple[int, int] | None:
    """The newest entry of words that could be taken back, and how many items it is about."""
    found = store.fetch(
        "select seq, count(*) as items from care_word group by seq order by seq desc limit 1"
    )
    return None if found.empty else (int(found["seq"].iloc[0]), int(found["items"].iloc[0]))


def playbook(store: Store, language: Tongue) -> Mapping[str, Play]:
    """Segment → its play: the company's own, else the one that comes with the product."""
    found = store.fetch("select segment, action, days, seq from care_play order by segment")
    own = {
        str(segment): Play(str(segment), str(action), int(days), True, int(seq))
        for segment, action, days, seq in found.itertuples(index=False, name=None)
    }
    return {**defaults(language), **own}


def write_plays(
    space: Space, plays: Sequence[Play], base: int, language: Tongue
) -> tuple[Play, ...]:
    """Keep lines of the playbook; the plays that stand where somebody has changed one since
    version `base`, which is then left as it is. An empty action gives the default back."""
    with space.still():
        known, late = playbook(space.store, language), []
        if not all(map(_fits, plays)):
            raise CareError("care_play", least=LEAST_DAYS, most=MOST_DAYS, long=LONGEST_TEXT)
        for play in plays:
            now, action = known.get(play.segment), " ".join(play.action.split())
            if now is not None and (now.action, now.days) == (action, play.days):
                continue
            if now is not None and now.seq > base:
                late.append(now)
                continue
            body = {"segment": play.segment, "action": action or None, "days": play.days}
            _enter(space.store, PLAYBOOK, body)
        return tuple(late)


def untaken(store: Store, batch: int | None = None) -> pd.DataFrame:
    """Rows of uploaded care records that count for nothing, and why: batch, file, line, fate,
    over_at, over_by (whose word stands), and the item as the row tells it."""
    told = ", ".join(f"row.{name}" for name in ("population", "customer", "opened", "owner",
                     "due", "state", "action", "result", "contacted"))  # fmt: skip
    return store.fetch(
        f"""
        select fate.batch, batch.name as file, fate.line, fate.key, fate.fate, fate.over_seq,
            item.said_at as over_at, item.said_by as over_by, {told}
        from care_fate as fate join batch on batch.batch = fate.batch
        join care as row on row.batch = fate.batch and row.line = fate.line
        left join care_item as item on item.key = fate.key
        where fate.fate not in ('taken', 'same') and (? is null or fate.batch = ?)
        order by fate.batch desc, fate.line""",
        [batch, batch],
    )


def fates(store: Store, batch: int) -> Mapping[str, int]:
    """Fate → how many rows of an upload met it."""
    found = store.fetch(
        "select fate, count(*) as rows from care_fate where batch = ? group by fate", [batch]
    )
    return dict(zip(found["fate"], map(int, found["rows"]), strict=True))


def opened_now(known: Sequence[Item]) -> dict[str, Item]:
    """Customer → the item that is being worked on, the newest of several."""
    found: dict[str, Item] = {}
    for one in sorted(known, key=lambda item: item.seq):
        if one.state not in CLOSED:
            found[one.customer] = one
    return found


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        care.take_in(writer, entry)


def _fits(play: Play) -> bool:
    return LEAST_DAYS <= play.days <= MOST_DAYS and len(play.action) <= LONGEST_TEXT


def _enter(store: Store, kind: str, body: Mapping[str, Any]) -> int:
    with store.noting(kind, [body]) as (entry,):
        take_in(store, entry)
        return entry.seq


def _checked(word: Item) -> Item:
    owner, action, result = (
        " ".join((one or "").split()) or None for one in (word.owner, word.action, word.result)
    )
    if not word.customer:
        raise CareError("care_no_customer")
    if any(len(one or "") > LONGEST_TEXT for one in (owner, action, result)):
        raise CareError("care_too_long", most=LONGEST_TEXT)
    key = word.key or key_of(word.population, word.customer, word.opened)
    return replace(word, key=key, owner=owner, action=action, result=result)


def _item(row: Mapping[Any, Any]) -> Item:
    told: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in _NAMES}
    for name in _DATES:
        told[name] = pd.Timestamp(told[name]).date() if told[name] else None
    return Item(**{**told, "seq": int(row["seq"])})
