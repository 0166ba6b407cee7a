"""Sheets between reading and loading: read again where they have gone, put away when loaded."""

from __future__ import annotations

from dataclasses import replace

from chanplan.domain.recipe import Recipe
from chanplan.ingest.read import Sheet, reread
from chanplan.ingest.recognise import Proposal
from chanplan.settings import Limits
from chanplan.store import Store, deeds
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace.loading.work import Work


class Staged:
    """The sheets of one open store."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    def sheet_of(self, original: Original, proposal: Proposal) -> Sheet:
        """The proposal's sheet; read again when its staging file has gone with a restart."""
        source = proposal.sheet.source
        if source is not None and source.path.exists():
            return proposal.sheet
        staging = self._store.staging
        return reread(original.path, original.name, staging, proposal.recipe, self._limits)

    def work_of(self, entry: Entry) -> Work:
        """An entry of the journal on its way in again, from its original."""
        recipe = Recipe.from_json(entry.body["recipe"])
        sha256 = deeds.sha_now(self._store.journal, entry)
        kept = self._store.originals.find(entry.body["name"], sha256)
        staging = self._store.staging
        sheet = reread(kept.path, kept.name, staging, recipe, self._limits)
        # The batch is known by the bytes that came, whatever of them has been forgotten since.
        return Work(entry, replace(kept, sha256=entry.body["sha256"]), recipe, sheet)

    def put_away(self, sheet: Sheet) -> None:
        """A loaded sheet's staging file is not needed again; other files' stay."""
        if sheet.source is not None and sheet.source.path.is_relative_to(self._store.staging):
            sheet.source.path.unlink(missing_ok=True)
