"""Targets of measures that do not add up (rates, distinct counts): each beside its own actual.

Only a target at exactly the level asked is judged, in its own months: nothing is summed, spread
or forecast. Whether a figure meets its target follows from the measure's better way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import Member
from chanplan.analysis.tracking_targets import LENGTHS
from chanplan.domain import calendar
from chanplan.domain.period import Period, shift

COLUMNS: Final = (
    "is_total", "period", "first", "last", "state", "target", "actual", "attainment", "difference",
    "met",
)  # fmt: skip
# (kind of period, first month, member or None for the whole) → value.
Cell = tuple[str, int, Member]


def rates(
    targets: pd.DataFrame,
    actuals: Mapping[Cell, Decimal | None],
    by: str,
    filters: Sequence[str],
    period: Period,
    as_of: date,
    better: str,
    cut_off_day: int,
) -> pd.DataFrame:
    """In: the answer of the question `targets` (split by `by`, where it is not ""). Out: `by`,
    then COLUMNS; the whole first, then members by name, each in the order of time.

    state   done, open (under way), ahead (not begun); met is None where nothing can be said
    """
    scope = {name for name in filters if name}
    rows = []
    for row in targets.to_dict("records"):
        grain = {name for name in str(row["grain"] or "").split(",") if name}
        kind, first = str(row["period"]), int(row["month"])
        last = shift(first, LENGTHS[kind] - 1)
        whole = grain == scope
        exact = whole or (bool(by) and grain == scope | {by})
        if exact and first in period and last in period:
            member = None if whole else row[by]
            actual = actuals.get((kind, first, member))
            made = _row(kind, first, last, row["value"], actual, better, as_of, cut_off_day)
            rows.append(made | {"is_total": whole, by: member})
    order = [*LENGTHS].index
    rows.sort(key=lambda r: (not r["is_total"], str(r.get(by)), order(r["period"]), r["first"]))
    names = (*([by] if by else []), *COLUMNS)
    return pd.DataFrame({n: arithmetic.column([row[n] for row in rows]) for n in names})


def _row(
    kind: str,
    first: int,
    last: int,
    target: Decimal,
    actual: Decimal | None,
    better: str,
    as_of: date,
    cut_off_day: int,
) -> dict[str, Any]:
    over = as_of >= calendar.last_day(last, cut_off_day)
    begun = as_of >= calendar.first_day(first, cut_off_day)
    state = "done" if over else "open" if begun else "ahead"
    known = actual if begun else None
    difference = arithmetic.difference(known, target)
    met = None
    if difference is not None:
        met = difference >= 0 if better == "up" else difference <= 0
    return {
        "period": kind, "first": first, "last": last, "state": state, "target": target,
        "actual": known, "attainment": arithmetic.share(known, target), "difference": difference,
        "met": met,
    }  # fmt: skip


def in_sight(frame: pd.DataFrame) -> tuple[int, int]:
    """(how many of the judged are met, how many are judged)."""
    judged = frame[frame["met"].notna()]
    return int(judged["met"].astype(bool).sum()), len(judged)
