"""What of each import's money counts today, in the money and on the tax side of its file."""

from __future__ import annotations

import pandas as pd

from chanplan.domain.line_types import COUNTED
from chanplan.store import Store

# A line's own side goes before its file's, as in store/taxes. Lines worked out from others are
# those of the import that told of them; `dated` is what only returns have.
_MONEY = f"""
    with told as (
        select line.batch, line.line_type in {COUNTED} as counts, line.dated,
            case coalesce(line.stated, batch.tax) when 'without_tax'
                then line.amount_without_tax else line.amount_with_tax end as money
        from told_lines as line join batch on batch.batch = line.batch
    )
    select batch,
        coalesce(sum(money) filter (counts), 0) as counted,
        coalesce(sum(money) filter (not counts), 0) as apart,
        coalesce(sum(money) filter (counts and dated is not null), 0) as refunded
    from told group by batch order by batch"""


def money(store: Store) -> pd.DataFrame:
    """One row per import of which lines count or are told apart: `counted` makes net sales,
    `apart` is of lines that are no sales, `refunded` (≤ 0, within `counted`) of returns that were
    worked out from its rows. An import whose lines all have gone from what counts has no row."""
    return store.fetch(_MONEY)
