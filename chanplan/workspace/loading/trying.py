"""What a file would do, tried and taken back: nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType

from chanplan.domain.posted import Posted, open_after
from chanplan.domain.restated import Restated
from chanplan.domain.underway import Underway
from chanplan.ingest.load import Counts, load, together
from chanplan.ingest.recognise import Proposal
from chanplan.ingest.wide import rows
from chanplan.settings import Limits
from chanplan.store import Store, deeds, posting, restating
from chanplan.store.gateway import Transaction
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace import below, covering, records
from chanplan.workspace.loading.answered import check_answered
from chanplan.workspace.loading.bringing import SALES, bring
from chanplan.workspace.loading.same import earlier
from chanplan.workspace.loading.staged import Staged
from chanplan.workspace.loading.work import Work

# Tables whose lines lie in months.
_POSTABLE = (SALES, "returns")
# The number of a batch that is only tried.
TRIED = 0


class Trying:
    """The verbs that look at a file's rows in one open store, and leave nothing behind."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._staged = Staged(store, limits)

    def preview(self, original: Original, proposal: Proposal, underway: Underway) -> Counts:
        """What loading would count, sum and set aside, of all sheets alike; nothing is kept.
        Whoever holds `underway` may stop it: CancelledError."""
        alike = (proposal, *proposal.alike)
        sheets = [self._staged.sheet_of(original, one) for one in alike]
        with self._store.trying() as writer, underway.stoppable(writer.interrupt):
            counts = [
                load(writer, rows(sheet, one.recipe), one.recipe, TRIED - at)
                for at, (sheet, one) in enumerate(zip(sheets, alike, strict=True))
            ]
            for at, (sheet, one) in enumerate(zip(sheets, alike, strict=True)):
                below.check(writer, TRIED - at, original.name, sheet, one.recipe)
        return together(counts)

    @contextmanager
    def tried(
        self,
        original: Original,
        proposal: Proposal,
        post: Mapping[int, int] = MappingProxyType({}),
    ) -> Iterator[Transaction]:
        """The store as it would be with this file in it, closed months or not; nothing is kept.
        `post` as the journal has it."""
        check_answered(original, proposal)
        body = records.journalled(original, proposal.recipe, self._next, None, None, post)
        entry = Entry(self._next, _now(), "", deeds.IMPORT, body)
        work = [Work(entry, original, proposal.recipe, self._staged.sheet_of(original, proposal))]
        with self._store.trying() as writer:
            bring(self._store, writer, work, None, False)
            yield writer

    def beside(self, original: Original, proposal: Proposal, underway: Underway) -> Restated | None:
        """A file's lines beside those its source has told of the same months; None where it has
        told nothing of them. Nothing is kept."""
        recipe = proposal.recipe
        if recipe.table != SALES or earlier(self._store, [(original, proposal)]):
            return None
        alike = (proposal, *proposal.alike)
        sheets = [self._staged.sheet_of(original, one) for one in alike]
        with self._store.trying() as writer, underway.stoppable(writer.interrupt):
            for at, (sheet, one) in enumerate(zip(sheets, alike, strict=True)):
                load(writer, rows(sheet, one.recipe), one.recipe, TRIED - at)
            restating.as_one(writer, TRIED, *range(TRIED - len(alike) + 1, TRIED))
            self._store.settling.fit(writer, TRIED)
            return restating.beside(writer, TRIED, recipe.source, recipe.basis)

    def late_lines(self, original: Original, proposal: Proposal) -> tuple[Posted, ...]:
        """A file's lines of closed months and where they would count, tried and taken back."""
        where = open_after(covering.closed_months(self._store))
        dated = proposal.recipe.table in _POSTABLE
        if not where or not dated or earlier(self._store, [(original, proposal)]):
            return ()
        with self.tried(original, proposal, where) as writer:
            return posting.told(writer, self._next).get(self._next, ())

    @property
    def _next(self) -> int:
        return self._store.journal.last + 1


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
