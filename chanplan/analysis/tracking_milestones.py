"""Milestones on the way to a target: where they stand on its curve, and which are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from chanplan.analysis import arithmetic, pace_days
from chanplan.analysis.alerts import DONE
from chanplan.analysis.arithmetic import Member
from chanplan.analysis.tracking_course import Curve, Point
from chanplan.domain import calendar
from chanplan.domain.period import ordinal


@dataclass(frozen=True)
class Milestone:
    """at, value: its place on the curve; reached: said so, or sold by its day."""

    at: float
    value: Decimal
    name: str
    due: date
    reached: bool


def on_curve(
    frame: pd.DataFrame, curve: Curve, measure: str, member: Member, cut_off_day: int
) -> list[Milestone]:
    """Those of a member (None: the whole) with a value of this measure, due in the curve's months.

    In: milestone, due, measure, value, channel, state.
    """
    found = []
    values = arithmetic.numbers(frame, "value")
    for row, value in zip(frame.to_dict("records"), values, strict=True):
        due = None if pd.isna(row["due"]) else pd.Timestamp(row["due"]).date()
        of = None if pd.isna(row["channel"]) else str(row["channel"])
        if value is None or due is None or of != member or str(row["measure"]) != measure:
            continue
        month = calendar.month_of(due, cut_off_day)
        if month in curve.months:
            at = ordinal(month) - 1 + pace_days.month_share(month, due, cut_off_day)
            said = str(row["state"] or "").strip().lower() in DONE
            sold = _at(curve.actual, at)
            reached = said or (sold is not None and sold >= float(value))
            found.append(Milestone(at, value, str(row["milestone"]), due, reached))
    return found


def _at(points: Sequence[Point], at: float) -> float | None:
    """The height of a curve there, between two points in a straight line; None beyond its end."""
    for left, right in pairwise(points):
        if left.at <= at <= right.at:
            part = (at - left.at) / (right.at - left.at) if right.at > left.at else 1.0
            return left.value + (right.value - left.value) * part
    return None
