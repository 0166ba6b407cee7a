"""Files are written down in the journal, then loaded in one commit; and again on replay."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from chanplan.domain.errors import StoreFaultError
from chanplan.domain.posted import Late, open_after
from chanplan.domain.restated import Takes
from chanplan.domain.underway import Underway
from chanplan.ingest.recognise import Proposal
from chanplan.settings import Limits
from chanplan.store import Store, closing, deeds
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace import covering, records
from chanplan.workspace.loading.answered import check_answered
from chanplan.workspace.loading.bringing import bring
from chanplan.workspace.loading.same import earlier, identity, key, once
from chanplan.workspace.loading.staged import Staged
from chanplan.workspace.loading.work import Work, posts
from chanplan.workspace.records import Outcome, Told

# An import needs room for the original's rows, their log and the rollups: about three times
# the file, measured on text files.
ROOM_PER_BYTE = 3


class Loading:
    """The verbs that bring rows into one open store."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._staged = Staged(store, limits)

    def load(
        self,
        files: Sequence[tuple[Original, Proposal]],
        told: Told | None = None,
        takes: Mapping[str, Takes] = MappingProxyType({}),
        note: str | None = None,
        late: Late | None = None,
        underway: Underway | None = None,
    ) -> list[Outcome]:
        """Load what was proposed, all of it or nothing; a file that was loaded before is told
        and changes nothing. `takes` says by a file's sha256 what becomes of lines told before it
        (domain/restated), by files before it in the list too; these are not asked about. `note`
        says why they came, `late` what becomes of lines of closed months (domain/posted); None:
        they are refused. `underway` is told the stages, and may stop it (CancelledError).

        Sheets that come along with a proposal (`Proposal.companions`) are loaded with it, and
        told in its outcome. Raises QuestionOpenError while a question is open, RestatedError when
        a file's lines would count twice and it says no `takes`, StoreFaultError without room.
        """
        for original, proposal in files:
            check_answered(original, proposal)
        every = [(original, one) for original, made in files for one in (made, *made.companions)]
        made = self._load(every, told, takes, note, late, underway)
        done = dict(zip(map(key, every), made, strict=True))
        return [
            replace(
                done[key((original, proposal))],
                companions=tuple(done[key((original, one))] for one in proposal.companions),
            )
            for original, proposal in files
        ]

    def _load(
        self,
        files: Sequence[tuple[Original, Proposal]],
        told: Told | None,
        takes: Mapping[str, Takes],
        note: str | None,
        late: Late | None,
        underway: Underway | None,
    ) -> list[Outcome]:
        """One outcome for each sheet."""
        underway = underway or Underway()
        underway.now("load")
        before = earlier(self._store, files)
        fresh = once([file for file in files if identity(*file) not in before])
        self._check_room(sum({one.sha256: one.size for one, _ in fresh}.values()))
        sheets = [self._staged.sheet_of(original, proposal) for original, proposal in fresh]
        self._store.give_up_missed()
        last = self._store.journal.last + len(fresh)
        post = open_after(covering.closed_months(self._store)) if late else {}
        bodies = [
            records.journalled(
                original, made.recipe, last, _taking(original, made, takes), note, post
            )
            for original, made in fresh
        ]
        with self._store.noting(deeds.IMPORT, bodies) as entries:
            work = [
                Work(entry, original, made.recipe, sheet)
                for entry, (original, made), sheet in zip(entries, fresh, sheets, strict=True)
            ]
            done = self._take_in(work, told, ask=True, guard=True, underway=underway)
        known = before | {identity(*file): made for file, made in zip(fresh, done, strict=True)}
        return [known[identity(*file)] for file in files]

    def replay(self, entries: Sequence[Entry], landed: bool) -> None:
        """Load journal entries that came together again by their recipes, nothing recognised
        anew. What has not `landed` before is asked what every import is asked."""
        work = [self._staged.work_of(entry) for entry in entries]
        self._take_in(work, ask=not landed)

    def _take_in(
        self,
        work: Sequence[Work],
        told: Told | None = None,
        ask: bool = False,
        guard: bool = False,
        underway: Underway | None = None,
    ) -> list[Outcome]:
        """Rows of all files, then the summaries once, in one commit; `ask` where files that do
        not say what becomes of lines told before may tell none, `guard` where closed months must
        stand."""
        if not work:
            return []
        last = work[-1].entry.seq
        still = "month_restated" if any(map(posts, work)) else "month_closed"
        with self._store.taking_in(last) as writer, closing.guarded(writer, guard, still):
            underway = underway or Underway()
            with underway.stoppable(writer.interrupt):
                done = bring(self._store, writer, work, told, ask, guard, underway)
        for one in work:
            self._staged.put_away(one.sheet)
        return done

    def _check_room(self, size: int) -> None:
        needed = size * ROOM_PER_BYTE
        free = shutil.disk_usage(self._store.home).free
        if free < needed:
            raise StoreFaultError("disk_full", needed=needed, free=free)


def _taking(original: Original, made: Proposal, takes: Mapping[str, Takes]) -> Takes | None:
    """Mended rows had not counted before, so they stand beside the others of their orders."""
    return takes.get(original.sha256) if made.recipe.repairs is None else "append"
