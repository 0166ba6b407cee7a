"""The own season of members: what part of a year each month brings, with Chinese New Year moved.

Of every whole earlier year the months' shares of that year; their mean over the years is the
season. January and February are first taken apart into what an ordinary day and what a day
around the New Year brings, and put together again by where the New Year lies in the year asked:
so a holiday in January tells truly of one in February.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from chanplan.domain import calendar, events
from chanplan.domain.period import MONTHS_A_YEAR, Period, from_ordinal, ordinal

Floats = NDArray[np.float64]
# More of the past would tell of another company.
MOST_YEARS = 3
# Two rates cannot be told apart where the holiday fills both months alike.
LEAST_DIFFERENCE = 100.0


def weights(history: Floats, first: int, period: Period, until: int) -> Floats:
    """Members × months of the period: each row sums to 1, or is all NaN where no whole year of
    positive sales lies before the period.

    history  members × months from `first` (202101) on, gapless; whole months up to `until`
    """
    years = [
        shifted
        for back in range(1, MOST_YEARS + 1)
        if (shifted := _year(history, first, period.moved(-MONTHS_A_YEAR * back), period, until))
        is not None
    ]
    if not years:
        return np.full((len(history), len(period)), np.nan)
    known = np.stack(years)
    told = np.all(np.isfinite(known), axis=2)
    summed = np.where(told[:, :, None], known, 0.0).sum(axis=0)
    counts = told.sum(axis=0)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(counts > 0, summed / counts, np.nan)


def _year(history: Floats, first: int, base: Period, period: Period, until: int) -> Floats | None:
    """The shares of one earlier span, told as if its New Year lay where the period's does."""
    at = ordinal(base.first) - ordinal(first)
    if at < 0 or base.last > until or at + len(base) > history.shape[1]:
        return None
    values = np.maximum(_moved(history[:, at : at + len(base)].copy(), base, period), 0.0)
    whole = values.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, values / whole, np.nan)


def _moved(values: Floats, base: Period, period: Period) -> Floats:
    """Januaries and Februaries of a base with the New Year of the period a whole year later."""
    for at, month in enumerate(base):
        holds_both = month % 100 == 1 and at + 1 < len(base)
        if holds_both:
            later = from_ordinal(ordinal(period.first) + at)
            pair = values[:, at : at + 2]
            values[:, at : at + 2] = new_year_moved(pair, month // 100, later // 100)
    return values


def new_year_moved(pairs: Floats, was: int, now: int) -> Floats:
    """January and February of the year `was` as they would be with the New Year of `now`.

    Two equations give the two daily rates: month = ordinary days · ordinary rate + holiday days
    · holiday rate. Where they cannot be told apart, or one would be below zero, pairs stay.
    """
    then, later = holiday_days(was), holiday_days(now)
    if then is None or later is None or then[0] == later[0]:
        return pairs
    of = np.array([_days(was, 1, then[0]), _days(was, 2, then[1])])
    if abs(np.linalg.det(of)) < LEAST_DIFFERENCE:
        return pairs
    rates = np.linalg.solve(of, pairs.T).T
    to = np.array([_days(now, 1, later[0]), _days(now, 2, later[1])])
    moved = rates @ to.T
    # The year told is as large as before: only its two months change places.
    sums = moved.sum(axis=1)
    fair = (rates >= 0).all(axis=1) & (sums > 0)
    scale = np.where(fair, pairs.sum(axis=1) / np.where(sums > 0, sums, 1.0), 1.0)
    return np.where(fair[:, None], moved * scale[:, None], pairs)


def holiday_days(year: int) -> tuple[int, int] | None:
    """How many days of January and of February lie around the New Year; None where unknown."""
    event = events.new_year(year)
    if event is None:
        return None
    days = [event.start + timedelta(days=at) for at in range((event.last - event.start).days + 1)]
    return sum(d.month == 1 and d.year == year for d in days), sum(d.month == 2 for d in days)


def _days(year: int, month: int, holiday: int) -> tuple[float, float]:
    length = calendar.last_day(year * 100 + month).day
    return float(length - holiday), float(holiday)


def progress(shares: Sequence[float] | Floats, gone: Sequence[float]) -> float | None:
    """季节进度 = Σ weight · the part of its month that has gone, over Σ weight; None where the
    season is not known."""
    weight = np.asarray(shares, dtype=float)
    whole = float(weight.sum())
    if not whole > 0:
        return None
    return float(weight @ np.asarray(gone, dtype=float)) / whole


def spread(value: float, shares: Sequence[float] | Floats) -> Floats:
    """A year's or quarter's target over its months by their weights, for a curve alone: even
    where no season is known."""
    weight = np.asarray(shares, dtype=float)
    known = weight.sum() > 0
    return value * (weight / weight.sum() if known else np.full(len(weight), 1 / len(weight)))


def day(month: int) -> date:
    """202403 → 1 March 2024."""
    return date(month // 100, month % 100, 1)
