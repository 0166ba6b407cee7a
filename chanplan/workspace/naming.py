"""Which names mean one member: what is suggested, what was decided, and a decision taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from chanplan.domain.errors import MatchError
from chanplan.domain.names import MATCHED, Pair, Says, pairs_of
from chanplan.plans.suggesting import Suggestion
from chanplan.store import Store, closing, deeds, matched
from chanplan.store.journal import Entry
from chanplan.workspace import likely

MATCH = "match"


@dataclass(frozen=True)
class Decision:
    """Two names that someone has matched, or told apart (`says` "refuse"): who and when.

    stands_for  the member the name is told under, another one than the pair's master where
                that one is matched in turn; None for names told apart
    """

    pair: Pair
    says: Says
    at: str
    by: str
    stands_for: str | None


class Naming:
    """The verbs about names, over one open store."""

    def __init__(self, store: Store, changing: AbstractContextManager[object]) -> None:
        self._store = store
        self._changing = changing

    def suggestions(self, batches: Sequence[int] | None = None) -> tuple[Suggestion, ...]:
        """Names that may mean one thing, which nobody has decided on; of `batches` only those
        that their lines name, and only on strong evidence. Nothing is matched by itself."""
        if batches is None:
            return likely.all_suggestions(self._store)
        return likely.of_batches(self._store, batches)

    def decisions(self) -> tuple[Decision, ...]:
        """Every two names that someone has matched or told apart, the newest first."""
        entries = {entry.seq: entry for entry in self._store.journal.of_kind(MATCH)}
        found = self._store.fetch(
            "select dimension, name, said, master, seq, 'accept' as says from matched"
            " union all select dimension, one, other, null, seq, 'refuse' from told_apart"
            " order by seq desc, dimension, name"
        )
        return tuple(_decision(row, entries[row["seq"]]) for row in found.to_dict("records"))

    def match(self, says: Says, pairs: Sequence[Pair]) -> None:
        """Take names for one member, for two, or take that back; all of it in one commit.

        MatchError for names that are not there, MonthClosedError where a line of a closed month
        would be told under another name."""
        with self._changing:
            self._match(says, pairs)

    def _match(self, says: Says, pairs: Sequence[Pair]) -> None:
        """Write a decision down, then take it in; what cannot be taken in is given up."""
        pairs = list(dict.fromkeys(pairs))
        if not pairs:
            return
        self._check(says, pairs)
        body = {"says": says, "pairs": [pair.to_json() for pair in pairs]}
        entry = self._store.journal.append(MATCH, body)
        try:
            self.take_in(entry, asked=True)
        except BaseException:
            self._store.journal.append(deeds.ABANDON, {"seq": entry.seq})
            raise

    def take_in(self, entry: Entry, asked: bool = False) -> None:
        """Bring one decision into the database. Where a person asks, closed months must stand."""
        with self._store.taking_in(entry.seq) as writer, closing.guarded(writer, asked):
            moved = matched.decide(writer, entry.body["says"], pairs_of(entry.body), entry.seq)
            if asked:
                matched.check_closed(writer, moved)
            self._store.settling.names(writer, moved)

    def _check(self, says: Says, pairs: Sequence[Pair]) -> None:
        for pair in pairs:
            if pair.dimension not in MATCHED:
                raise MatchError("match_dimension", dimension=pair.dimension, known=MATCHED)
            if pair.name == pair.master or not pair.master.strip():
                raise MatchError("match_same", name=pair.name, master=pair.master)
        if says == "back":
            self._check_decided(pairs)
        else:
            self._check_known(pairs)

    def _check_decided(self, pairs: Sequence[Pair]) -> None:
        decided = {one.pair: one.says for one in self.decisions()}
        for pair in pairs:
            turned = Pair(pair.dimension, pair.master, pair.name)
            if pair not in decided and decided.get(turned) != "refuse":
                raise MatchError("match_undecided", name=pair.name, master=pair.master)

    def _check_known(self, pairs: Sequence[Pair]) -> None:
        """A name that nobody has told is a slip; a master may be a name of the company's own."""
        for dimension in {pair.dimension for pair in pairs}:
            asked = [pair.name for pair in pairs if pair.dimension == dimension]
            if unknown := likely.unknown(self._store, dimension, asked):
                raise MatchError("match_unknown", names=unknown)


def _decision(row: Mapping[Any, Any], entry: Entry) -> Decision:
    pair = Pair(row["dimension"], row["name"], row["said"])
    accepted = row["says"] == "accept"
    return Decision(pair, row["says"], entry.at, entry.by, row["master"] if accepted else None)
