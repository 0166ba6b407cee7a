"""What a deed would move, on one side of the tax."""

from __future__ import annotations

import pandas as pd

from chanplan.analysis import arithmetic, cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.scope import TaxView

COLUMNS = ("basis", "month", "channel", "before", "after", "moved", "lines_before", "lines_after")


def moved(found: pd.DataFrame, tax: TaxView) -> pd.DataFrame:
    """In: `workspace.by_hand.moves`. Out: COLUMNS, most money first; where nothing stood before
    or stands after, what moves is all there is."""
    rows = [
        (
            row["basis"],
            int(row["month"]),
            row["channel"],
            row[f"{tax}_before"],
            row[f"{tax}_after"],
            arithmetic.difference(row[f"{tax}_after"] or ZERO, row[f"{tax}_before"] or ZERO),
            row["lines_before"],
            row["lines_after"],
        )
        for row in cells.records(found)
    ]
    rows.sort(key=lambda row: (-abs(row[5] or ZERO), -row[1], row[2] or ""))
    return cells.table(COLUMNS, rows)


def closed(found: pd.DataFrame) -> list[int]:
    """The closed months among them."""
    return sorted({int(row["month"]) for row in cells.records(found) if row["closed"]})
