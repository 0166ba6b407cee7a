"""Columns of a frame of customers as plain numbers, whatever they are kept as."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


def floats(column: pd.Series) -> Floats:
    """A column of whole numbers, decimals or floats; NaN where nothing is known."""
    if column.dtype == object:
        column = pd.to_numeric(column.astype(object).where(column.notna(), np.nan), errors="coerce")
    return np.asarray(column.astype("float64").to_numpy(), dtype=np.float64)
