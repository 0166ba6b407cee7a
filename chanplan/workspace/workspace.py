"""One open workspace: every screen, command, notebook and test enters here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

import pandas as pd

from chanplan.domain.errors import TableBelowError
from chanplan.domain.events import Event
from chanplan.domain.period import Period
from chanplan.domain.posted import Late, Posted
from chanplan.domain.restated import Restated, Takes
from chanplan.domain.scope import Scope
from chanplan.domain.underway import Underway
from chanplan.ingest.load import Counts
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.store.gateway import Transaction
from chanplan.store.originals import Original
from chanplan.workspace import (
    actuals,
    covering,
    happening,
    history,
    looking,
    personal,
    resting,
    switching,
    taking_in,
)
from chanplan.workspace.actuals import Actuals
from chanplan.workspace.answers import Answer
from chanplan.workspace.asking import Asking
from chanplan.workspace.closing import Closings
from chanplan.workspace.history import Deed
from chanplan.workspace.imports import Imports
from chanplan.workspace.inspecting import Inspecting
from chanplan.workspace.loading import Loading, Trying
from chanplan.workspace.looking import Coverage, Lies
from chanplan.workspace.muting import Mutings
from chanplan.workspace.naming import Naming
from chanplan.workspace.opened import Opened
from chanplan.workspace.personal import PersonalColumn
from chanplan.workspace.records import Outcome, Told
from chanplan.workspace.saying import CompanyWords
from chanplan.workspace.starting import Deeds
from chanplan.workspace.viewing import SavedViews

if TYPE_CHECKING:
    from chanplan.workspace.customers.customers import Customers
    from chanplan.workspace.tracking import TrackedTargets

NO_HINTS = Hints()


class Workspace(Opened):
    """The product over one store: files come in and count, and what they say is asked. What has
    a room of its own is reached by its subject: `customers`, `targets`, `closings`, `names`…"""

    def _furnish(self) -> None:
        store, changing, limits = self._store, self._changing, self._settings.limits
        self._inspecting = Inspecting(store, limits, self._settings.currency)
        self._loading = Loading(store, limits)
        self._trying = Trying(store, limits)
        # What asks holds the store and not the workspace: let go, nothing keeps that alive.
        self._asking = Asking(store)
        # What has come in: every import, and how it was read.
        self.imports = Imports(store, limits)
        # Closed months: their snapshots, and what has changed since.
        self.closings = Closings(store, self._asking.ask, changing)
        # Which names mean one member.
        self.names = Naming(store, changing)
        # What the company says of its own counting.
        self.company = CompanyWords(store, changing)
        # Views of the pivot, and alerts that are silent.
        self.views = SavedViews(store, changing)
        self.alerts = Mutings(store, changing)

    @cached_property
    def customers(self) -> Customers:
        """Customers of a population at a day: facts, segments and what follows from them."""
        from chanplan.workspace.customers.customers import Customers  # loads what no import needs

        return Customers(self._store)

    @cached_property
    def targets(self) -> TrackedTargets:
        """Targets beside sales: how far along they are, where they land, and why."""
        from chanplan.workspace.tracking import TrackedTargets  # loads what no import needs

        return TrackedTargets(self._store, self._asking.ask)

    def _deeds(self, anew: bool) -> Deeds:
        return taking_in.ways(
            self._store, self._inspecting, self._loading, self.closings, self.names, anew
        )

    # --- asking ----------------------------------------------------------------------

    def is_empty(self) -> bool:
        """Whether no sales line counts."""
        return self.periods() is None

    def periods(self) -> Coverage | None:
        """First and last month with counted lines, and how far the sources reach."""
        return looking.coverage(self._store)

    def ask(self, query: MetricQuery | Question) -> Answer:
        """Answer a question in the words of the catalogue, or one of chanplan/questions."""
        return self._asking.ask(query)

    def actuals(
        self,
        measure: str,
        scope: Scope,
        by: tuple[str, ...],
        months: Period,
        each: actuals.Each = "month",
    ) -> Actuals:
        """What has come in of a measure that a target may name: see `actuals.actuals`."""
        return actuals.actuals(self.ask, measure, scope, by, months, each)

    def why(self, measure: str, scope: Scope, by: tuple[str, ...]) -> str:
        """Why nothing is told of a measure beside the lines: see `actuals.why`."""
        return actuals.why(self.ask, measure, scope, by)

    def members(self, dimension: str) -> list[str]:
        """The members of a dimension among the lines that count, sorted."""
        return looking.members(self._store, catalogue().dimensions[dimension])

    def events(self) -> tuple[Event, ...]:
        """The company's own events, and its words on known ones, by day."""
        return happening.own(self._store)

    def labels(self, dimension: str) -> Mapping[str, str]:
        """Member → name, for members whose key is a code."""
        return looking.labels(self._store, dimension)

    def is_dated(self) -> bool:
        """Whether an attribute of a member has ever changed: 按当时口径 then differs."""
        return bool(self.dated())

    def dated(self) -> frozenset[str]:
        """The dimensions whose members have ever changed their place."""
        return looking.dated(self._store)

    def bases(self) -> list[str]:
        """The bases among the lines that count, the one with most lines first."""
        return looking.bases(self._store)

    def lines(
        self, scope: Scope | None, limit: int, offset: int = 0, batch: int | None = None
    ) -> pd.DataFrame:
        """Lines behind a number or of a batch: file, sheet, line, then the line's columns."""
        return looking.lines(self._store, scope, limit, offset, batch)

    def sum_of_lines(self, scope: Scope) -> tuple[int, Decimal | None]:
        """How many lines make the net sales of a scope, and their sum, added up line by line."""
        return looking.sum_of_lines(self._store, scope)

    def resting(self, scope: Scope | None = None) -> pd.DataFrame:
        """What figures rest on, one row per import that counts: see `resting.files`."""
        return resting.files(self._store, scope)

    def coverage(self) -> pd.DataFrame:
        """One row per source, basis and month with imported sales: see `covering.grid`."""
        return covering.grid(self._store)

    def history(self) -> list[Deed]:
        """What people did to the store, the newest first."""
        return history.deeds_of(self._store)

    def personal(self) -> list[PersonalColumn]:
        """Columns of the kept originals that seem to tell of persons."""
        return personal.columns(self._store)

    def lies(self) -> Lies:
        """Where the store lies, and how large it is."""
        return looking.lies(self._store)

    # --- changing --------------------------------------------------------------------

    def receive(self, name: str, data: bytes | BinaryIO | Path) -> Original:
        """Keep a file as it came, before anyone parses it."""
        return self._store.originals.keep(name, data)

    def inspect(
        self, original: Original, hints: Hints = NO_HINTS, book: Book | None = None
    ) -> Proposal:
        """What a kept file seems to be, with everything a person can correct; `book` where it
        has been read already."""
        with self._changing:
            return self._inspecting.inspect(original, hints, book)

    def inspect_all(
        self, files: Sequence[tuple[Original, Hints]], told: Told | None = None
    ) -> list[Proposal]:
        """The same for many files, side by side; `told` hears how many are done."""
        with self._changing:
            return self._inspecting.inspect_all(files, told)

    @contextmanager
    def _noticing(self, original: Original) -> Iterator[None]:
        """What loading finds of a file, the next look at it knows."""
        try:
            yield
        except TableBelowError as found:
            self._inspecting.note_below(original, found)
            raise

    def preview(
        self, original: Original, proposal: Proposal, underway: Underway | None = None
    ) -> Counts:
        """What loading this proposal would give, before anything is loaded; `underway` may stop
        it (CancelledError)."""
        with self._changing, self._noticing(original):
            return self._trying.preview(original, proposal, underway or Underway())

    def beside(
        self, original: Original, proposal: Proposal, underway: Underway | None = None
    ) -> Restated | None:
        """The proposal's lines beside those its source has told of the same months; stopped as
        `preview` is."""
        with self._changing:
            return self._trying.beside(original, proposal, underway or Underway())

    def late_lines(self, original: Original, proposal: Proposal) -> tuple[Posted, ...]:
        """The proposal's lines of closed months, and where they would count; () where it has
        none, or was loaded before."""
        with self._changing:
            return self._trying.late_lines(original, proposal)

    def load(
        self,
        original: Original,
        proposal: Proposal,
        takes: Takes | None = None,
        note: str | None = None,
        late: Late | None = None,
        underway: Underway | None = None,
    ) -> Outcome:
        """Load a proposal, whole or not at all; `takes` says whose place its lines take, `note`
        why it came, `late` "post" that lines of closed months count in the first open month after.

        `underway` is told how far it is, and may stop it: CancelledError, and nothing stays.
        Raises RestatedError when lines would count twice and `takes` is None,
        MonthClosedError where it would move a figure of a closed month.
        """
        with self._changing, self._noticing(original):
            said = {original.sha256: takes} if takes else {}
            files = [(original, proposal)]
            return self._loading.load(files, None, said, note, late, underway)[0]

    def load_all(
        self,
        files: Sequence[tuple[Original, Proposal]],
        told: Told | None = None,
        takes: Mapping[str, Takes] = MappingProxyType({}),
        note: str | None = None,
        late: Late | None = None,
    ) -> list[Outcome]:
        """Load many proposals in one commit, all of them or none; `told` hears before each
        file how many are done. `takes` says by the sha256 of a file whose place its lines take:
        a file may restate months that an earlier one of the list tells. `late` as in `load`."""
        with self._changing:
            return self._loading.load(files, told, takes, note, late)

    @contextmanager
    def tried(self, original: Original, proposal: Proposal) -> Iterator[Transaction]:
        """The store as it would be with this file in it, to be looked at; nothing is kept."""
        with self._changing, self._trying.tried(original, proposal) as writer:
            yield writer

    def remember(self, proposal: Proposal) -> None:
        """Use this proposal's columns and answers for the next file of the same shape."""
        with self._changing:
            self._inspecting.remember(proposal.recipe)

    def switch(self, batch: int, active: bool) -> None:
        """Make a batch count, or not; the rows stay. MonthClosedError where that would move a
        figure of a closed month."""
        self.switch_all([batch], active)

    def switch_all(self, chosen: Sequence[int], active: bool) -> None:
        """The same for many batches, in one commit."""
        if chosen:
            with self._changing:
                switching.switch(self._store, chosen, active)
