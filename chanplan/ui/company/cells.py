"""Columns of a store's table as an editor takes them."""

from __future__ import annotations

import pandas as pd

from chanplan.domain.ever import EVER


def texts(column: pd.Series) -> pd.Series:
    """Texts with None where there is none, as an editor takes them."""
    return pd.Series(
        [one if isinstance(one, str) else None for one in column], index=column.index, dtype=object
    )


def days(column: pd.Series) -> pd.Series:
    """Dates as an editor takes them; since ever is none."""
    told = pd.to_datetime(column)
    return told.where(told > pd.Timestamp(EVER))
