"""What we would have said at this time of earlier periods, beside what came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import pandas as pd

from chanplan.analysis.landing.ahead import outlooks
from chanplan.analysis.landing.course import Course, ordinal_of
from chanplan.analysis.landing.odds import interval, p_hit
from chanplan.domain.period import MONTHS_A_YEAR, from_ordinal

COLUMNS: Final = (
    "first",
    "last",
    "origin",
    "state",
    "method",
    "actual",
    "landing",
    "low50",
    "high50",
    "low80",
    "high80",
    "low95",
    "high95",
    "outcome",
    "target",
    "p_hit",
    "hit",
)
TargetOf = Callable[[date, date], float | None]


def replayed(
    course: Course,
    until: date,
    *,
    since: date | None = None,
    target_of: TargetOf | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """One row per earlier period of the same length, at the same number of whole months in.

    course   whole months alone count: of earlier months nobody knows how they stood half over
    until    the last month of the period; since: its first, January of that year by default
    target_of  (first, last month) → the target of an earlier period, None where there was none
    Columns, dates being first days of months: first, last, origin (the last month known then),
    state, method, actual (to the origin), landing, low50 … high95 (of the landing), outcome,
    target, p_hit, hit (None without a target). Oldest first; empty where nothing is earlier.
    """
    last = ordinal_of(until)
    first = ordinal_of(since) if since else last - last % MONTHS_A_YEAR
    whole = len(course.months) - (1 if course.covered < 1 else 0)
    begin = ordinal_of(course.months[0]) if course.months else last + 1
    passed = min(max(begin + whole - first, 0), last - first)
    rows = []
    length = last - first + 1
    for back in range(1, (first - begin) // length + 1):
        start = first - back * length
        origin = start + passed - 1
        if origin < begin or start + length > begin + whole:
            continue
        rows.append(_row(course, begin, start, origin, length, target_of, seed))
    return pd.DataFrame(rows[::-1], columns=list(COLUMNS))


def _row(
    course: Course,
    begin: int,
    start: int,
    origin: int,
    length: int,
    target_of: TargetOf | None,
    seed: int,
) -> dict[str, object]:
    known = origin - begin + 1
    end = start + length - 1
    then = Course(course.months[:known], course.values[:known])
    outlook = outlooks({"": then}, _day(end), seed=seed)[""]
    actual = float(course.values[start - begin : known].sum())
    outcome = float(course.values[start - begin : start - begin + length].sum())
    target = target_of(_day(start), _day(end)) if target_of else None
    row: dict[str, object] = {
        "first": _day(start),
        "last": _day(end),
        "origin": _day(origin),
        "state": outlook.state,
        "method": outlook.method,
        "actual": actual,
        "landing": actual + outlook.expected,
        "outcome": outcome,
        "target": target,
        "p_hit": None if target is None else p_hit(actual, target, outlook),
        "hit": None if target is None else outcome >= target,
    }
    for share in (50, 80, 95):
        row[f"low{share}"], row[f"high{share}"] = interval(actual, outlook, share / 100)
    return row


def _day(number: int) -> date:
    month = from_ordinal(number)
    return date(month // 100, month % 100, 1)
