"""What is put beside a target: what was asked, what was sold by member and month, its season."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

import numpy as np
import pandas as pd

from chanplan.analysis import arithmetic, pace_season
from chanplan.analysis.pace_events import NO_EVENTS, ByMember
from chanplan.analysis.tracking_targets import Key
from chanplan.domain.period import MONTHS_A_YEAR, Period, from_ordinal, ordinal
from chanplan.domain.scope import Basis

Progress = Literal["calendar", "season"]
PROGRESSES: Final[tuple[Progress, ...]] = ("calendar", "season")


@dataclass(frozen=True)
class Asked:
    """What is tracked: by which dimensions, in which months, up to which day.

    reach      member → the last day its sources cover; who is absent is covered to `as_of`
    progress   the progress that pace and gap are judged by
    events     how many ordinary days a day of an event to come is worth
    """

    by: tuple[str, ...]
    period: Period
    as_of: date
    basis: Basis
    cut_off_day: int
    reach: Mapping[Key, date]
    progress: Progress = "calendar"
    events: ByMember = NO_EVENTS

    def anchor(self, key: Key) -> date:
        """The day up to which a member is judged."""
        return min(self.as_of, self.reach.get(key, self.as_of))

    def place(self, month: int) -> int:
        """Where a month stands in the period: 0 for its first."""
        return ordinal(month) - ordinal(self.period.first)


@dataclass(frozen=True)
class Sold:
    """Sales by member and month: exact within the period, as floats over the whole history.

    history  members × months from `first` on, gapless, in the order of `keys`
    """

    exact: Mapping[Key, Mapping[int, Decimal]]
    keys: tuple[Key, ...]
    history: np.ndarray
    first: int

    @property
    def last(self) -> int:
        """The last month of the history."""
        return from_ordinal(ordinal(self.first) + self.history.shape[1] - 1)


@dataclass(frozen=True)
class Season:
    """Member → its weights over the months of the period; `whole` stands for who has none."""

    of: Mapping[Key, np.ndarray]
    whole: np.ndarray

    def weights(self, key: Key) -> np.ndarray:
        """Of a member, else of all together; NaN where neither has a whole earlier year."""
        own = self.of.get(key)
        return self.whole if own is None or np.isnan(own).any() else own


def sold(frame: pd.DataFrame, by: Sequence[str], measure: str, period: Period) -> Sold:
    """In: month, `by` and the measure, months up to the day judged. Cells without a value, such
    as unlike currencies, are left out."""
    members = [arithmetic.members(frame, name) for name in by]
    keys: list[Key] = list(zip(*members, strict=True)) if by else [()] * len(frame)
    months = frame["month"].astype(int).to_numpy()
    worth = frame[measure].to_numpy()
    told = ~pd.isna(worth)
    known = list(dict.fromkeys(keys))
    first = int(months.min()) if len(months) else period.first
    last = int(months.max()) if len(months) else period.first
    at = {key: row for row, key in enumerate(known)}
    history = np.zeros((len(known), ordinal(last) - ordinal(first) + 1))
    places = months // 100 * MONTHS_A_YEAR + months % 100 - 1 - ordinal(first)
    rows = np.array([at[key] for key in keys], dtype=int)
    np.add.at(history, (rows[told], places[told]), worth[told].astype(float))
    exact: dict[Key, dict[int, Decimal]] = {}
    within = told & (months >= period.first) & (months <= period.last)
    for place in np.flatnonzero(within):
        value = Decimal(worth[place])
        exact.setdefault(keys[place], {})[int(months[place])] = value
    return Sold(exact, tuple(known), history, first)


def season(known: Sold, period: Period, until: int) -> Season:
    """The season of every member and of all; `until` is the last whole month."""
    own = pace_season.weights(known.history, known.first, period, until)
    summed = known.history.sum(axis=0, keepdims=True)
    whole = pace_season.weights(summed, known.first, period, until)[0]
    return Season(dict(zip(known.keys, own, strict=True)), whole)
