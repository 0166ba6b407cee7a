"""What the company says of its own counting: said, heard again, and taken in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from chanplan.domain import company as domain
from chanplan.domain.company import Company
from chanplan.domain.ports import Writer
from chanplan.domain.scope import TAX_VIEWS, Basis, TaxView
from chanplan.store import Store, closing, deeds
from chanplan.store import company as kept
from chanplan.store.company import COMPANY
from chanplan.store.journal import Entry

__all__ = ["COMPANY", "CompanyWords", "Word", "before", "company", "take_in", "tried", "words"]


class CompanyWords:
    """The company's words over one open store: heard, said, and tried."""

    def __init__(self, store: Store, changing: AbstractContextManager[object]) -> None:
        self._store = store
        self._changing = changing

    @property
    def said(self) -> Company:
        """What the company has said of its own counting; None where the settings count."""
        return company(self._store)

    def usual_tax(self, basis: Basis) -> TaxView:
        """The side of the tax to show where nobody asks for one: the company's, where lines of
        the basis tell it; with tax where the company has not said."""
        usual = next((view for view in TAX_VIEWS if view == self.said.tax), TAX_VIEWS[0])
        sides = sorted(TAX_VIEWS, key=lambda view: view != usual)
        return next((view for view in sides if _told(self._store, basis, view)), TAX_VIEWS[0])

    def say(self, key: str, value: str | None, reason: str | None = None) -> None:
        """Say it; None: as the settings say. BadSettingError for a key or value that is none,
        MonthClosedError where it would move a figure of a closed month."""
        self.say_all({key: value}, reason)

    def say_all(self, words: Mapping[str, str | None], reason: str | None = None) -> None:
        """The same of several keys, in one commit."""
        with self._changing:
            _say(self._store, words, reason)

    @contextmanager
    def trying(self, words: Mapping[str, str | None]) -> Iterator[Writer]:
        """The store as it would be, to be looked at; nothing is kept."""
        with self._changing, tried(self._store, words) as writer:
            yield writer


def company(store: Store) -> Company:
    """All that is said today."""
    found = store.fetch("select key, value from company_word")
    return domain.company(dict(zip(found["key"], found["value"], strict=True)))


def _told(store: Store, basis: Basis, view: TaxView) -> bool:
    found = store.fetch(
        f"select 1 from rollup_partner where basis = ? and amount_{view} is not null limit 1",
        [basis],
    )
    return not found.empty


@dataclass(frozen=True)
class Word:
    """A word that stands: its key and value, when and by whom it was said, and why."""

    key: str
    value: str
    at: str
    by: str
    reason: str | None


def words(store: Store, keys: Collection[str]) -> list[Word]:
    """The words on these keys that stand, the newest first."""
    found = store.fetch("select * from company_word order by seq desc")
    return [
        Word(
            str(row["key"]),
            str(row["value"]),
            str(row["said_at"]),
            str(row["said_by"]),
            row["reason"] if isinstance(row["reason"], str) else None,
        )
        for row in found.to_dict("records")
        if row["key"] in keys
    ]


def before(store: Store, keys: Collection[str]) -> dict[str, str | None]:
    """What the newest deed on these keys has changed, as it was before: saying it takes the deed
    back. Empty where nothing was ever said."""
    said = [
        entry
        for group in deeds.groups(store.journal)
        for entry in group
        if entry.kind == COMPANY and entry.body["key"] in keys
    ]
    newest: dict[str, Entry] = {}
    for entry in reversed(said):
        last = next(iter(newest.values()), entry)
        apart = entry.at != last.at or last.seq - entry.seq > len(newest)
        if apart or entry.body["key"] in newest:
            break
        newest[str(entry.body["key"])] = entry
    first = min((entry.seq for entry in newest.values()), default=0)
    was = {str(one.body["key"]): one.body["value"] for one in said if one.seq < first}
    return {key: was.get(key) for key in newest}


def _say(store: Store, words: Mapping[str, str | None], reason: str | None) -> None:
    for key, value in words.items():
        domain.check(key, value)
    if words:
        bodies = [{"key": key, "value": value, "reason": reason} for key, value in words.items()]
        with store.noting(COMPANY, bodies) as entries:
            take_in(store, entries, asked=True)


def take_in(store: Store, entries: Sequence[Entry], asked: bool = False) -> None:
    """Bring entries of the journal into the database."""
    with store.taking_in(entries[-1].seq) as writer, closing.guarded(writer, asked):
        for entry in entries:
            kept.take_in(writer, entry)
        store.settling.words(writer)


@contextmanager
def tried(store: Store, words: Mapping[str, str | None]) -> Iterator[Writer]:
    """The store as it would be, closed months or not; nothing is kept."""
    for key, value in words.items():
        domain.check(key, value)
    with store.trying() as writer:
        for key, value in words.items():
            kept.put(writer, key, value, None, 0, "", "")
        store.settling.words(writer)
        yield writer
