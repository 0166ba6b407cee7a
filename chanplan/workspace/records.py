"""An import as it is written down: in the journal, and in the table of batches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chanplan.domain.recipe import Recipe
from chanplan.ingest.load import Counts
from chanplan.store.journal import Entry
from chanplan.store.originals import Original


def journalled(original: Original, recipe: Recipe) -> Mapping[str, Any]:
    """What the journal keeps of an import: the file and its resolved recipe."""
    return {
        "sha256": original.sha256,
        "name": original.name,
        "size": original.size,
        "recipe": recipe.to_json(),
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
        "recipe": json.dumps(recipe.to_json(), ensure_ascii=False),
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
    )
