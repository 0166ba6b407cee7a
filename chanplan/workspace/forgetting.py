"""Personal columns, or whole files, leave the kept originals and everything made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from chanplan.domain.errors import ForgetError
from chanplan.domain.names import MATCHED
from chanplan.domain.recipe import Recipe
from chanplan.ingest.headers import normal
from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import reread
from chanplan.ingest.reading.blanking import blank
from chanplan.ingest.reading.blanking_books import (
    Chosen,
    blank_parquet,
    blank_workbook,
    can_blank,
)
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
    each kept file before → after, None where it is gone; differing: tables that no longer hold
    what they held."""

    files: tuple[str, ...]
    cells: int
    originals: Mapping[str, str | None]
    differing: tuple[str, ...] = ()


def forget_column(settings: Settings, heading: str, told: Progress | None = None) -> Forgot:
    """Empty a column in every original that has it, and make the database anew from them.

    ForgetError where no file has it, a file is a workbook, or figures would change: then
    nothing has changed.
    """

    def write_down(work: _Forgetting) -> Forgot:
        files, cells, originals = work.column(heading)
        body = {"column": heading, "originals": originals, "batches": []}
        work.write_down(body, work.fed_by(heading))
        return Forgot(files, cells, originals)

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

    def column(self, heading: str) -> tuple[tuple[str, ...], int, dict[str, str | None]]:
        """Names of the files, how many cells, and each original with what stands for it."""
        found = self._having(heading)
        cells, originals = 0, dict[str, str | None]()
        try:
            for sha, entries in found.items():
                emptied, fresh = self._rewritten(sha, entries, heading)
                cells += emptied
                if fresh.sha256 != sha:
                    originals[sha] = fresh.sha256
                    self._check_same(sha, fresh, entries, heading)
        except BaseException:
            for made in originals.values():
                self.store.originals.drop(str(made))
            raise
        names = {str(entry.body["name"]) for entries in found.values() for entry in entries}
        return tuple(sorted(names)), cells, originals

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
                self._check_kind(entry, recipe, heading)
                found.setdefault(deeds.sha_now(self.store.journal, entry), []).append(entry)
        if not found:
            raise ForgetError("forget_no_column", column=heading, known=", ".join(known) or "—")
        return found

    def _check_kind(self, entry: Entry, recipe: Recipe, heading: str) -> None:
        """ForgetError for a kind of file in which no column can be emptied."""
        if recipe.dialect is None:
            sha = deeds.sha_now(self.store.journal, entry)
            if not can_blank(self.store.originals.path_of(sha)):
                raise ForgetError("forget_workbook", name=entry.body["name"], column=heading)

    def _rewritten(self, sha: str, entries: Sequence[Entry], heading: str) -> tuple[int, Original]:
        recipes = [Recipe.from_json(entry.body["recipe"]) for entry in entries]
        kept = self.store.originals.find(str(entries[0].body["name"]), sha)
        target = self.store.staging / f"forget-{uuid4().hex[:12]}.txt"
        try:
            emptied = self._blanked(kept.path, target, recipes, heading)
            return emptied, self.store.originals.keep(kept.name, target)
        finally:
            target.unlink(missing_ok=True)

    def _blanked(self, path: Path, target: Path, recipes: Sequence[Recipe], heading: str) -> int:
        first = recipes[0]
        columns = frozenset(at for recipe in recipes for at in _places(recipe, heading))
        below = max(recipe.header_line for recipe in recipes)
        if first.dialect is not None:
            width = len(first.file_headers())
            return blank(path, target, first.dialect, below, columns, width, self.limits)
        if first.sheet is None:
            return blank_parquet(path, target, columns)
        chosen = {
            str(recipe.sheet): Chosen(recipe.header_line, frozenset(_places(recipe, heading)))
            for recipe in recipes
        }
        return blank_workbook(path, target, chosen)

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


def _places(recipe: Recipe, heading: str) -> list[int]:
    """The columns under a heading, however it is spelled."""
    meant = normal(heading)
    return [at for at, told in enumerate(recipe.file_headers()) if normal(told or "") == meant]
