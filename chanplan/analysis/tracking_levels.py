"""In which order a planner looks at the levels that targets name."""

from __future__ import annotations

from typing import Final

import pandas as pd

LEVELS: Final = (
    "channel", "region", "partner", "province", "category", "product", "department", "manager",
    "salesperson", "customer",
)  # fmt: skip


def levels_of(levels: pd.DataFrame, measure: str) -> list[str]:
    """The levels that targets of a measure name; none where they are the company's alone.

    In: one row per measure with how many targets name each level.
    """
    rows = levels[levels["measure"] == measure]
    return [name for name in LEVELS if len(rows) and int(rows[name].iloc[0])]
