"""Milestones on the way to a target: where they stand on its curve, and which are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from chanplan.analysis import arithmetic, pace_days
from chanplan.analysis.alerts import DONE
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.landing import outlooks, p_hit
from chanplan.analysis.pace_season import day
from chanplan.analysis.tracking import Asked, Sold
from chanplan.analysis.tracking_course import Curve, Point
from chanplan.analysis.tracking_landing import course
from chanplan.analysis.tracking_targets import Key
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


def chance(asked: Asked, known: Sold, channel: Member, value: Decimal, due: date) -> float | None:
    """That sales from the first month of the period on come to `value` by a day: 1 or 0 once the
    day is covered, before it the share of simulated ends; None where nothing can be forecast.

    known  by channel. Of the whole all channels together, so that parts need not be drawn.
    A part of a month counts by its days; a draw comes to its last day in the same proportions.
    """
    key: Key | None = None if channel is None else (channel,)
    month = calendar.month_of(due, asked.cut_off_day)
    if month not in asked.period:
        return None
    sold = _by_month(known, key)
    anchor = asked.as_of if key is None else asked.anchor(key)
    last = calendar.month_of(anchor, asked.cut_off_day)
    share = pace_days.month_share(month, due, asked.cut_off_day)
    if due <= anchor:
        covered = pace_days.month_share(month, anchor, asked.cut_off_day) if month == last else 1.0
        before = sum((money for at, money in sold.items() if at < month), ZERO)
        part = float(sold.get(month, ZERO)) * share / covered
        return float(float(before) + part >= float(value))
    actual = sum(sold.values(), ZERO)
    if actual >= value:
        return 1.0
    places = {name: at for at, name in enumerate(known.keys)}
    if key is not None and key not in places:
        return None
    values = known.history.sum(axis=0) if key is None else known.history[places[key]]
    made = course(asked, known, values, key)
    seen = None if made is None else outlooks({key: made}, day(month))[key]
    if seen is None or seen.state == "none" or not len(seen.by_month):
        return None
    gone = pace_days.month_share(month, anchor, asked.cut_off_day) if month == last else 0.0
    part = (share - gone) / (1 - gone) if gone < 1 else 0.0
    whole = float(seen.by_month.sum())
    by_day = float(seen.by_month[:-1].sum() + seen.by_month[-1] * part)
    draws = seen.draws * (by_day / whole if whole > 0 else 0.0)
    return p_hit(actual, value, replace(seen, draws=draws))


def _by_month(known: Sold, key: Key | None) -> dict[int, Decimal]:
    counted = known.exact.values() if key is None else [known.exact.get(key, {})]
    sums: dict[int, Decimal] = {}
    for sales in counted:
        for month, money in sales.items():
            sums[month] = sums.get(month, ZERO) + money
    return sums


def _at(points: Sequence[Point], at: float) -> float | None:
    """The height of a curve there, between two points in a straight line; None beyond its end."""
    for left, right in pairwise(points):
        if left.at <= at <= right.at:
            part = (at - left.at) / (right.at - left.at) if right.at > left.at else 1.0
            return left.value + (right.value - left.value) * part
    return None
