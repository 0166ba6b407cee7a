"""Care items: one customer, opened at one date, that somebody looks after; and whose word counts.

Words on an item come from screens (journal) and from uploads (the table `care`), numbered in one
row: the journal's. A word that was said without knowing of a later one changes nothing; it is
kept, and told to whoever said it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final, Literal, get_args

State = Literal["open", "contacted", "done", "dropped"]
STATES: Final[tuple[State, ...]] = get_args(State)
# An item in one of these is worked on no more: its customer may be opened anew.
CLOSED: Final = ("done", "dropped")
# State → how uploads write it.
STATE_WORDS: Final[Mapping[State, tuple[str, ...]]] = {
    "open": ("open", "待联系", "未开始", "待跟进", "未联系", "to do"),
    "contacted": ("contacted", "已联系", "跟进中", "联系中", "called", "in progress"),
    "done": ("done", "已完成", "完成", "关闭", "closed", "completed"),
    "dropped": ("dropped", "放弃", "不再跟进", "已放弃", "无需跟进", "given up"),
}
# What people may write of an item.
WRITTEN: Final = ("owner", "due", "state", "action", "result", "contacted")
KEY_LENGTH: Final = 12

# What became of an uploaded row: it counts; it says nothing new; the item has changed since the
# file was made; its key is nobody's; its state is no state.
Fate = Literal["taken", "same", "late", "unknown", "no_state"]


@dataclass(frozen=True)
class Item:
    """A care item.

    population  of domain/population.py; "" where a record does not say
    opened      the data date at which the customer was found silent
    due         the day it is to be done by
    contacted   the day on which the customer was spoken to
    seq         number of the journal entry of the word that stands; 0: none yet
    """

    key: str
    population: str
    customer: str
    opened: date | None
    owner: str | None = None
    due: date | None = None
    state: State = "open"
    action: str | None = None
    result: str | None = None
    contacted: date | None = None
    seq: int = 0
    said_at: str = ""
    said_by: str = ""

    def says(self) -> tuple[object, ...]:
        """What a person has written of it."""
        return tuple(getattr(self, name) or None for name in WRITTEN)


@dataclass(frozen=True)
class Word:
    """What somebody has said of an item.

    base  the number of the newest journal entry that its author knew of; None: a record that
          somebody keeps by hand and does not say
    line  of an uploaded row; 0: said on a screen, where it was held against `base` at once
    bad   a state that is none, as it is written
    """

    item: Item
    base: int | None
    line: int = 0
    bad: str = ""

    @property
    def blank(self) -> bool:
        """A row of the list that nobody has written on."""
        return self.item.says() == Item("", "", "", None).says() and self.base is not None


def key_of(population: str, customer: str, opened: date | None) -> str:
    """The key of an item, the same on every machine: letters that no program takes for a number
    and that name nobody."""
    told = "\0".join((population, customer, opened.isoformat() if opened else ""))
    return "C" + sha256(told.encode()).hexdigest()[: KEY_LENGTH - 1].upper()


def state_of(written: str | None) -> State | None:
    """The state that a word means; "open" for nothing, None for a word that means none."""
    bare = (written or "").strip().casefold()
    if not bare:
        return "open"
    return next((state for state, words in STATE_WORDS.items() if bare in words), None)


@dataclass(frozen=True)
class Settled:
    """items: key → what stands; fates: (batch, line) → key, what became of the row, and the
    number of the word that it would have written over."""

    items: Mapping[str, Item]
    fates: Mapping[tuple[int, int], tuple[str, Fate, int]]


def settle(words: Iterable[Word]) -> Settled:
    """Whose word counts, the words in the order in which they were said (number, then line)."""
    items: dict[str, Item] = {}
    before: dict[str, list[Word]] = {}
    fates: dict[tuple[int, int], tuple[str, Fate, int]] = {}
    for word in words:
        key, standing = word.item.key, items.get(word.item.key)
        fate = "taken" if not word.line else _fate(word, standing, before.get(key, []))
        if word.line:
            fates[word.item.seq, word.line] = (key, fate, standing.seq if standing else 0)
        if fate == "taken":
            items[key] = _over(standing, word.item)
            before.setdefault(key, []).append(replace(word, item=items[key]))
    return Settled(items, fates)


def _fate(word: Word, standing: Item | None, before: list[Word]) -> Fate:
    if word.bad:
        return "no_state"
    if standing is None:
        return _of_new(word)
    if word.item.says() == standing.says():
        return "same"
    if word.base is None:
        return "taken" if before[-1].base is None and before[-1].line else "late"
    known = [one for one in before if one.item.seq <= word.base]
    if (known[-1].item.says() == word.item.says()) if known else word.blank:
        return "same"  # nobody has written on the row: what was said since stands
    return "taken" if standing.seq <= word.base else "late"


def _of_new(word: Word) -> Fate:
    if word.blank:
        return "same"
    item = word.item
    if not item.customer or (
        word.base is not None and item.key != key_of(item.population, item.customer, item.opened)
    ):
        return "unknown"
    return "taken"


def _over(standing: Item | None, item: Item) -> Item:
    """A word tells what people write; whom the item is of stays as it was opened."""
    if standing is None:
        return item
    return replace(item, population=standing.population, customer=standing.customer,
                   opened=standing.opened)  # fmt: skip
