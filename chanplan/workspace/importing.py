"""A file's way into the store: keep, inspect, write down, load; and the same again on replay."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from typing import Any

from chanplan.domain.errors import QuestionOpenError, StoreFaultError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.load import Counts, load
from chanplan.ingest.naming import basis_words, tax_word
from chanplan.ingest.read import Sheet, read, reread
from chanplan.ingest.recognise import Hints, Proposal, recognise, shape
from chanplan.settings import Limits
from chanplan.store import Store, authority, batches
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace import records

# An import needs room for the original's rows, their log and the rollups: about three times
# the file, measured on text files.
ROOM_PER_BYTE = 3

# Different texts of a date column that are looked through to tell day from month: ten years
# of days, with room for times of day.
MOST_TEXTS = 100_000


@dataclass(frozen=True)
class Outcome:
    """What an import did. `already` is when the same rows had been imported before; nothing
    was loaded then. `overlaps`: other files with the same source, basis and months.
    `rivals`: other sources that count for the same channel, month and basis."""

    file: str
    table: str
    batch: int
    counts: Counts
    recipe: Recipe
    months: tuple[int, ...] = ()
    already: str | None = None
    overlaps: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


class Importing:
    """The import verbs over one open store."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    def inspect(self, original: Original, hints: Hints) -> Proposal:
        """What the file seems to be. Raises UnreadableFileError, UnrecognisedTableError."""
        book = read(original.path, original.name, self._store.staging, self._limits)
        proposal = recognise(book, original.name, hints, self._remembered, scan=self._scan)
        declared = self._declared(proposal.recipe.source)
        filled: dict[str, Any] = {
            name: value for name, value in declared.items() if not getattr(hints, name)
        }
        if not filled or proposal.recipe.table != "sales":
            return proposal
        told = replace(hints, **filled)
        return recognise(book, original.name, told, self._remembered, scan=self._scan)

    def load(self, original: Original, proposal: Proposal) -> Outcome:
        """Load what was proposed; a second time is told and changes nothing.

        Raises QuestionOpenError while a question is open, StoreFaultError without room.
        """
        if proposal.questions:
            kinds = ", ".join(question.kind for question in proposal.questions)
            raise QuestionOpenError(
                f"question_{proposal.questions[0].kind}", file=original.name, kinds=kinds
            )
        earlier = self._earlier(original, proposal.recipe)
        if earlier:
            return earlier
        self._check_room(original)
        sheet = self._read_still(original, proposal)
        entry = self._store.journal.append("import", records.journalled(original, proposal.recipe))
        try:
            return self._take_in(entry, original, proposal.recipe, sheet)
        except BaseException:
            self._store.journal.append("abandon", {"seq": entry.seq})
            raise

    def preview(self, original: Original, proposal: Proposal) -> Counts:
        """What loading would count, sum and set aside; nothing is kept."""
        relation = self._read_still(original, proposal).below(proposal.recipe.header_line)
        with self._store.trying() as writer:
            return load(writer, relation, proposal.recipe, 0)

    def replay(self, entry: Entry) -> None:
        """Load a journal entry again by its recipe, nothing recognised anew."""
        recipe = Recipe.from_json(entry.body["recipe"])
        original = self._store.originals.find(entry.body["name"], entry.body["sha256"])
        staging = self._store.staging
        sheet = reread(original.path, original.name, staging, recipe, self._limits)
        self._take_in(entry, original, recipe, sheet)

    def remember(self, recipe: Recipe) -> None:
        """Keep a corrected recipe for the next file with the same headers."""
        key = shape(recipe.headers)
        body = {"shape": key, "recipe": recipe.to_json()}
        self.take_in_memory(self._store.journal.append("remember", body))

    def take_in_memory(self, entry: Entry) -> None:
        """Bring one "remember" entry into the database."""
        key, recipe = entry.body["shape"], json.dumps(entry.body["recipe"], ensure_ascii=False)
        with self._store.taking_in(entry.seq) as writer:
            writer.run("delete from remembered where shape = ?", [key])
            writer.run("insert into remembered values (?, ?, ?)", [key, recipe, entry.seq])

    def sweep(self) -> None:
        """Empty the staging folder: what lies there can be made again from the originals."""
        for leftover in self._store.staging.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()

    def _take_in(self, entry: Entry, original: Original, recipe: Recipe, sheet: Sheet) -> Outcome:
        relation = sheet.below(recipe.header_line)
        with self._store.taking_in(entry.seq) as writer:
            counts = load(writer, relation, recipe, entry.seq)
            batches.record(writer, records.batch_row(entry, original, recipe, counts))
            self._store.fit(writer, entry.seq)
            batches.activate(writer, entry.seq, recipe.table)
            self._store.settle(writer, entry.seq)
            covered = tuple(sorted(batches.months(writer, entry.seq)))
            overlaps = batches.overlapping(writer, entry.seq)
            rivals = authority.rivals(writer, entry.seq)
        self._put_away(sheet)
        return Outcome(
            original.name, recipe.table, entry.seq, counts, recipe, covered, None, overlaps, rivals
        )

    def _declared(self, source: str) -> dict[str, str]:
        """Basis, tax side and rate that the uploaded table of sources gives for a source."""
        found = self._store.fetch(
            "select basis, tax, tax_rate from sources join batch_month using (batch)"
            " where active and source = ? order by batch desc, line desc limit 1",
            [source],
        )
        if found.empty:
            return {}
        row = found.iloc[0]
        basis = basis_words([str(row["basis"] or "")])
        told = {
            "basis": basis[0] if basis else row["basis"] and "order",
            "tax": tax_word(str(row["tax"] or "")),
            "tax_rate": row["tax_rate"] and str(row["tax_rate"].normalize()),
        }
        return {name: str(value) for name, value in told.items() if value}

    def _scan(self, sheet: Sheet, header_line: int, at: int) -> list[str]:
        """Distinct texts of one column, for what the first rows leave open."""
        relation = sheet.below(header_line)
        with self._store.trying() as writer:
            for name, rows in relation.lent.items():
                writer.lend(name, rows)
            found = writer.rows(
                f"select distinct c{int(at)} from {relation.sql} limit {MOST_TEXTS}"
            )
        return [text for (text,) in found if text]

    def _read_still(self, original: Original, proposal: Proposal) -> Sheet:
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

    def _earlier(self, original: Original, recipe: Recipe) -> Outcome | None:
        """The same bytes, sheet and table were loaded before: nothing to do."""
        found = self._store.fetch(
            "select * from batch where sha256 = ? and table_name = ?"
            " and coalesce(sheet, '') = coalesce(?, '') order by batch limit 1",
            [original.sha256, recipe.table, recipe.sheet],
        )
        if found.empty:
            return None
        row = found.iloc[0]
        loaded = Recipe.from_json(json.loads(row["recipe"]))
        batch = int(row["batch"])
        covered = self._store.fetch(
            "select month from batch_month where batch = ? and month > 0 order by month", [batch]
        )
        return Outcome(
            original.name,
            loaded.table,
            batch,
            records.counts_of(row.to_dict()),
            loaded,
            tuple(int(month) for month in covered["month"]),
            str(row["imported_at"]),
        )

    def _remembered(self, key: str) -> Recipe | None:
        found = self._store.fetch("select recipe from remembered where shape = ?", [key])
        return None if found.empty else Recipe.from_json(json.loads(found["recipe"].iloc[0]))

    def _check_room(self, original: Original) -> None:
        needed = original.size * ROOM_PER_BYTE
        free = shutil.disk_usage(self._store.home).free
        if free < needed:
            raise StoreFaultError("disk_full", needed=needed, free=free)
