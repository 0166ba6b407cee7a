"""Which source has told of which month, and what became of it."""

from __future__ import annotations

import pandas as pd

from chanplan.store import Store

_GRID = """
    with told as (
        select batch.source, batch.basis, covered.month,
            count(*) filter (covered.active) as files,
            coalesce(sum(covered.lines) filter (covered.active), 0)::bigint as loaded,
            coalesce(bool_or(covered.active and batch.takes in ('replace', 'replace_months')),
                false) as restated,
            max(batch.covered_to) filter (covered.active) as covered_to
        from batch_month as covered join batch using (batch)
        where batch.table_name = 'sales' and covered.month > 0 and covered.lines > covered.posted
        group by all
    ),
    counted as (
        select source, basis, month, sum(lines)::bigint as lines from rollup_partner group by all
    )
    select told.*, coalesce(counted.lines, 0) as counted,
        told.month in (select month from closed_month) as closed
    from told left join counted using (source, basis, month)
    order by source, basis, month"""


def grid(store: Store) -> pd.DataFrame:
    """One row per source, basis and month with imported sales: files (that count), loaded (their
    lines), counted (lines behind figures), restated, covered_to (the last day told of), closed."""
    return store.fetch(_GRID)


def closed_months(store: Store) -> list[int]:
    """The months that are closed, in order."""
    found = store.fetch("select month from closed_month order by month")
    return [int(month) for month in found["month"]]
