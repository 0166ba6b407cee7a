"""Every landing that would have been told in the past of a set of series, beside what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
import pandas as pd

from benchmarks import landing_references as references
from benchmarks.landing_series import Series
from chanplan.analysis.landing import Outlook, interval, outlooks, p_hit
from chanplan.analysis.landing.course import ordinal_of
from chanplan.domain.calendar import last_day
from chanplan.domain.period import MONTHS_A_YEAR, from_ordinal

# A period is told of only where so many months come before it.
BEFORE = MONTHS_A_YEAR
PARTS = (0.25, 0.5, 0.75)
# Targets per outcome: the outcome times exp(normal with this deviation).
TARGETS, AROUND = 5, 0.2
SEED = 6
# Imagined outcomes per landing.
IMAGINED = 50


@dataclass(frozen=True)
class Stand:
    """A period, and the day on which its landing is told; part: 25, 50, 75 % of it, or None."""

    kind: str
    first: date
    known: date
    last: date
    part: float | None


def stands(start: date, end: date, before: int = BEFORE) -> Iterator[Stand]:
    """For all years and quarters with `before` months before them: the days at PARTS, and all
    other ends of months within them."""
    for kind, length in (("year", 12), ("quarter", 3)):
        for number in range(ordinal_of(start) + before, ordinal_of(end) + 2 - length):
            if number % length == 0:
                yield from _within(kind, number, length)


def _within(kind: str, number: int, length: int) -> Iterator[Stand]:
    first = _end(number - 1) + timedelta(days=1)
    last = _end(number + length - 1)
    told = set()
    for part in PARTS:
        known = _end(number + int(length * part) - 1)
        if length * part % 1:
            known = first + timedelta(days=round(part * ((last - first).days + 1)) - 1)
        told.add(known)
        yield Stand(kind, first, known, last, part)
    for at in range(length - 1):
        if _end(number + at) not in told:
            yield Stand(kind, first, _end(number + at), last, None)


def _end(number: int) -> date:
    return last_day(from_ordinal(number))


def replay(
    series: Sequence[Series], with_ets: frozenset[str], before: int = BEFORE
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Landings, one row per series and stand; odds, one row per landing and target.

    series: of one data set, of one span. with_ets: the names that ETS is asked for as well.
    before: how many months come before a period; with less than a year there is no last year.
    """
    landings, odds = [], []
    random = np.random.default_rng(SEED)
    for stand in stands(series[0].start, series[0].last, before):
        told = outlooks({one.name: one.course(stand.known) for one in series}, stand.last)
        for one in series:
            outlook = told[one.name]
            span = (stand.first, stand.known, stand.last)
            actual = one.between(stand.first, stand.known)
            outcome = one.between(stand.first, stand.last)
            course = one.course(stand.known)
            whole = course.values if course.covered == 1 else course.values[:-1]
            left = ordinal_of(stand.last) - ordinal_of(stand.known) + 1 - course.covered
            miss = references.usual_miss(whole, left)
            naive = references.same_of_last_year(one, *span) if before >= BEFORE else np.nan
            rate = references.run_rate(one, *span)
            low, high = interval(actual, outlook, 0.8)
            landings.append(
                {
                    "data_set": one.data_set,
                    "series": one.name,
                    "kind": stand.kind,
                    "known": stand.known,
                    "last": stand.last,
                    "part": stand.part,
                    "state": outlook.state,
                    "method": outlook.method,
                    "seasonal": one.autocorrelation >= 0.3,
                    "outcome": outcome,
                    "miss": miss,
                    "landing": actual + outlook.expected,
                    "run rate": rate,
                    "seasonal naive": naive,
                    "ETS": references.by_ets(one, *span)
                    if one.name in with_ets and stand.part
                    else np.nan,
                    "low": low,
                    "high": high,
                    "as said": _as_said(actual, outlook),
                    "pit": float(np.mean(outlook.draws <= outcome - actual)),
                }
            )
            for factor in np.exp(AROUND * random.standard_normal(TARGETS)):
                target = outcome * factor
                spread = NormalDist(0, max(1.25 * miss, 1e-9))
                odds.append(
                    {
                        "data_set": one.data_set,
                        "series": one.name,
                        "known": stand.known,
                        "last": stand.last,
                        "hit": outcome >= target,
                        "P(hit)": p_hit(actual, target, outlook),
                        "run rate": float(rate >= target),
                        "seasonal naive": 1 - spread.cdf(target - naive),
                    }
                )
    return pd.DataFrame(landings), pd.DataFrame(odds)


def _as_said(actual: float, outlook: Outlook) -> float:
    """The mean Brier score of P(hit) if outcomes came as the draws do, for targets around them."""
    random = np.random.default_rng(SEED)
    ordered = np.sort(outlook.draws)
    ends = actual + random.choice(ordered, IMAGINED)
    targets = ends * np.exp(AROUND * random.standard_normal(IMAGINED))
    chance = 1 - np.searchsorted(ordered, targets - actual - 1e-9 * np.abs(targets)) / len(ordered)
    return float(((chance - (ends >= targets)) ** 2).mean())
