"""One open workspace: every screen, command, notebook and test enters here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import BinaryIO, Self

import pandas as pd

from chanplan.domain.company import Counting
from chanplan.domain.events import Event
from chanplan.domain.period import Period
from chanplan.domain.posted import Late, Posted
from chanplan.domain.recipe import Recipe
from chanplan.domain.restated import Restated, Takes
from chanplan.domain.scope import Scope
from chanplan.ingest.load import Counts
from chanplan.ingest.recognise import Hints, Proposal
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.settings import Settings, from_environment
from chanplan.store import Store, batches, care, closing, deeds, keeping, targets
from chanplan.store.checksums import Checksums
from chanplan.store.gateway import Transaction
from chanplan.store.holding import Holding
from chanplan.store.joined import Joined
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace import (
    actuals,
    aside,
    covering,
    happening,
    history,
    looking,
    muting,
    naming,
    personal,
    renewing,
    resting,
    saying,
    starting,
    ticking,
    viewing,
)
from chanplan.workspace.actuals import Actuals
from chanplan.workspace.answers import Answer, answer, answer_question
from chanplan.workspace.closing import Closings
from chanplan.workspace.customers import Customers, care_items, cluster_names
from chanplan.workspace.history import Deed
from chanplan.workspace.inspecting import Inspecting
from chanplan.workspace.loading import Loading, Trying
from chanplan.workspace.looking import Coverage, Lies
from chanplan.workspace.muting import Mutings
from chanplan.workspace.naming import Naming
from chanplan.workspace.personal import PersonalColumn
from chanplan.workspace.records import Outcome, Told
from chanplan.workspace.saying import CompanyWords
from chanplan.workspace.tracking import TrackedTargets
from chanplan.workspace.viewing import SavedViews

NO_HINTS = Hints()


class Workspace:
    """The product over one store. Thread-safe: reads run side by side, changes in turn."""

    def __init__(
        self,
        settings: Settings,
        told: Told | None = None,
        name: str = keeping.DATABASE,
        holding: Holding | None = None,
    ) -> None:
        """Open or create the store and take in journal entries it has missed; a store that an
        older program made is made anew from its originals and journal first.

        told     hears how many journal entries have been taken in
        name     the database file; holding: the caller's hold on the folder, if it has one

        Raises StoreBusyError when another process holds it, StoreFaultError when it is
        damaged, made by a newer program, or holds other things than its journal.
        """
        self._settings = settings
        self._changing = threading.RLock()
        self._overrides: tuple[int, frozenset[str]] = (-1, frozenset())
        self._holding = holding or Holding(settings.home)
        self._ours = holding is None
        try:
            self._start(told, name)
        except BaseException:
            self._let_go()
            raise

    def _start(self, told: Told | None, name: str) -> None:
        said = self._settings
        counting = Counting(said.fiscal_year_start_month, said.cut_off_day, currency=said.currency)
        home = self._holding.home

        def opened() -> Store:
            return Store(home, counting, name, self._holding, said.share)

        anew = name == keeping.FRESH
        self._store = opened() if anew else renewing.opened(opened, lambda: self._renew(told))
        self._inspecting = Inspecting(self._store, said.limits, said.currency)
        self._loading = Loading(self._store, said.limits)
        self._trying = Trying(self._store, said.limits)
        self._by_subject()
        try:
            self._loading.sweep()
            starting.check(self._store)
            self.brought_back = starting.take_in_missed(
                self._store, self._deeds(anew), told, strict=anew
            )
            if not anew:
                starting.drop_forgotten(self._store)
        except BaseException:
            self._store.close()
            raise

    def _by_subject(self) -> None:
        """The doors to what has a room of its own."""
        store, changing = self._store, self._changing
        # Customers of a population at a day: facts, segments and what follows from them.
        self.customers = Customers(store)
        # Targets beside sales: how far along they are, where they land, and why.
        self.targets = TrackedTargets(store, self.ask)
        # Closed months: their snapshots, and what has changed since.
        self.closings = Closings(store, self.ask, changing)
        # Which names mean one member.
        self.names = Naming(store, changing)
        # What the company says of its own counting.
        self.company = CompanyWords(store, changing)
        # Views of the pivot, and alerts that are silent.
        self.views = SavedViews(store, changing)
        self.alerts = Mutings(store, changing)

    def _renew(self, told: Told | None) -> None:
        """The old database goes: an older program's is of no use to this one."""
        home = self._holding.home
        aside = renewing.make_anew(home, lambda: self._fill_fresh(told))
        if aside:
            keeping.drop(home, aside)

    def _fill_fresh(self, told: Told | None) -> None:
        Workspace(self._settings, told, keeping.FRESH, self._holding).finish()

    def _let_go(self) -> None:
        if self._ours:
            self._holding.release()

    @classmethod
    def open(cls, home: Path | None = None) -> Workspace:
        """Open the store in `home`, or in the folder of the settings."""
        settings = from_environment()
        return cls(settings if home is None else replace(settings, home=home))

    def close(self) -> None:
        """Let go of the store, once what is being changed is whole."""
        with self._changing:
            self._store.close()
            self._let_go()

    def finish(self) -> None:
        """Close a database made anew, all of it in its own file and nothing in a log."""
        self._store.finish()
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- asking ----------------------------------------------------------------------

    @property
    def version(self) -> int:
        """The data version: changes once a change of data is committed, and not before, so
        that no cache keeps an old answer under a new version."""
        return self._store.position

    @property
    def settings(self) -> Settings:
        """The settings of the program, with what the company has said of its calendar above."""
        told = self._store.counting
        return replace(
            self._settings,
            fiscal_year_start_month=told.fiscal_start,
            cut_off_day=told.cut_off_day,
        )

    @property
    def environment(self) -> Settings:
        """The settings of the program alone."""
        return self._settings

    @property
    def counting(self) -> Counting:
        """How the company counts: its own words, and what the settings say where it has none."""
        return self._store.counting

    @property
    def store(self) -> Store:
        """For the workspace's own deeds; screens and commands ask and change by the verbs."""
        return self._store

    @property
    def healed(self) -> str | None:
        """Where the database's log was set aside at opening, because it could not be read."""
        return self._store.healed

    def checksums(self) -> Checksums:
        """What every table of the store holds, each as one checksum."""
        return self._store.checksums()

    def is_empty(self) -> bool:
        """Whether no sales line counts."""
        return self.periods() is None

    def periods(self) -> Coverage | None:
        """First and last month with counted lines, and how far the sources reach."""
        return looking.coverage(self._store)

    def ask(self, query: MetricQuery | Question) -> Answer:
        """Answer a question in the words of the catalogue, or one of chanplan/questions."""
        if isinstance(query, Question):
            return answer_question(query, self._store.fetch, self._overridden())
        known = self._overridden()
        if query.reported:
            known = looking.overridden(self._store, query.reported)
        return answer(query, self._store.fetch, known)

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

    def _overridden(self) -> frozenset[str]:
        """Looked up once per data version: it is asked with every question."""
        version = self.version
        if self._overrides[0] != version:
            self._overrides = (version, looking.overridden(self._store))
        return self._overrides[1]

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

    def recipe(self, batch: int) -> Recipe:
        """How a batch was read: its headers, columns and answers. KeyError for no such batch."""
        return looking.recipe(self._store, batch)

    def set_aside(self, batch: int) -> pd.DataFrame:
        """The rows of a batch that were set aside: line, reason, field, raw."""
        return looking.set_aside(self._store, batch)

    def aside(self, batch: int) -> pd.DataFrame:
        """The same rows as they stand today, mended or not, with their money: `aside.rows`."""
        return aside.rows(self._store, self.settings.limits, batch)

    def joined(self, batch: int) -> Joined | None:
        """Which orders a batch's returns and items have found, and which are alone; None where
        it has nothing to join. KeyError for no such batch."""
        return self._store.joined(batch)

    def resting(self, scope: Scope | None = None) -> pd.DataFrame:
        """What figures rest on, one row per import that counts: see `resting.files`."""
        return resting.files(self._store, scope)

    def coverage(self) -> pd.DataFrame:
        """One row per source, basis and month with imported sales: see `covering.grid`."""
        return covering.grid(self._store)

    def batches(self) -> pd.DataFrame:
        """Every import, newest first, with its counts, sums, whether it counts, and `repairs`:
        the import whose rows, set aside, it brings back mended."""
        return looking.batches(self._store)

    def history(self) -> list[Deed]:
        """What people did to the store, the newest first."""
        return history.deeds_of(self._store)

    def last_import(self) -> list[int]:
        """The imports that count and came with the newest press of a button."""
        return history.came_together(self._store)

    def personal(self) -> list[PersonalColumn]:
        """Columns of the kept originals that seem to tell of persons."""
        return personal.columns(self._store)

    def staged(self) -> int:
        """Bytes of files at hand that have been cut into cells and wait to be loaded."""
        return looking.staged(self._store)

    def lies(self) -> Lies:
        """Where the store lies, and how large it is."""
        return looking.lies(self._store)

    # --- changing --------------------------------------------------------------------

    def receive(self, name: str, data: bytes | BinaryIO | Path) -> Original:
        """Keep a file as it came, before anyone parses it."""
        return self._store.originals.keep(name, data)

    def inspect(self, original: Original, hints: Hints = NO_HINTS) -> Proposal:
        """What a kept file seems to be, with everything a person can correct."""
        with self._changing:
            return self._inspecting.inspect(original, hints)

    def inspect_all(
        self, files: Sequence[tuple[Original, Hints]], told: Told | None = None
    ) -> list[Proposal]:
        """The same for many files, side by side; `told` hears how many are done."""
        with self._changing:
            return self._inspecting.inspect_all(files, told)

    def preview(self, original: Original, proposal: Proposal) -> Counts:
        """What loading this proposal would give, before anything is loaded."""
        with self._changing:
            return self._trying.preview(original, proposal)

    def beside(self, original: Original, proposal: Proposal) -> Restated | None:
        """The proposal's lines beside those its source has told of the same months."""
        with self._changing:
            return self._trying.beside(original, proposal)

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
    ) -> Outcome:
        """Load a proposal, whole or not at all; `takes` says whose place its lines take, `note`
        why it came, `late` "post" that lines of closed months count in the first open month after.

        Raises RestatedError when lines would count twice and `takes` is None,
        MonthClosedError where it would move a figure of a closed month.
        """
        with self._changing:
            said = {original.sha256: takes} if takes else {}
            return self._loading.load([(original, proposal)], None, said, note, late)[0]

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

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nothing changes meanwhile; reads go on."""
        with self._changing:
            yield

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
        if not chosen:
            return
        with self._changing:
            body = {"batches": list(chosen), "active": active}
            with self._store.noting("switch", [body]) as (entry,):
                self._take_in_switch(entry, asked=True)

    def _take_in_switch(self, entry: Entry, asked: bool = False) -> None:
        # Journals of the first version name one batch.
        chosen = entry.body.get("batches") or [entry.body["batch"]]
        with self._store.taking_in(entry.seq) as writer, closing.guarded(writer, asked):
            batches.switch(writer, bool(entry.body["active"]), *chosen)
            self._store.settling.batches(writer, *chosen)

    def _take_in_targets(self, entry: Entry) -> None:
        with self._store.taking_in(entry.seq) as writer:
            targets.take_in(writer, entry)

    def _deeds(self, anew: bool) -> Mapping[str, Callable[[Sequence[Entry]], None]]:
        """How each kind of journal entry is taken in; those that came together, together."""
        return {
            "import": lambda entries: self._loading.replay(entries, landed=anew),
            "remember": lambda entries: self._inspecting.take_in_memory(*entries),
            "switch": lambda entries: self._take_in_switch(*entries),
            closing.CLOSE: lambda entries: self.closings.take_in(*entries),
            ticking.TICK: lambda entries: ticking.take_in(self._store, *entries),
            saying.COMPANY: lambda entries: saying.take_in(self._store, entries),
            muting.MUTE: lambda entries: muting.take_in(self._store, *entries),
            cluster_names.CLUSTERS: lambda entries: cluster_names.take_in(self._store, *entries),
            viewing.VIEW: lambda entries: viewing.take_in(self._store, *entries),
            naming.MATCH: lambda entries: self.names.take_in(*entries),
            targets.CHOOSE: lambda entries: self._take_in_targets(*entries),
            targets.LOCK: lambda entries: self._take_in_targets(*entries),
            **dict.fromkeys(care.KINDS, lambda told: care_items.take_in(self._store, *told)),
            deeds.FORGET: lambda entries: self._store.pass_over(entries[-1].seq),
        }
