"""What has come in: every import, how it was read, what of it was set aside or joined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from chanplan.domain.recipe import Recipe
from chanplan.ingest.recognise import Proposal
from chanplan.settings import Limits
from chanplan.store import Store
from chanplan.store.joined import Joined
from chanplan.store.originals import Original
from chanplan.workspace import aside, came, counted, history, rivals
from chanplan.workspace.loading.same import earlier, identity


@dataclass(frozen=True)
class Known:
    """A file that is here already: when it came, as which imports, whether they count."""

    at: str
    batches: tuple[int, ...]
    active: bool


class Imports:
    """The imports of one open store."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    def all(self) -> pd.DataFrame:
        """Every import, newest first, with its counts, sums, whether it counts, and `repairs`:
        the import whose rows, set aside, it brings back mended."""
        return came.batches(self._store)

    def money(self) -> pd.DataFrame:
        """What of each import's money counts today: batch, counted, apart, refunded."""
        return counted.money(self._store)

    def before(self, original: Original, proposal: Proposal) -> Known | None:
        """When all of these sheets of these bytes were loaded before; None where they were not."""
        asked = [(original, one) for one in (proposal, *proposal.alike)]
        found = earlier(self._store, asked)
        if len(found) < len({identity(*one) for one in asked}):
            return None
        batches = tuple(sorted(made.batch for made in found.values()))
        counting = self.all().set_index("batch")["active"]
        return Known(
            max(str(made.already) for made in found.values()),
            batches,
            bool(counting.loc[list(batches)].any()),
        )

    def rivals(
        self, recipe: Recipe, channels: Collection[str], months: Collection[int]
    ) -> tuple[str, ...]:
        """Other sources that count for these channels and months on the basis of a file that is
        still to be loaded."""
        return rivals.others(self._store, recipe, channels, months)

    def last(self) -> list[int]:
        """The imports that count and came with the newest press of a button."""
        return history.came_together(self._store)

    def recipe(self, batch: int) -> Recipe:
        """How a batch was read: its headers, columns and answers. KeyError for no such batch."""
        return came.recipe(self._store, batch)

    def set_aside(self, batch: int) -> pd.DataFrame:
        """The rows of a batch that were set aside: line, reason, field, raw."""
        return came.set_aside(self._store, batch)

    def aside(self, batch: int) -> pd.DataFrame:
        """The same rows as they stand today, mended or not, with their money: `aside.rows`."""
        return aside.rows(self._store, self._limits, batch)

    def joined(self, batch: int) -> Joined | None:
        """Which orders a batch's returns and items have found, and which are alone; None where
        it has nothing to join. KeyError for no such batch."""
        return self._store.joined(batch)

    def staged(self) -> int:
        """Bytes of files at hand that have been cut into cells and wait to be loaded."""
        return came.staged(self._store)
