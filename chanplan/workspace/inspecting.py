"""A kept file is looked at: read, recognised, with what people taught about its like."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from chanplan.domain.recipe import Recipe
from chanplan.ingest.naming import basis_words, tax_word
from chanplan.ingest.read import Sheet, read
from chanplan.ingest.recognise import Hints, Proposal, recognise, shape
from chanplan.settings import Limits
from chanplan.store import Store
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace.records import Told

# Two cores are the smallest machine we promise anything for.
SIDE_BY_SIDE = 2

# Different texts of a date column that are looked through to tell day from month: ten years
# of days, with room for times of day.
MOST_TEXTS = 100_000


class Inspecting:
    """What a kept file seems to be, and what a person has taught about its like."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._memory: tuple[int, dict[str, str]] = (-1, {})

    def inspect(self, original: Original, hints: Hints) -> Proposal:
        """What the file seems to be. Raises UnreadableFileError, UnrecognisedTableError."""
        staging = self._store.staging
        book = read(original.path, original.name, staging, self._limits, hints.encoding)
        proposal = recognise(book, original.name, hints, self._remembered, scan=self._scan)
        declared = self._declared(proposal.recipe.source)
        filled: dict[str, Any] = {
            name: value for name, value in declared.items() if not getattr(hints, name)
        }
        if not filled or proposal.recipe.table != "sales":
            return proposal
        told = replace(hints, **filled)
        return recognise(book, original.name, told, self._remembered, scan=self._scan)

    def inspect_all(
        self, files: Sequence[tuple[Original, Hints]], told: Told | None = None
    ) -> list[Proposal]:
        """Workbooks are parsed in processes of their own: meanwhile the next file is looked at."""
        with ThreadPoolExecutor(SIDE_BY_SIDE, "chanplan-inspect") as pool:
            found = []
            for at, proposal in enumerate(pool.map(lambda file: self.inspect(*file), files)):
                if told:
                    told(at + 1)
                found.append(proposal)
            return found

    def remember(self, recipe: Recipe) -> None:
        """Keep a corrected recipe for the next file with the same headers."""
        key = shape(recipe.file_headers())
        body = {"shape": key, "recipe": recipe.to_json()}
        self.take_in_memory(self._store.journal.append("remember", body))

    def take_in_memory(self, entry: Entry) -> None:
        """Bring one "remember" entry into the database."""
        key, recipe = entry.body["shape"], json.dumps(entry.body["recipe"], ensure_ascii=False)
        with self._store.taking_in(entry.seq) as writer:
            writer.run("delete from remembered where shape = ?", [key])
            writer.run("insert into remembered values (?, ?, ?)", [key, recipe, entry.seq])

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

    def _remembered(self, key: str) -> Recipe | None:
        """Asked for every row that could be a header: looked up once per data version."""
        if self._memory[0] != self._store.position:
            found = self._store.fetch("select shape, recipe from remembered")
            taught = zip(found["shape"], found["recipe"], strict=True)
            self._memory = (self._store.position, dict(taught))
        recipe = self._memory[1].get(key)
        return None if recipe is None else Recipe.from_json(json.loads(recipe))
