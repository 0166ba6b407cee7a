"""Which files of a month are due, by each source's own habit, and which of them have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

import pandas as pd

from chanplan.domain import calendar
from chanplan.domain.period import shift

# A source that has told of none of so many months before is not waited for any more.
FORGOTTEN_AFTER = 3
# A habit is read from so many months back; one file alone is none.
HABIT_MONTHS, FEWEST_FILES = 12, 2
# Files that came later than this after their month were caught up on, and show no habit.
CAUGHT_UP = 45
# Days without a sale at a month's end that need not mean a file cut short.
QUIET_DAYS = 5
# Days by which a source nobody knows better is waited for.
USUAL_DAY = 5


@dataclass(frozen=True)
class Expected:
    """One source's file of a month.

    state    "came"; "partial": it stops days before the month's end; "late": due and not there;
             "awaited": not due yet; "stopped": the source has told nothing for months
    usual    day after the month's end on which it usually comes (1 = the first day after)
    known    how that is known: "said" in the table of sources, "habit", or "default"
    earliest, latest   the same of its files before; None without habit
    arrived  day it came; None while it has not
    due      the day by which it is waited for
    """

    source: str
    basis: str
    state: str
    usual: int
    known: str
    earliest: int | None
    latest: int | None
    arrived: date | None
    covered_to: date | None
    lines: int
    due: date

    @property
    def is_open(self) -> bool:
        """Whether somebody should ask for it."""
        return self.state in ("partial", "late")


def expected(
    told: pd.DataFrame,
    said: Mapping[str, int],
    month: int,
    today: date,
    cut_off_day: int = calendar.MONTH_END,
) -> list[Expected]:
    """Every source's file of `month`, what should be asked for first.

    told  a row per source, basis and month that has been told of: source, basis, month, lines,
          covered_to (date or None), arrived (date of the import that first told of it whole, or of
          the newest)
    said  source → the day after a month's end on which its file should be there
    """
    end = calendar.last_day(month, cut_off_day)
    found = []
    for (source, basis), own in told.groupby(["source", "basis"], sort=True):
        rows = {int(row["month"]): row for row in own.to_dict("records")}
        if min(rows) > month:
            continue
        usual, known, habit = _usual(str(source), rows, said, month, cut_off_day)
        due = end + timedelta(days=usual)
        row = rows.get(month)
        covered, arrived = (_day(row[name]) if row else None for name in ("covered_to", "arrived"))
        state = _state(row is not None, covered, rows, month, end, due, today)
        found.append(
            Expected(str(source), str(basis), state, usual, known,
                     min(habit, default=None), max(habit, default=None),
                     arrived, covered, int(row["lines"]) if row else 0, due)
        )  # fmt: skip
    order = {"late": 0, "partial": 1, "awaited": 2, "came": 3, "stopped": 4}
    return sorted(found, key=lambda one: (order[one.state], one.due, one.source, one.basis))


def _state(
    there: bool,
    covered: date | None,
    rows: Mapping[int, Any],
    month: int,
    end: date,
    due: date,
    today: date,
) -> str:
    if there:
        # A source that has told of a later month has told all it had of this one.
        later = max(rows) > month
        cut_short = covered is not None and (end - covered).days > QUIET_DAYS and not later
        return "partial" if cut_short else "came"
    newest = max((one for one in rows if one < month), default=None)
    if newest is None or newest < shift(month, -FORGOTTEN_AFTER):
        return "stopped"
    return "late" if today > due else "awaited"


def _usual(
    source: str,
    rows: Mapping[int, Any],
    said: Mapping[str, int],
    month: int,
    cut_off_day: int,
) -> tuple[int, str, list[int]]:
    """The usual day, how it is known, and the days of the files before."""
    first = shift(month, -HABIT_MONTHS)
    lags = [
        (arrived - calendar.last_day(one, cut_off_day)).days
        for one, row in rows.items()
        if first <= one < month and (arrived := _day(row["arrived"])) is not None
    ]
    habit = [lag for lag in lags if 0 < lag <= CAUGHT_UP]
    if source in said:
        return said[source], "said", habit
    if len(habit) >= FEWEST_FILES:
        return round(median(habit)), "habit", habit
    return USUAL_DAY, "default", []


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
