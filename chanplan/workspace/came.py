"""What the store keeps of each import: its counts and sums, its recipe, rows set aside."""

from __future__ import annotations

import json
from contextlib import suppress

import pandas as pd

from chanplan.domain.recipe import Recipe
from chanplan.store import Store


def batches(store: Store) -> pd.DataFrame:
    """One row per import, newest first."""
    return store.fetch(
        """
        with months as (
            select batch, bool_or(active) as active,
                min(month) filter (month > 0) as first_month, max(month) as last_month
            from batch_month group by batch
        )
        select batch.batch, name, sheet, table_name as "table", source, basis, tax, grain,
            imported_at, imported_by, covered_to, first_month,
            case when last_month > 0 then last_month end as last_month,
            rows_file, rows_loaded, rows_set_aside, rows_skipped,
            sum_file, sum_loaded, sum_set_aside, rounded, rounding,
            coalesce(active, true) as active, sha256, sum_stated, stated_off,
            cast(json_extract(recipe, '$.repairs') as integer) as repairs, takes
        from batch left join months using (batch) order by batch.batch desc"""
    )


def recipe(store: Store, batch: int) -> Recipe:
    """The recipe a batch was loaded by."""
    found = store.fetch("select recipe from batch where batch = ?", [batch])
    if found.empty:
        raise KeyError(batch)
    return Recipe.from_json(json.loads(found["recipe"].iloc[0]))


def set_aside(store: Store, batch: int) -> pd.DataFrame:
    """Rows of a batch that were not loaded, in file order."""
    return store.fetch(
        "select line, reason, field, raw from set_aside where batch = ? order by line, raw", [batch]
    )


def staged(store: Store) -> int:
    """Bytes that lie in the staging folder. A file that goes meanwhile weighs nothing."""
    sizes = 0
    for path in store.staging.rglob("*"):
        with suppress(OSError):
            sizes += path.stat().st_size
    return sizes
