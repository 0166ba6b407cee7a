"""What a word of the company on its counting would move, tried and taken back."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from chanplan.workspace.by_hand import SUMS, differences, sums
from chanplan.workspace.workspace import Workspace

Words = Mapping[str, str | None]
RENAMED = (
    "month", "fiscal_year_before", "fiscal_year_after", "fiscal_quarter_before",
    "fiscal_quarter_after",
)  # fmt: skip
_NAMES = """
    select month, fiscal_year, fiscal_quarter from calendar
    semi join (select distinct month from rollup_partner) as sold using (month) order by month"""


def moves(space: Workspace, words: Words) -> pd.DataFrame:
    """The figures that would differ: the columns of `by_hand.moves`."""
    closed = set(space.closings.closed())
    with space.company.trying(words) as reader:
        after = sums(reader.rows(SUMS))
    with space.store.trying() as reader:
        before = sums(reader.rows(SUMS))
    return differences(before, after, closed)


def renamed(space: Workspace, words: Words) -> pd.DataFrame:
    """Months with sales that would lie in another fiscal year or quarter: `RENAMED`, the quarters
    as 20241."""
    with space.company.trying(words) as reader:
        after = {row[0]: row[1:] for row in reader.rows(_NAMES)}
    with space.store.trying() as reader:
        before = {row[0]: row[1:] for row in reader.rows(_NAMES)}
    found = [
        (month, year, after[month][0], quarter, after[month][1])
        for month, (year, quarter) in before.items()
        if month in after and after[month] != (year, quarter)
    ]
    return pd.DataFrame(found, columns=list(RENAMED))
