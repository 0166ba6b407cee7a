"""Source by month: what has come in, what is missing, and what is only half there."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from chanplan.analysis.story import Finding
from chanplan.domain import calendar
from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.period import MONTHS_A_YEAR, Period, ordinal

COLUMNS: Final = ("source", "basis", "month", "state", "closed", "files", "lines", "covered_to")
# loaded    lines of this month count
# partial   the newest files stop days before the month's end
# restated  a later file has taken the place of an earlier one
# off       there are files, and none of their lines counts
# missing   none between the source's first month and the last month of all
# before    none, and the source had not begun
# ended     none for a year and more: nobody waits for it
STATES: Final = ("loaded", "partial", "restated", "off", "missing", "before", "ended")
# Days without a sale at a month's end that need not mean a file cut short.
QUIET_DAYS = 5
# Months side by side on a phone that can still be told apart.
MOST_MONTHS = 24

Row = Mapping[Hashable, Any]


def grid(told: pd.DataFrame) -> pd.DataFrame:
    """Every month from the first to the last for every source.

    In: `workspace.covering.grid`, perhaps empty. Out: COLUMNS, by source, basis and month;
    `state` is one of STATES.
    """
    if len(told) == 0:
        return pd.DataFrame(columns=list(COLUMNS))
    months = list(Period(int(told["month"].min()), int(told["month"].max())))
    closed = {int(month) for month in told.loc[told["closed"].astype(bool), "month"]}
    rows = []
    for (source, basis), own in told.groupby(["source", "basis"], sort=True):
        known = {int(row["month"]): row for row in own.to_dict("records")}
        reach = max((row["covered_to"] for row in known.values() if _is_day(row)), default=None)
        for month in months:
            row = known.get(month)
            first = month if source == ADJUSTED else min(known)  # no file of it is expected
            state = _state(row, month, first, reach)
            if state == "missing" and month > max(known) and _ended(max(known), months[-1]):
                state = "ended"
            lines, files = (row["counted"], row["files"]) if row else (0, 0)
            until = row["covered_to"] if row and _is_day(row) else None
            shut = month in closed
            rows.append((source, basis, month, state, shut, int(files), int(lines), until))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def newest(shown: pd.DataFrame, most: int = MOST_MONTHS) -> pd.DataFrame:
    """The same for the last `most` months only."""
    kept = sorted({int(month) for month in shown["month"]})[-most:]
    return shown[shown["month"].isin(kept)].reset_index(drop=True)


def quiet(cells: pd.DataFrame) -> tuple[str, ...]:
    """The sources of which nothing is to be told in these cells: those that have ended."""
    silent = cells["state"].isin(["before", "ended"]).groupby(cells["source"]).all()
    return tuple(str(source) for source in silent.index[silent])


def gaps(shown: pd.DataFrame) -> Finding | None:
    """How many cells are missing or partial, the newest first; None where nothing is shown."""
    if shown.empty:
        return None
    holes = shown[shown["state"].isin(["missing", "partial"])]
    sources = shown[["source", "basis"]].drop_duplicates()
    if holes.empty:
        return Finding("coverage_whole", {"count": len(sources)})
    newest = holes.sort_values(["month", "source"], ascending=[False, True])
    first = newest.iloc[0]
    values = {"count": len(holes), "source": first["source"], "last": int(first["month"])}
    return Finding("coverage_gaps", values)


def _state(row: Row | None, month: int, first: int, reach: date | None) -> str:
    if row is None:
        return "missing" if month > first else "before"
    if not row["counted"]:
        return "off"
    if reach is not None and _month(reach) == month and _left(reach) > QUIET_DAYS:
        return "partial"
    return "restated" if row["restated"] else "loaded"


def _ended(newest: int, last: int) -> bool:
    """Whether a source has told of nothing for a year, while others have."""
    return ordinal(last) - ordinal(newest) > MONTHS_A_YEAR


def _is_day(row: Row) -> bool:
    return isinstance(row["covered_to"], date) and not pd.isna(row["covered_to"])


def _left(day: date) -> int:
    """Days of its month after this one."""
    return (calendar.last_day(_month(day)) - day).days


def _month(day: date) -> int:
    return day.year * 100 + day.month
