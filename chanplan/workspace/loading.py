"""Files into the store, one or many: written down, then loaded in one commit; and on replay."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from types import MappingProxyType

from chanplan.domain.errors import QuestionOpenError, RestatedError, StoreFaultError
from chanplan.domain.posted import Late, Posted, open_after
from chanplan.domain.recipe import Recipe
from chanplan.domain.restated import Restated, Takes
from chanplan.ingest.load import Counts, load, load_many, together
from chanplan.ingest.read import Sheet, reread
from chanplan.ingest.recognise import Proposal
from chanplan.ingest.tables_in import parts_told
from chanplan.ingest.wide import rows
from chanplan.settings import Limits
from chanplan.store import Store, authority, batches, closing, deeds, joined, posting, restating
from chanplan.store.gateway import Transaction
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace import covering, drifting, records
from chanplan.workspace.records import Outcome, Told

# An import needs room for the original's rows, their log and the rollups: about three times
# the file, measured on text files.
ROOM_PER_BYTE = 3

# Files read in one pass: so many small ones that planning a statement no longer counts, so few
# that progress is seen and their rows fit in memory.
MOST_TOGETHER = 12
# Files above this size are read one by one.
SMALL = 4 << 20


SALES = "sales"
# Tables whose lines lie in months.
_POSTABLE = (SALES, "returns")
# The number of a batch that is only tried.
TRIED = 0

# What makes two imports the same one: the bytes, the table, the sheet.
Identity = tuple[str, str, str | None]


@dataclass(frozen=True)
class _Work:
    """One file on its way in."""

    entry: Entry
    original: Original
    recipe: Recipe
    sheet: Sheet


class Loading:
    """The verbs that bring rows into one open store."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    def load(
        self,
        files: Sequence[tuple[Original, Proposal]],
        told: Told | None = None,
        takes: Mapping[str, Takes] = MappingProxyType({}),
        note: str | None = None,
        late: Late | None = None,
    ) -> list[Outcome]:
        """Load what was proposed, all of it or nothing; a file that was loaded before is told
        and changes nothing. `takes` says by a file's sha256 what becomes of lines told before it
        (domain/restated), by files before it in the list too; these are not asked about. `note`
        says why they came, `late` what becomes of lines of closed months (domain/posted); None:
        they are refused.

        Sheets that come along with a proposal (`Proposal.companions`) are loaded with it, and
        told in its outcome. Raises QuestionOpenError while a question is open, RestatedError when
        a file's lines would count twice and it says no `takes`, StoreFaultError without room.
        """
        for original, proposal in files:
            _check_answered(original, proposal)
        every = [(original, one) for original, made in files for one in (made, *made.companions)]
        done = dict(zip(map(_key, every), self._load(every, told, takes, note, late), strict=True))
        return [
            replace(
                done[_key((original, made))],
                companions=tuple(done[_key((original, one))] for one in made.companions),
            )
            for original, made in files
        ]

    def _load(
        self,
        files: Sequence[tuple[Original, Proposal]],
        told: Told | None,
        takes: Mapping[str, Takes],
        note: str | None,
        late: Late | None,
    ) -> list[Outcome]:
        """One outcome for each sheet."""
        earlier = self._earlier(files)
        fresh = _once([file for file in files if _identity(*file) not in earlier])
        self._check_room(sum({one.sha256: one.size for one, _ in fresh}.values()))
        sheets = [self._still_read(original, proposal) for original, proposal in fresh]
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
                _Work(entry, original, made.recipe, sheet)
                for entry, (original, made), sheet in zip(entries, fresh, sheets, strict=True)
            ]
            done = self._take_in(work, told, ask=True, guard=True)
        known = earlier | {_identity(*file): made for file, made in zip(fresh, done, strict=True)}
        return [known[_identity(*file)] for file in files]

    def preview(self, original: Original, proposal: Proposal) -> Counts:
        """What loading would count, sum and set aside, of all sheets alike; nothing is kept."""
        alike = (proposal, *proposal.alike)
        sheets = [self._still_read(original, one) for one in alike]
        with self._store.trying() as writer:
            counts = [
                load(writer, rows(sheet, one.recipe), one.recipe, TRIED - at)
                for at, (sheet, one) in enumerate(zip(sheets, alike, strict=True))
            ]
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
        _check_answered(original, proposal)
        body = records.journalled(original, proposal.recipe, self._next, None, None, post)
        entry = Entry(self._next, _now(), "", deeds.IMPORT, body)
        work = [_Work(entry, original, proposal.recipe, self._still_read(original, proposal))]
        with self._store.trying() as writer:
            self._bring(writer, work, None, False)
            yield writer

    @property
    def _next(self) -> int:
        return self._store.journal.last + 1

    def beside(self, original: Original, proposal: Proposal) -> Restated | None:
        """A file's lines beside those its source has told of the same months; None where it has
        told nothing of them. Nothing is kept."""
        recipe = proposal.recipe
        if recipe.table != SALES or self._earlier([(original, proposal)]):
            return None
        alike = (proposal, *proposal.alike)
        sheets = [self._still_read(original, one) for one in alike]
        with self._store.trying() as writer:
            for at, (sheet, one) in enumerate(zip(sheets, alike, strict=True)):
                load(writer, rows(sheet, one.recipe), one.recipe, TRIED - at)
            restating.as_one(writer, TRIED, *range(TRIED - len(alike) + 1, TRIED))
            self._store.settling.fit(writer, TRIED)
            return restating.beside(writer, TRIED, recipe.source, recipe.basis)

    def late_lines(self, original: Original, proposal: Proposal) -> tuple[Posted, ...]:
        """A file's lines of closed months and where they would count, tried and taken back."""
        where = open_after(covering.closed_months(self._store))
        dated = proposal.recipe.table in _POSTABLE
        if not where or not dated or self._earlier([(original, proposal)]):
            return ()
        with self.tried(original, proposal, where) as writer:
            return posting.told(writer, self._next).get(self._next, ())

    def replay(self, entries: Sequence[Entry], landed: bool) -> None:
        """Load journal entries that came together again by their recipes, nothing recognised
        anew. What has not `landed` before is asked what every import is asked."""
        work = [self._work_of(entry) for entry in entries]
        self._take_in(work, ask=not landed)

    def _work_of(self, entry: Entry) -> _Work:
        recipe = Recipe.from_json(entry.body["recipe"])
        sha256 = deeds.sha_now(self._store.journal, entry)
        kept = self._store.originals.find(entry.body["name"], sha256)
        staging = self._store.staging
        sheet = reread(kept.path, kept.name, staging, recipe, self._limits)
        # The batch is known by the bytes that came, whatever of them has been forgotten since.
        return _Work(entry, replace(kept, sha256=entry.body["sha256"]), recipe, sheet)

    def sweep(self) -> None:
        """Empty the staging folder: what lies there can be made again from the originals."""
        for leftover in self._store.staging.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()

    def _take_in(
        self,
        work: Sequence[_Work],
        told: Told | None = None,
        ask: bool = False,
        guard: bool = False,
    ) -> list[Outcome]:
        """Rows of all files, then the summaries once, in one commit; `ask` where files that do
        not say what becomes of lines told before may tell none, `guard` where closed months must
        stand."""
        if not work:
            return []
        last = work[-1].entry.seq
        still = "month_restated" if any(map(_posts, work)) else "month_closed"
        with self._store.taking_in(last) as writer, closing.guarded(writer, guard, still):
            done = self._bring(writer, work, told, ask, guard)
        for one in work:
            self._put_away(one.sheet)
        return done

    def _bring(
        self,
        writer: Transaction,
        work: Sequence[_Work],
        told: Told | None,
        ask: bool,
        guard: bool = False,
    ) -> list[Outcome]:
        """All of that within a transaction that somebody else has opened."""
        counts: dict[int, Counts] = {}
        for group in _groups(work):
            if told:
                told(len(counts))
            counts |= self._insert(writer, group)
        restated = self._fit_sales(writer, work)
        if ask:
            _check_repeats(work, restated)
        self._post(writer, work, guard)
        unlike = {one.entry.seq: drifting.told(writer, one.entry.seq, one.recipe) for one in work}
        drifting.keep(writer, unlike)
        self._activate_sales(writer, work)
        self._store.settling.batches(writer, *counts)
        return [
            replace(made, drift=unlike[made.batch])
            for made in _outcomes(writer, work, counts, restated)
        ]

    def _insert(self, writer: Transaction, group: Sequence[_Work]) -> dict[int, Counts]:
        """The rows of files with one recipe, in one pass."""
        recipe = group[0].recipe
        relations = {one.entry.seq: rows(one.sheet, one.recipe) for one in group}
        counts = load_many(writer, relations, recipe)
        for one in group:
            made = counts[one.entry.seq]
            batches.record(writer, records.batch_row(one.entry, one.original, one.recipe, made))
        if recipe.table != SALES:
            batches.activate(writer, recipe.table, *counts)
        return counts

    def _fit_sales(self, writer: Transaction, work: Sequence[_Work]) -> dict[int, Restated | None]:
        """Lines are told in the company's terms once its masters count; then they can be held
        against those of before."""
        sales = {one.entry.seq: one.recipe for one in work if one.recipe.table == SALES}
        if sales:
            self._store.settling.fit(writer, *sales)
        return {
            batch: restating.beside(writer, batch, recipe.source, recipe.basis)
            for batch, recipe in sales.items()
        }

    def _post(self, writer: Transaction, work: Sequence[_Work], guard: bool) -> None:
        """Lines of closed months count elsewhere, where the journal says so."""
        for one in work:
            if where := _posts(one):
                if guard and one.recipe.table == SALES:
                    posting.check_new(writer, one.entry.seq, one.entry.body["takes"], [*where])
                posting.post(writer, one.entry.seq, where)

    def _activate_sales(self, writer: Transaction, work: Sequence[_Work]) -> None:
        sales = [one.entry.seq for one in work if one.recipe.table == SALES]
        if sales:
            batches.activate(writer, SALES, *sales)

    def _still_read(self, original: Original, proposal: Proposal) -> Sheet:
        """The proposal's sheet; read again when its staging file has gone with a restart."""
        source = proposal.sheet.source
        if source is not None and source.path.exists():
            return proposal.sheet
        staging = self._store.staging
        return reread(original.path, original.name, staging, proposal.recipe, self._limits)

    def _put_away(self, sheet: Sheet) -> None:
        """A loaded sheet's staging file is not needed again; other files' stay."""
        if sheet.source is not None and sheet.source.path.is_relative_to(self._store.staging):
            sheet.source.path.unlink(missing_ok=True)

    def _earlier(self, files: Sequence[tuple[Original, Proposal]]) -> dict[Identity, Outcome]:
        """Of the files whose bytes, sheet and table were loaded before: what came of it then."""
        found = self._store.fetch(
            "select batch.*, covered.months, ("
            "  select list(distinct currency order by currency) from sales_line"
            "  where sales_line.batch = batch.batch) as currencies from batch left join ("
            "  select batch, list(month order by month) as months from batch_month"
            "  where month > 0 group by batch) as covered using (batch)"
            " where sha256 in (select unnest(?::varchar[])) order by batch desc",
            [[original.sha256 for original, _ in files]],
        )
        loaded = [records.outcome_of(row) for row in found.to_dict("records")]
        then = {
            (row["sha256"], made.table, _place(made.recipe)): made
            for row, made in zip(found.to_dict("records"), loaded, strict=True)
        }
        named = {_identity(*file): file[0].name for file in files}
        return {one: replace(then[one], file=name) for one, name in named.items() if one in then}

    def _check_room(self, size: int) -> None:
        needed = size * ROOM_PER_BYTE
        free = shutil.disk_usage(self._store.home).free
        if free < needed:
            raise StoreFaultError("disk_full", needed=needed, free=free)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _check_answered(original: Original, proposal: Proposal) -> None:
    if proposal.questions:
        kinds = ", ".join(question.kind for question in proposal.questions)
        first = proposal.questions[0]
        raise QuestionOpenError(
            f"question_{first.kind}", file=original.name, kinds=kinds, **parts_told(first)
        )


