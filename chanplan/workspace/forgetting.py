"""Personal columns, or whole files, leave the kept originals and everything made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from chanplan.domain.errors import ForgetError, UnreadableFileError
from chanplan.domain.names import MATCHED
from chanplan.domain.recipe import Recipe
from chanplan.ingest.emptied_books import blank_book
from chanplan.ingest.headers import normal
from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import reread
from chanplan.ingest.reading.blanking import Chosen, blank
from chanplan.ingest.reading.blanking_books import blank_parquet
from chanplan.ingest.wide import rows
from chanplan.settings import Limits, Settings
from chanplan.store import Store, checksums, deeds, keeping
from chanplan.store.gateway import Transaction
from chanplan.store.holding import Holding
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace import rebuilding, unnaming
from chanplan.workspace.rebuilding import Progress
from chanplan.workspace.starting import named
from chanplan.workspace.workspace import Workspace

# The number of a batch that is only tried.
TRIED = 0


@dataclass(frozen=True)
class Forgot:
    """files: names of the imports concerned; cells: how many were emptied; originals: sha256 of
    each kept file before → after, None where it is gone; as_values: names of the files of which
    now an xlsx of the values alone is kept; differing: tables that no longer hold what they
    held."""

    files: tuple[str, ...]
    cells: int
    originals: Mapping[str, str | None]
    as_values: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


def forget_column(settings: Settings, heading: str, told: Progress | None = None) -> Forgot:
    """Empty a column in every original that has it, and make the database anew from them.

    A workbook in which that cannot be done in place is written anew as xlsx, its values alone.
    ForgetError where no file has it, xlsx cannot hold a file's values, or figures would change:
    then nothing has changed.
    """

    def write_down(work: _Forgetting) -> Forgot:
        done = work.column(heading)
        body = {"column": heading, "originals": dict(done.originals), "batches": []}
        work.write_down({**body, "as_values": list(done.as_values)}, work.fed_by(heading))
        return done

    return _forget(settings, write_down, told)


def forget_batch(settings: Settings, batch: int, told: Progress | None = None) -> Forgot:
    """Delete an import: its rows, and its original where no other import is made from it.

    ForgetError where there is no such import.
    """

    def write_down(work: _Forgetting) -> Forgot:
        name, originals = work.batch(batch)
        body = {"originals": originals, "batches": [batch]}
        work.write_down(body, {dimension: [batch] for dimension in MATCHED})
        return Forgot((name,), 0, originals)

    return _forget(settings, write_down, told)


def _forget(
    settings: Settings, write_down: Callable[[_Forgetting], Forgot], told: Progress | None
) -> Forgot:
    """Once it is written down, the next start makes the database anew, so that nothing lies in
    a free corner of the old file, and deletes the originals; then every other copy goes."""
    holding = Holding(settings.home)
    try:
        with Workspace(settings, holding=holding) as workspace:
            before = workspace.checksums()
            done = write_down(_Forgetting(workspace.store, settings.limits))
        with Workspace(settings, rebuilding.steps(holding, told), holding=holding) as workspace:
            after = workspace.checksums()
        keeping.drop_all_aside(holding.home)
        return replace(done, differing=checksums.differing(before, after))
    finally:
        holding.release()


@dataclass(frozen=True)
class _Forgetting:
    store: Store
    limits: Limits

    def batch(self, batch: int) -> tuple[str, dict[str, str | None]]:
        """The name of an import and the original that goes with it."""
        standing = {entry.seq: entry for entry in deeds.imports(self.store.journal)}
        if batch not in standing:
            raise ForgetError("forget_no_batch", batch=batch)
        entry = standing.pop(batch)
        sha = deeds.sha_now(self.store.journal, entry)
        others = {deeds.sha_now(self.store.journal, one) for one in standing.values()}
        return str(entry.body["name"]), {} if sha in others else {sha: None}

    def column(self, heading: str) -> Forgot:
        """The column out of every file that has it; what stands for each file is kept, too."""
        found = self._having(heading)
        cells, originals, as_values = 0, dict[str, str | None](), set[str]()
        try:
            for sha, entries in found.items():
                emptied, fresh, anew = self._rewritten(sha, entries, heading)
                cells += emptied
                if fresh.sha256 != sha:
                    originals[sha] = fresh.sha256
                    self._check_same(sha, fresh, entries, heading)
                    as_values |= {str(entry.body["name"]) for entry in entries if anew}
        except BaseException:
            for made in originals.values():
                self.store.originals.drop(str(made))
            raise
        names = {str(entry.body["name"]) for entries in found.values() for entry in entries}
        return Forgot(tuple(sorted(names)), cells, originals, tuple(sorted(as_values)))

    def fed_by(self, heading: str) -> dict[str, list[int]]:
        """Dimension → the imports that take its names from the column."""
        fed: dict[str, list[int]] = {}
        for entry in (one for entries in self._having(heading).values() for one in entries):
            recipe = Recipe.from_json(entry.body["recipe"])
            places = _places(recipe, heading)
            for name in (one for one in MATCHED if recipe.columns.get(one) in places):
                fed.setdefault(name, []).append(entry.seq)
        return fed

    def write_down(self, body: Mapping[str, Any], fed: Mapping[str, Sequence[int]]) -> None:
        """With it the names go that only these imports had, of each dimension."""
        told = unnaming.retold(self.store, fed)
        self.store.journal.append_and_tell_anew(deeds.FORGET, body, told)

    def _having(self, heading: str) -> dict[str, list[Entry]]:
        """sha256 → the imports from that file that have the column."""
        found: dict[str, list[Entry]] = {}
        known: dict[str, None] = {}
        for entry in deeds.imports(self.store.journal):
            recipe = Recipe.from_json(entry.body["recipe"])
            known |= dict.fromkeys(filter(None, recipe.file_headers()))
            if _places(recipe, heading):
                found.setdefault(deeds.sha_now(self.store.journal, entry), []).append(entry)
        if not found:
            raise ForgetError("forget_no_column", column=heading, known=", ".join(known) or "—")
        return found

    def _rewritten(
        self, sha: str, entries: Sequence[Entry], heading: str
    ) -> tuple[int, Original, bool]:
        """How many cells were emptied, the file kept, and whether it is its values alone."""
        recipes = [Recipe.from_json(entry.body["recipe"]) for entry in entries]
        kept = self.store.originals.find(str(entries[0].body["name"]), sha)
        target = self.store.staging / f"forget-{uuid4().hex[:12]}.txt"
        try:
            emptied, anew = self._blanked(kept, target, recipes, heading)
            return emptied, self.store.originals.keep(kept.name, target), anew
        finally:
            target.unlink(missing_ok=True)

    def _blanked(
        self, kept: Original, target: Path, recipes: Sequence[Recipe], heading: str
    ) -> tuple[int, bool]:
        first = recipes[0]
        chosen = _chosen(recipes, heading)
        if first.dialect is not None:
            told, width = chosen["None"], len(first.file_headers())
            return blank(kept.path, target, first.dialect, told, width, self.limits), False
        if first.sheet is None:
            return blank_parquet(kept.path, target, chosen["None"].at(1)), False
        try:
            return blank_book(kept.path, kept.name, target, heading, chosen, self.limits)
        except UnreadableFileError as fault:
            raise ForgetError("forget_workbook", name=kept.name, column=heading) from fault

    def _check_same(
        self, sha: str, fresh: Original, entries: Sequence[Entry], heading: str
    ) -> None:
        """ForgetError where the file would be counted otherwise without the column."""
        for entry in entries:
            recipe = Recipe.from_json(entry.body["recipe"])
            hidden = {name for name, at in recipe.columns.items() if at in _places(recipe, heading)}
            kept = self.store.originals.find(str(entry.body["name"]), sha)
            before, after = (self._tried(one.path, recipe, hidden) for one in (kept, fresh))
            if self._left(fresh, recipe, heading):
                raise ForgetError("forget_workbook", name=entry.body["name"], column=heading)
            if before != after:
                fields = named(sorted(hidden)) or heading
                raise ForgetError(
                    "forget_counts", name=entry.body["name"], column=heading, fields=fields
                )

    def _left(self, fresh: Original, recipe: Recipe, heading: str) -> int:
        """How many cells of the column still say something, as loading reads them."""
        if recipe.dialect is not None:  # was written cell by cell
            return 0
        sheet = reread(fresh.path, fresh.name, self.store.staging, recipe, self.limits)
        below = sheet.below(recipe.header_line)
        filled = " or ".join(f"c{at} <> ''" for at in _places(recipe, heading))
        with self.store.trying() as writer:
            for name, rows_ in below.lent.items():
                writer.lend(name, rows_)
            return int(writer.rows(f"select count(*) from {below.sql} where {filled}")[0][0])

    def _tried(self, path: Path, recipe: Recipe, hidden: set[str]) -> tuple[Counts, str]:
        """Counts, sums and the rows, but for the fields that the column fills."""
        sheet = reread(path, path.name, self.store.staging, recipe, self.limits)
        with self.store.trying() as writer:
            counts = load(writer, rows(sheet, recipe), recipe, TRIED)
            return counts, _rows_of(writer, recipe, hidden)


def _rows_of(writer: Transaction, recipe: Recipe, hidden: set[str]) -> str:
    table = "sales_line" if recipe.table == "sales" else recipe.table
    return checksums.of_rows(writer, table, f"batch = {TRIED}", hidden)


def _chosen(recipes: Sequence[Recipe], heading: str) -> dict[str, Chosen]:
    """Sheet, by name, → its cells under the heading, of every table that has it."""
    told: dict[str, Chosen] = {}
    for recipe in recipes:
        last = recipe.area.last if recipe.area else None
        band = (recipe.header_line, last, frozenset(_places(recipe, heading)))
        before = told.get(str(recipe.sheet), Chosen()).bands
        told[str(recipe.sheet)] = Chosen((*before, band))
    return told


def _places(recipe: Recipe, heading: str) -> list[int]:
    """The columns under a heading, however it is spelled."""
    meant = normal(heading)
    return [at for at, told in enumerate(recipe.file_headers()) if normal(told or "") == meant]
