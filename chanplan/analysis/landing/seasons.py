"""The season of many series at once, shrunk as far as their noise asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import Numbers
from chanplan.domain.period import MONTHS_A_YEAR

# Before a month was seen twice nobody can tell season from noise: half and half, believed as
# if it had been seen this often.
_DOUBT: Final = 6
# No month is divided by less than this share of an ordinary one.
_LEAST: Final = 0.05


@dataclass(frozen=True, eq=False)
class Season:
    """Twelve effects a series, January first: a part of the level where `relative`, else an
    amount that is added."""

    effects: Numbers
    relative: np.ndarray

    def without(self, values: Numbers, first: int) -> Numbers:
        """Values (series × months, the first of ordinal `first`) less their season."""
        effects = self._laid(first, values.shape[1])
        return np.where(self.relative[:, None], values / (1 + effects), values - effects)

    def put_back(self, values: Numbers, first: int) -> Numbers:
        """The inverse of `without`."""
        effects = self._laid(first, values.shape[1])
        return np.where(self.relative[:, None], values * (1 + effects), values + effects)

    def _laid(self, first: int, months: int) -> Numbers:
        return self.effects[:, (first + np.arange(months)) % MONTHS_A_YEAR]


def season(past: Numbers, first: int) -> Season:
    """The season of each row of `past`; none where there is less than a year.

    Each month's mean distance from the year around it, as a part of that year's level where all
    values are ≥ 0. It is shrunk by 1 − (noise of a mean) / (variance of the twelve), the
    positive-part rule of James and Stein (1961), noise being how a month differs between years.
    """
    series, months = past.shape
    relative = (past >= 0).all(axis=1) & (past.sum(axis=1) > 0)
    effects = np.zeros((series, MONTHS_A_YEAR))
    if months < MONTHS_A_YEAR:
        return Season(effects, relative)
    around = _year_around(past)
    unit = np.where(relative[:, None], np.maximum(around, 1e-12), 1.0)
    of_year = (first + np.arange(months)) % MONTHS_A_YEAR
    member = (of_year[:, None] == np.arange(MONTHS_A_YEAR)).astype(float)
    effects = (past - around) @ member / (unit @ member)
    effects -= effects.mean(axis=1, keepdims=True)
    left = (past - around) / unit - effects[:, of_year]
    spread = effects.var(axis=1)
    noise = ((left**2).sum(axis=1) + _DOUBT * spread / 2) / (months - MONTHS_A_YEAR + _DOUBT)
    of_mean = noise * MONTHS_A_YEAR / months
    kept = np.clip(1 - of_mean / np.maximum(spread, 1e-30), 0, 1)
    shrunk = effects * kept[:, None]
    return Season(np.where(relative[:, None], np.maximum(shrunk, _LEAST - 1), shrunk), relative)


def _year_around(past: Numbers) -> Numbers:
    """For each month the mean of a year that holds it, as near its middle as the ends allow."""
    months = past.shape[1]
    sums = np.concatenate([np.zeros((len(past), 1)), past.cumsum(axis=1)], axis=1)
    start = np.clip(np.arange(months) - MONTHS_A_YEAR // 2, 0, months - MONTHS_A_YEAR)
    return np.asarray((sums[:, start + MONTHS_A_YEAR] - sums[:, start]) / MONTHS_A_YEAR)
