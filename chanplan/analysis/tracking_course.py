"""A target month by month: cumulated beside what was sold, with the fan of what may come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chanplan.analysis import pace_days
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.tracked import Tracked
from chanplan.analysis.tracking import Season
from chanplan.analysis.tracking_landing import ENDS, Landing
from chanplan.analysis.tracking_rows import steps
from chanplan.analysis.tracking_targets import Key, Piece, Target
from chanplan.domain import calendar
from chanplan.domain.period import ordinal


@dataclass(frozen=True)
class Point:
    """A moment of a curve: `at` is an ordinal month, its end 0 after it and its middle −0.5."""

    at: float
    value: float


@dataclass(frozen=True)
class Curve:
    """Cumulated over a target's months.

    target, actual  from nought before the first month; actual ends on the day that is covered
    expected, ends  from there to the last month; ends by the names of tracking_landing.ENDS
    set_by_month    whether every month's target was set as such; else a season has spread it
    """

    months: tuple[int, ...]
    target: tuple[Point, ...]
    actual: tuple[Point, ...]
    expected: tuple[Point, ...]
    ends: Mapping[str, tuple[Point, ...]]
    set_by_month: bool


@dataclass(frozen=True)
class Month:
    """One month of a member: its target where it was set, what was sold, how much has gone."""

    month: int
    target: Decimal | None
    actual: Decimal
    gone: Decimal


def curve(found: Tracked, key: Key | None) -> Curve | None:
    """The curve of a member, or (None) of the whole; None without a target."""
    target, sales, anchor_of = _of(found, key)
    if target is None:
        return None
    asked = found.asked
    anchor = asked.as_of if anchor_of is None else asked.anchor(anchor_of)
    seasons = Season({}, found.seasons.whole) if key is None else found.seasons
    by_steps: dict[int, tuple[Decimal, Decimal]] = {}
    for month, value, gone in steps(asked, target, seasons.weights(key or ()), anchor):
        by_steps[month] = (by_steps.get(month, (ZERO, ZERO))[0] + value, gone)
    start = ordinal(target.months[0]) - 1.0
    planned, sold = [Point(start, 0.0)], [Point(start, 0.0)]
    for month, (value, gone) in sorted(by_steps.items()):
        at = float(ordinal(month))
        planned.append(Point(at, planned[-1].value + float(value)))
        if gone > 0:
            here = sold[-1].value + float(sales.get(month, ZERO))
            sold.append(Point(at - 1 + float(gone), here))
    landing = found.landings.get(key)
    expected, ends = _fan(anchor, asked.cut_off_day, landing, sold[-1])
    set_by_month = all(len(piece.months) == 1 for piece in target.steps)
    months = target.months
    return Curve(months, tuple(planned), tuple(sold), expected, ends, set_by_month)


def by_month(found: Tracked, key: Key | None) -> list[Month]:
    """Every month of a member's target; a month whose target nobody set has None."""
    target, sales, anchor_of = _of(found, key)
    if target is None:
        return []
    asked = found.asked
    anchor = asked.as_of if anchor_of is None else asked.anchor(anchor_of)
    own = {piece.months[0]: piece.value for piece in target.steps if len(piece.months) == 1}
    shared = {month for piece in target.steps if len(piece.months) > 1 for month in piece.months}
    return [
        Month(
            month,
            None if month in shared else own.get(month),
            sales.get(month, ZERO),
            Decimal(repr(round(pace_days.month_share(month, anchor, asked.cut_off_day), 6))),
        )
        for month in target.months
    ]


def _of(found: Tracked, key: Key | None) -> tuple[Target | None, Mapping[int, Decimal], Key | None]:
    """The target and the sales of a member, or of the whole: its own, else its members' sums."""
    targets, known = found.targets, found.known
    if key is not None:
        return targets.of.get(key), known.exact.get(key, {}), key
    counted = known.exact if targets.own else {k: known.exact.get(k, {}) for k in targets.of}
    sums: dict[int, Decimal] = {}
    for member, sales in counted.items():
        months = None if targets.own else targets.of[member].months
        for month, value in sales.items():
            if months is None or month in months:
                sums[month] = sums.get(month, ZERO) + value
    return targets.own or _summed(list(targets.of.values())), sums, None


def _summed(targets: list[Target]) -> Target | None:
    """Members' steps side by side: those of the same months added up."""
    if not targets:
        return None
    sums: dict[tuple[int, ...], Decimal] = {}
    for target in targets:
        for piece in target.steps:
            sums[piece.months] = sums.get(piece.months, ZERO) + piece.value
    pieces = tuple(Piece(months, value) for months, value in sorted(sums.items()))
    return Target(sum((piece.value for piece in pieces), ZERO), pieces, pieces)


def _fan(
    anchor: date, cut_off_day: int, landing: Landing | None, here: Point
) -> tuple[tuple[Point, ...], dict[str, tuple[Point, ...]]]:
    """From the day that is covered to the end. An end of an interval grows as what is expected
    does: exact at the last month, a way to it before."""
    if landing is None or landing.outlook is None:
        return (), {}
    outlook = landing.outlook
    months = np.maximum(np.asarray(outlook.by_month, dtype=float), 0.0)
    whole = months.sum()
    parts = np.cumsum(months) / whole if whole > 0 else np.arange(1, len(months) + 1) / len(months)
    last = calendar.month_of(anchor, cut_off_day)
    share = pace_days.month_share(last, anchor, cut_off_day)
    first = ordinal(last) + (0 if share < 1 else 1)
    places = [float(first + at) for at in range(len(months))]

    def way(end: float) -> tuple[Point, ...]:
        far = end - here.value
        return (here, *(Point(x, here.value + far * p) for x, p in zip(places, parts, strict=True)))

    ends = {name: way(float(landing.ends[name])) for name in ENDS}
    return way(float(landing.landing)), ends
