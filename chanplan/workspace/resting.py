"""What the figures rest on: of every file its rows, how many are in, and its own total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from chanplan.domain.scope import Scope
from chanplan.store import Store

# Rows set aside that came back mended are in: they are rows of the file they came from. Of
# several mendings of one file the newest that counts speaks, as in store/restating.
_FILES = """
    with counting as (
        select batch, bool_or(active) as active from batch_month group by batch
    ),
    told as (
        select batch.* exclude (recipe), coalesce(counting.active, true) as active,
            cast(json_extract(recipe, '$.repairs') as integer) as mends
        from batch left join counting using (batch)
    ),
    mended as (
        select mends as batch, arg_max(rows_loaded, batch) as rows,
            arg_max(sum_loaded, batch) as money, arg_max(sum_set_aside, batch) as money_aside
        from told where active and mends is not null group by mends
    )
    select told.batch, told.name, told.sha256, told.source, told.basis,
        told.rows_file, told.rows_loaded + coalesce(mended.rows, 0) as rows_loaded,
        greatest(told.rows_set_aside - coalesce(mended.rows, 0), 0) as rows_set_aside,
        told.rows_skipped, coalesce(mended.rows, 0) as rows_mended,
        told.sum_file, told.sum_loaded + coalesce(mended.money, 0) as sum_loaded,
        coalesce(mended.money_aside, told.sum_set_aside) as sum_set_aside, told.sum_stated,
        told.stated_off - coalesce(mended.money + mended.money_aside - told.sum_set_aside, 0)
            as stated_off
    from told left join mended using (batch)
    where told.mends is null and told.active"""


def files(store: Store, scope: Scope | None = None) -> pd.DataFrame:
    """One row per import that counts, mended rows among those of their file.

    scope  only imports of sales of its basis that tell of its months (and sources, where it is
           narrowed to some). A file's rows are its own, of whatever month: a row that could not
           be read has none.
    """
    if scope is None:
        return store.fetch(f"{_FILES} order by told.batch")
    wanted, values = _within(scope)
    return store.fetch(f"{_FILES} and {wanted} order by told.batch", values)


def _within(scope: Scope) -> tuple[str, Sequence[Any]]:
    months = (
        "told.table_name = 'sales' and told.basis = ? and told.batch in ("
        "select batch from batch_month where active and month between ? and ?)"
    )
    values: list[Any] = [scope.basis, scope.period.first, scope.period.last]
    for name, kept in scope.where:
        if name == "source":
            months += " and told.source in (select unnest(?::varchar[]))"
            values.append(list(kept))
    return months, values
