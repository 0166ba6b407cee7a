"""Ways to go on from the past; each takes many series of one length and returns their months.

Every method is a function (past: series × months, first: ordinal of the first month, ahead) →
series × ahead, gives something for any past of at least one month, and is deterministic.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Final

import numpy as np

from chanplan.analysis.landing import newyear
from chanplan.analysis.landing.course import Numbers
from chanplan.analysis.landing.seasons import season
from chanplan.domain.period import MONTHS_A_YEAR

Method = Callable[[Numbers, int, int], Numbers]

# How many ordinary months stand beside the growth on last year, so that few months say little.
_GROWTH_DOUBT: Final = 3
_MOST_GROWTH: Final = 3.0
# Smoothing of the level and of the trend; the trend fades by _FADING a month.
_GRID: Final = tuple(product((0.1, 0.2, 0.35, 0.55, 0.8), (0.0, 0.1, 0.3)))
_FADING: Final = 0.85
# An error of a month before counts by this part of one of the next.
_FORGETS: Final = 0.97
# Series filtered side by side: what they need stays near the processor.
_AT_ONCE: Final = 512
# A season of more years ago tells of another company.
_MOST_YEARS: Final = 3
# How many months' worth of doubt each month's effect meets; the data choose.
_RIDGES: Final = (0.05, 0.5, 2.0, 6.0, 20.0, 100.0)
# A month full of New Year's buying may differ by three times what months usually do.
_NEW_YEAR_DOUBT: Final = 0.1
_TREND_DOUBT: Final = 2.0
# A month a year ago says about three quarters of what this one does.
_AGEING: Final = 0.975


def flat(past: Numbers, first: int, ahead: int) -> Numbers:
    """The mean of the last year: what a series without season and trend asks for."""
    return np.repeat(past[:, -MONTHS_A_YEAR:].mean(axis=1, keepdims=True), ahead, axis=1)


def last_year(past: Numbers, first: int, ahead: int) -> Numbers:
    """Seasonal naive with drift: the same months of last year, half of them as they are in the
    mean of the last years (each by its shares of its year), moved by the growth on the year before
    of all months that have one (at most twelve)."""
    months = past.shape[1]
    if months < MONTHS_A_YEAR:
        return flat(past, first, ahead)
    base = past[:, months - MONTHS_A_YEAR + np.arange(ahead) % MONTHS_A_YEAR]
    pairs = min(MONTHS_A_YEAR, months - MONTHS_A_YEAR)
    if pairs == 0:
        return base
    now = past[:, -pairs:].sum(axis=1)
    then = past[:, -MONTHS_A_YEAR - pairs : months - MONTHS_A_YEAR].sum(axis=1)
    usual = _GROWTH_DOUBT * np.abs(past[:, -MONTHS_A_YEAR:].mean(axis=1))
    growing = (past >= 0).all(axis=1) & (then + usual > 0)
    times = np.where(growing, (now + usual) / np.where(growing, then + usual, 1.0), 1.0)
    drift = np.where(growing, 0.0, (now - then) / (pairs + _GROWTH_DOUBT))
    times = np.clip(times, 1 / _MOST_GROWTH, _MOST_GROWTH)
    mean = _mean_year(past)[:, np.arange(ahead) % MONTHS_A_YEAR]
    base = np.where(growing[:, None], (base + mean) / 2, base)
    return base * times[:, None] + drift[:, None]


def _mean_year(past: Numbers) -> Numbers:
    """series × 12, a year back from the end on: the last year's sum by the mean shares that its
    months had of each of the last years in which anything was sold."""
    years = min(_MOST_YEARS, past.shape[1] // MONTHS_A_YEAR)
    each = past[:, -years * MONTHS_A_YEAR :].reshape(len(past), years, MONTHS_A_YEAR)
    sums = each.sum(axis=2, keepdims=True)
    sold = sums > 0
    shares = np.where(sold, each / np.where(sold, sums, 1.0), 0.0).sum(axis=1)
    return np.asarray(sums[:, -1] * shares / np.maximum(sold.sum(axis=1), 1))


def damped(past: Numbers, first: int, ahead: int) -> Numbers:
    """The mean of two damped trends: of the series less its season, which then comes back, and of
    the series as it is, since a season is a guess as well. Below a year there is none."""
    if past.shape[1] < MONTHS_A_YEAR:
        return _carried(past, ahead)
    found = season(past, first)
    both = _carried(np.concatenate([found.without(past, first), past]), ahead)
    seasonal = found.put_back(both[: len(past)], first + past.shape[1])
    return (seasonal + both[len(past) :]) / 2


def _carried(plain: Numbers, ahead: int) -> Numbers:
    """Damped trend (Gardner and McKenzie 1985), its smoothing chosen from a grid by the squared
    errors of one month ahead."""
    parts = [_filtered(plain[at : at + _AT_ONCE], ahead) for at in range(0, len(plain), _AT_ONCE)]
    return np.concatenate(parts)


def _filtered(plain: Numbers, ahead: int) -> Numbers:
    months = plain.shape[1]
    rates = np.array(_GRID)[:, :, None]
    alpha, beta = rates[:, 0], _FADING * rates[:, 0] * rates[:, 1]
    level = np.repeat(plain[None, :, : min(6, months)].mean(axis=2), len(_GRID), axis=0)
    # What the trend adds to the next month: itself, faded once.
    trend, missed = np.zeros_like(level), np.zeros_like(level)
    for value in plain.T:
        level += trend
        error = value - level
        trend *= _FADING
        trend += beta * error
        level += alpha * error
        missed *= _FORGETS
        error *= error
        missed += error
    best = missed.argmin(axis=0), np.arange(len(plain))
    grown = np.cumsum(_FADING ** np.arange(ahead))
    return np.asarray(level[best][:, None] + trend[best][:, None] * grown)


def regression(past: Numbers, first: int, ahead: int) -> Numbers:
    """Log-seasonal regression: level, trend, months, and where Chinese New Year lies.

    Older months count less; the months' effects are held back by a ridge chosen by generalised
    cross-validation (Golub, Heath and Wahba 1979); back from logs by the mean ratio (Duan 1983).
    Where a value is ≤ 0 there is no log: such rows are NaN and the method falls away.
    """
    months = past.shape[1]
    result = np.full((len(past), ahead), np.nan)
    fit = (past > 0).all(axis=1)
    if months < MONTHS_A_YEAR or not fit.any():
        return result
    plain = np.exp(np.clip(_fitted(np.log(past[fit]), first, ahead), -700, 700))
    recent = slice(max(0, months - 2 * MONTHS_A_YEAR), months)
    ratio = past[fit][:, recent].sum(axis=1) / plain[:, recent].sum(axis=1)
    result[fit] = plain[:, months:] * ratio[:, None]
    return result


def _fitted(logs: Numbers, first: int, ahead: int) -> Numbers:
    """series × (months + ahead): the regression of logs at the best of _RIDGES for each."""
    months = logs.shape[1]
    columns = _columns(first, months, ahead)
    seen = columns[:months]
    weights = _AGEING ** np.arange(months - 1, -1, -1.0)
    best, said = np.full(len(logs), np.inf), np.zeros((len(logs), months + ahead))
    for ridge in _RIDGES:
        penalty = [0.0, _TREND_DOUBT, *[ridge] * MONTHS_A_YEAR, *[ridge * _NEW_YEAR_DOUBT] * 2]
        inner = (seen.T * weights) @ seen + np.diag(penalty) + 1e-9 * np.eye(len(penalty))
        solved = np.linalg.solve(inner, seen.T * weights)
        fitted = logs @ (columns @ solved).T
        left = ((logs - fitted[:, :months]) ** 2 * weights).sum(axis=1)
        score = left / max(1e-9, 1 - np.trace(seen @ solved) / months) ** 2
        better = score < best
        best[better], said[better] = score[better], fitted[better]
    return said


def _columns(first: int, months: int, ahead: int) -> Numbers:
    """months + ahead rows: one, years from the last known month (fading after it), the twelve
    months, and both shares of New Year."""
    after = np.cumsum(_FADING ** np.arange(1, ahead + 1))
    time = np.concatenate([np.arange(1.0 - months, 1), after]) / MONTHS_A_YEAR
    of_year = (first + np.arange(months + ahead)) % MONTHS_A_YEAR
    dummies = (of_year[:, None] == np.arange(MONTHS_A_YEAR)).astype(float)
    festival = newyear.shares(first, months + ahead)
    return np.column_stack([np.ones(months + ahead), time, dummies, festival])


METHODS: Final[dict[str, Method]] = {
    "flat": flat,
    "last_year": last_year,
    "damped": damped,
    "regression": regression,
}
