"""How far off a forecast of the past would have been: fitted to a day, held against what came.

What is fitted sees nothing after the day. The error is told as it is, and is the range of what is
said of the future.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from chanplan.analysis.customers import buying, outlook, rhythm
from chanplan.analysis.customers.buying import Buying
from chanplan.analysis.customers.columns import Floats, floats
from chanplan.analysis.customers.rhythm import Rhythm

# The hold-out: a year at most, else half of the history, and at least so many days.
MOST_DAYS: Final = 365
LEAST_DAYS: Final = 56
# Purchases up to the day that have a bar of their own; above, "7 or more".
MOST_BIN: Final = 7
# Cells times weeks worked out for the curve; beyond, it has fewer points.
MOST_WORK: Final = 3_000_000
DAYS_A_WEEK: Final = outlook.DAYS_A_WEEK


@dataclass(frozen=True)
class Check:
    """A forecast of the days after `split` up to `until`, for customers known at `split`.

    forecast, actual  buying days of all of them
    again, came_back  customers expected to buy at all, and who did
    curve  by weeks: `day`, `forecast`, `actual`, both summed from the split on
    bins   by buying days up to the split: `days` (MOST_BIN: so many or more), `customers`,
           `forecast` and `actual`, buying days per customer
    """

    split: date
    until: date
    customers: int
    forecast: float
    actual: int
    again: float
    came_back: int
    curve: pd.DataFrame
    bins: pd.DataFrame
    model: Buying | Rhythm

    @property
    def error(self) -> float | None:
        """Forecast less actual, as a part of the actual; None where nobody bought."""
        return self.forecast / self.actual - 1 if self.actual else None


def split_of(first: date, until: date) -> date | None:
    """The day up to which a history is fitted; None for one too short to hold anything out."""
    whole = (until - first).days + 1
    held = min(MOST_DAYS, (whole + 1) // 2)
    return until - timedelta(days=held) if held >= LEAST_DAYS else None


def check(
    before: pd.DataFrame,
    now: pd.DataFrame,
    repeats: pd.DataFrame,
    split: date,
    until: date,
    paced: Rhythm | None = None,
) -> Check:
    """A forecast from `before`, facts at the split, held against `now`, facts at the end.

    repeats  `day` and `repeats`: buying days of customers known at the split, after their first
    paced    their rhythm at the split; None: BG/NBD is fitted
    Raises ValueError where nobody is known at the split.
    """
    ahead = _Paced(before, paced) if paced else _Modelled(before)
    held = (until - split).days
    later = now.set_index("customer")["days"].reindex(before["customer"])
    came = np.nan_to_num(floats(later)) - floats(before["days"])
    expected = ahead.purchases(held)
    return Check(
        split=split,
        until=until,
        customers=len(before),
        forecast=float(expected.sum()),
        actual=round(float(came.sum())),
        again=float(ahead.again(held).sum()),
        came_back=int((came > 0).sum()),
        curve=_curve(ahead, repeats, split, until),
        bins=_bins(floats(before["days"]), expected, came),
        model=ahead.model,
    )


class _Modelled:
    """Forecasts of BG/NBD, worked out by cells."""

    def __init__(self, before: pd.DataFrame) -> None:
        self._cells, self._place = outlook.cells_of(before)
        self.model: Buying | Rhythm
        self.model = self._fitted = buying.fit(self._cells)
        self.work = len(self._cells.x)

    def purchases(self, days: float) -> Floats:
        return self._by_cell(days)[self._place]

    def again(self, days: float) -> Floats:
        return buying.again(self._fitted, self._cells, days / DAYS_A_WEEK)[self._place]

    def total(self, days: float) -> float:
        return float(self._cells.count @ self._by_cell(days))

    def _by_cell(self, days: float) -> Floats:
        return buying.expected(self._fitted, self._cells, days / DAYS_A_WEEK)


class _Paced:
    """Forecasts by each one's rhythm."""

    def __init__(self, before: pd.DataFrame, paced: Rhythm) -> None:
        self._before, self._rhythm = before, paced
        self.model: Buying | Rhythm = paced
        self.work = len(before)

    def purchases(self, days: float) -> Floats:
        return rhythm.expected(self._rhythm, self._before, days)

    def again(self, days: float) -> Floats:
        return rhythm.again(self._rhythm, self._before, days)

    def total(self, days: float) -> float:
        return float(self.purchases(days).sum())


def _curve(
    ahead: _Modelled | _Paced, repeats: pd.DataFrame, split: date, until: date
) -> pd.DataFrame:
    held = (until - split).days
    weeks = max(1, held // DAYS_A_WEEK)
    step = max(1, -(-weeks * ahead.work // MOST_WORK)) * DAYS_A_WEEK
    ends = [*range(0, held, step), held]
    days = (pd.to_datetime(repeats["day"]) - pd.Timestamp(split)).dt.days.to_numpy()
    counts = floats(repeats["repeats"])
    actual = [int(counts[(days > 0) & (days <= end)].sum()) for end in ends]
    return pd.DataFrame(
        {
            "day": [split + timedelta(days=end) for end in ends],
            "forecast": [ahead.total(end) if end else 0.0 for end in ends],
            "actual": actual,
        }
    )


def _bins(days: Floats, expected: Floats, came: Floats) -> pd.DataFrame:
    told = {"days": np.minimum(days, MOST_BIN).astype(int), "forecast": expected, "actual": came}
    grouped = pd.DataFrame(told).groupby("days")
    sizes = grouped.size().rename("customers")
    return pd.concat([sizes, grouped[["forecast", "actual"]].mean()], axis=1).reset_index()