def _taking(original: Original, made: Proposal, takes: Mapping[str, Takes]) -> Takes | None:
    """Mended rows had not counted before, so they stand beside the others of their orders."""
    return takes.get(original.sha256) if made.recipe.repairs is None else "append"


def _posts(one: _Work) -> dict[int, int]:
    """Closed month → the month in which late lines of it count."""
    told = one.entry.body.get("post") or {}
    return {int(closed): int(after) for closed, after in told.items()}


def _check_repeats(work: Sequence[_Work], restated: Mapping[int, Restated | None]) -> None:
    for one in work:
        found = restated.get(one.entry.seq)
        # An early journal does not say; then all that came has counted.
        decided = one.entry.body.get("takes", "append") is not None
        if found is not None and found.repeats and not decided:
            raise RestatedError(
                "restated",
                found,
                file=one.original.name,
                others=found.files,
                same=found.same,
                changed=found.changed,
            )


def _groups(work: Sequence[_Work]) -> list[list[_Work]]:
    """Neighbours that are read in the same way, where small; others stand alone."""
    groups: list[list[_Work]] = []
    for _, members in groupby(work, _way):
        alike = list(members)
        groups += [alike[at : at + MOST_TOGETHER] for at in range(0, len(alike), MOST_TOGETHER)]
    return groups


