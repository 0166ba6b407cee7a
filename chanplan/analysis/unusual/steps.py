"""The steps in which a history is read: months, January and February as one for the New Year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from chanplan.domain.period import Period

# Eleven steps a year: 春节 wanders between January and February, together they hold it.
STEPS_A_YEAR = 11
# Steps before the scope that make a history: eighteen months hold at least sixteen.
LEAST_HISTORY = 16
# Two whole years: only then has every step of the year been seen twice.
SEASON_FROM = 2 * STEPS_A_YEAR
Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Steps:
    """The whole steps from the first month of data to the last of a scope.

    first, now, end  step numbers: the history is [first, now), the scope [now, end)
    """

    first: int
    now: int
    end: int

    @property
    def history(self) -> range:
        """The steps before the scope."""
        return range(self.first, self.now)

    @property
    def scope(self) -> range:
        """The steps that end within the scope; none where it is a January alone."""
        return range(self.now, self.end)

    @property
    def is_enough(self) -> bool:
        """Whether there is something to judge, and enough to judge it by."""
        return len(self.scope) > 0 and len(self.history) >= LEAST_HISTORY


def number(month: int) -> int:
    """202401 and 202402 → 22264, 202403 → 22265: neighbours differ by one."""
    return month // 100 * STEPS_A_YEAR + max(month % 100 - 2, 0)


def month_of(step: int) -> int:
    """The first month of a step."""
    place = step % STEPS_A_YEAR
    return step // STEPS_A_YEAR * 100 + (place + 2 if place else 1)


def steps(first_month: int, period: Period) -> Steps:
    """In: the first month with data, and the scope. A step that has only begun does not count."""
    first = number(first_month) + (first_month % 100 == 2)
    end = number(period.last) + (period.last % 100 != 1)
    return Steps(first, min(number(period.first), end), end)


def by_step(frame: pd.DataFrame, keys: list[str], measure: str, over: Steps) -> pd.DataFrame:
    """`measure` as floats, one row per member of `keys`, one column per step; absent is 0, and
    what is not stated is the member "": it counts in every total."""
    told = frame[keys].fillna("").astype(str)
    months = frame["month"].astype(int)
    told["step"] = months // 100 * STEPS_A_YEAR + (months % 100 - 2).clip(lower=0)
    told["amount"] = pd.to_numeric(frame[measure]).fillna(0).astype(float)
    table = told.groupby([*keys, "step"])["amount"].sum().unstack("step")
    return table.reindex(columns=range(over.first, over.end)).fillna(0.0)
