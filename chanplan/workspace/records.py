"""An import as it is written down: in the journal, and in the table of batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from chanplan.domain.drift import Drift
from chanplan.domain.posted import Posted
from chanplan.domain.posted import together as posted_together
from chanplan.domain.recipe import Recipe
from chanplan.domain.restated import Restated, Takes
from chanplan.ingest.load import Counts, together
from chanplan.store.joined import Joined
from chanplan.store.journal import Entry
from chanplan.store.originals import Original

# Told how many files are done.
Told = Callable[[int], None]


@dataclass(frozen=True)
class Outcome:
    """What an import did. `already` is when the same rows had been imported before; nothing
    was loaded then. `overlaps`: other files with the same source, basis and months.
    `rivals`: other sources that count for the same channel, month and basis. `companions`: what
    came along from other sheets of the file. `joined`: which orders its returns and items found.
    `drift`: what is unlike its source's files before.
    `currencies`: of its sales, by name.
    `restated`: its lines beside those its source had told of the same months; None where it
    had told nothing of them. `takes`: what was decided then.
    `posted`: its late lines of closed months, and where they count."""

    file: str
    table: str
    batch: int
    counts: Counts
    recipe: Recipe
    months: tuple[int, ...] = ()
    already: str | None = None
    overlaps: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    companions: tuple[Outcome, ...] = ()
    joined: Joined | None = None
    drift: tuple[Drift, ...] = ()
    restated: Restated | None = None
    takes: Takes | None = None
    currencies: tuple[str, ...] = ()
    posted: tuple[Posted, ...] = ()

    @property
    def alike(self) -> tuple[Outcome, ...]:
        """This sheet and those of the file that are the same table."""
        return (self, *(one for one in self.companions if one.table == self.table))

    def whole(self) -> Outcome:
        """The same with the rows, months and currencies of all sheets alike."""
        months = {month for one in self.alike for month in one.months}
        monies = {money for one in self.alike for money in one.currencies}
        return replace(
            self,
            counts=together([one.counts for one in self.alike]),
            months=tuple(sorted(months)),
            currencies=tuple(sorted(monies)),
            posted=posted_together(one.posted for one in self.alike),
            already=self.already if all(one.already for one in self.alike) else None,
        )


def journalled(
    original: Original,
    recipe: Recipe,
    together_to: int,
    takes: Takes | None,
    note: str | None = None,
    post: Mapping[int, int] = MappingProxyType({}),
) -> Mapping[str, Any]:
    """What the journal keeps of an import: the file, its resolved recipe, whose place it takes,
    why it came, the number of the last entry that came with it, without which it did not come,
    and where late lines of closed months count."""
    return {
        "sha256": original.sha256,
        "name": original.name,
        "size": original.size,
        "recipe": recipe.to_json(),
        "together_to": together_to,
        "takes": takes,
        "note": note,
        **({"post": {str(closed): after for closed, after in post.items()}} if post else {}),
    }


def batch_row(entry: Entry, original: Original, recipe: Recipe, counts: Counts) -> dict[str, Any]:
    """The row of table batch."""
    return {
        "batch": entry.seq,
        "sha256": original.sha256,
        "name": original.name,
        "sheet": recipe.sheet,
        "table_name": recipe.table,
        "source": recipe.source,
        "basis": recipe.basis,
        "grain": recipe.grain,
        "tax": recipe.tax,
        "imported_at": entry.at,
        "imported_by": entry.by,
        "covered_to": counts.covered_to,
        "rows_file": counts.file,
        "rows_loaded": counts.loaded,
        "rows_set_aside": counts.set_aside,
        "rows_skipped": counts.skipped,
        "sum_file": counts.sum_file,
        "sum_loaded": counts.sum_loaded,
        "sum_set_aside": counts.sum_set_aside,
        "rounded": counts.rounded,
        "rounding": counts.rounding,
        "sum_stated": counts.stated,
        "stated_off": counts.stated_off,
        "recipe": json.dumps(recipe.to_json(), ensure_ascii=False),
        "takes": entry.body.get("takes"),
        "note": entry.body.get("note"),
    }


def counts_of(row: Mapping[Any, Any]) -> Counts:
    """The counts a batch was recorded with."""
    covered = row["covered_to"]
    return Counts(
        file=int(row["rows_file"]),
        loaded=int(row["rows_loaded"]),
        set_aside=int(row["rows_set_aside"]),
        skipped=int(row["rows_skipped"]),
        sum_file=row["sum_file"],
        sum_loaded=row["sum_loaded"],
        sum_set_aside=row["sum_set_aside"],
        rounded=int(row["rounded"]),
        rounding=row["rounding"] or Decimal(0),
        months=(),
        covered_to=covered if isinstance(covered, date) else None,
        reasons={},
        stated=row["sum_stated"],
        stated_off=row["stated_off"],
    )


def outcome_of(row: Mapping[Any, Any]) -> Outcome:
    """What came of an import that was recorded in table batch; `months` beside its columns."""
    months = row["months"]
    return Outcome(
        str(row["name"]),
        str(row["table_name"]),
        int(row["batch"]),
        counts_of(row),
        Recipe.from_json(json.loads(row["recipe"])),
        () if months is None else tuple(int(month) for month in months),
        str(row["imported_at"]),
        currencies=tuple(row["currencies"] if row["currencies"] is not None else ()),
    )