def _way(one: _Work) -> Recipe | int:
    """How a file is read; in which line its header stands does not matter."""
    if one.original.size > SMALL:
        return one.entry.seq
    return replace(one.recipe, header_line=0, sheet=None, dialect=None)


def _identity(original: Original, proposal: Proposal) -> Identity:
    return original.sha256, proposal.recipe.table, _place(proposal.recipe)


def _place(recipe: Recipe) -> str | None:
    """The sheet, and the part of it where it holds several tables."""
    return recipe.sheet if recipe.area is None else f"{recipe.sheet or ''}\0{recipe.area}"


def _key(file: tuple[Original, Proposal]) -> tuple[str, Identity]:
    """One sheet among those given in one go."""
    return file[0].name, _identity(*file)


def _once(files: Sequence[tuple[Original, Proposal]]) -> list[tuple[Original, Proposal]]:
    """The same rows given twice in one go are loaded once."""
    named = {_identity(*file): file for file in files}
    return list(named.values())


def _outcomes(
    writer: Transaction,
    work: Sequence[_Work],
    counts: Mapping[int, Counts],
    restated: Mapping[int, Restated | None],
) -> list[Outcome]:
    months = batches.months(writer, *counts)
    overlaps = batches.overlapping(writer, *counts)
    rivals = authority.rivals(writer, *counts)
    monies = batches.currencies(writer, *counts)
    posted = posting.told(writer, *counts)
    return [
        Outcome(
            one.original.name,
            one.recipe.table,
            batch := one.entry.seq,
            counts[batch],
            one.recipe,
            tuple(months[batch]),
            None,
            overlaps.get(batch, ()),
            rivals.get(batch, ()),
            joined=joined.told(writer, batch, one.recipe.table),
            restated=restated.get(batch),
            takes=one.entry.body.get("takes"),
            currencies=monies.get(batch, ()),
            posted=posted.get(batch, ()),
        )
        for one in work
    ]
