"""Targets beside what has been sold: a row per member with its pace, its landing and its odds.

Every member is judged up to the day that its own sources cover, so that late data is marked and
not blamed. The total is the sum of its members, or the whole scope where a target is set for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import arithmetic, pace, pace_days, pace_season
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.tracking import Asked, Season, Sold
from chanplan.analysis.tracking_landing import Landing
from chanplan.analysis.tracking_targets import Key, Target, Targets

# What a row is:
# open        its months are not over        done       they are, up to its own covered-to day
# no_target   sales, and no target           no_sales   a target, and no sale yet
# coarser     a target above the level asked, which is not split
STATES: Final = ("open", "done", "no_sales", "no_target", "coarser")
COLUMNS: Final = (
    "is_total", "state", "late", "covered_to", "first", "last", "target", "target_to_date",
    "actual", "attainment", "time_progress", "season_progress", "progress", "pace", "band", "gap",
    "gap_points", "needed_daily", "needed_plain", "current_daily", "landing", "low80", "high80",
    "low95", "high95", "low50", "high50", "p_hit", "method", "at_risk", "outside", "off",
)  # fmt: skip
Row = dict[str, Any]
Sales = Mapping[int, Decimal]
_FULL: Final = Decimal(1)


def frame(
    asked: Asked,
    targets: Targets,
    known: Sold,
    seasons: Season,
    landings: Mapping[Key | None, Landing],
) -> pd.DataFrame:
    """Out: `by`, then COLUMNS; the total first, then members by money at risk, members without a
    target by size, and targets above the level asked.

    landings  of members by key, and under None of the target of the whole
    """
    members = [
        _row(asked, key, target, known.exact.get(key, {}), seasons, landings.get(key))
        for key, target in targets.of.items()
    ]
    untold = [
        _bare(asked, key, "no_target") | {"actual": sum(sales.values(), ZERO)}
        for key, sales in known.exact.items()
        if asked.by and key not in targets.of and any(sales.values())
    ]
    above = [
        _bare(asked, key, "coarser") | {"target": target.value}
        for key, target in targets.coarser.items()
    ]
    total = _total(asked, targets, known, seasons, landings.get(None), members)
    ranked = [*sorted(members, key=_by_risk), *sorted(untold, key=lambda row: -row["actual"])]
    rows = [total, *ranked, *above]
    names = (*asked.by, *COLUMNS)
    return pd.DataFrame({name: arithmetic.column([row[name] for row in rows]) for name in names})


def _row(
    asked: Asked,
    key: Key,
    target: Target,
    sales: Sales,
    seasons: Season,
    landing: Landing | None,
    is_total: bool = False,
) -> Row:
    """One target: everything up to the day that its sources cover."""
    months, anchor = target.months, asked.anchor(key)
    worth = asked.events.weights(asked.by, None if is_total else key)
    days = pace_days.gone(months, anchor, asked.basis, asked.cut_off_day, worth)
    weights = seasons.weights(key)
    shares = [pace_days.month_share(month, anchor, asked.cut_off_day) for month in months]
    in_season = pace_season.progress([weights[asked.place(m)] for m in months], shares)
    actual = sum((sales.get(month, ZERO) for month in months), ZERO)
    row = _bare(asked, key, _state(days.share, sales)) | {
        "first": months[0],
        "last": months[-1],
        "target": target.value,
        "target_to_date": to_date(asked, target, weights, anchor),
        "actual": actual,
        "time_progress": days.share,
        "season_progress": None if in_season is None else Decimal(repr(round(in_season, 6))),
        "needed_daily": pace.needed_daily(actual, target.value, days.worth),
        "needed_plain": pace.needed_daily(actual, target.value, days.left),
        "current_daily": pace.current_daily(actual, days.gone),
        "outside": sum((v for m, v in sales.items() if m not in months), ZERO),
        "off": target.off,
    }
    picked = row["time_progress" if asked.progress == "calendar" else "season_progress"]
    row |= {"progress": picked, "gap": pace.gap(actual, target.value, picked)}
    return _judged(row, landing)


def _judged(row: Row, landing: Landing | None) -> Row:
    """The rates of a row, and where it is expected to land."""
    actual, target, progress = row["actual"], row["target"], row["progress"]
    judged = pace.pace(actual, target, progress)
    row |= {
        "attainment": pace.attainment(actual, target),
        "pace": judged,
        "band": pace.band(judged),
        "gap_points": pace.gap_points(actual, target, progress),
    }
    if landing is not None:
        row |= landing.told()
        row["at_risk"] = pace.at_risk(target, landing.landing)
    elif row["state"] == "no_sales":  # nothing tells of any sale: all of it is at risk
        row["at_risk"] = pace.at_risk(target, actual)
    return row


def to_date(asked: Asked, target: Target, weights: Any, anchor: date) -> Decimal:
    """The target up to a day by its own steps: whole months, and the part of one that has gone;
    within a quarter or year by the season, where nobody has set its months."""
    return sum(
        (value * gone for _, value, gone in steps(asked, target, weights, anchor)), ZERO
    ).quantize(Decimal("0.01"))


def steps(
    asked: Asked, target: Target, weights: Any, anchor: date
) -> list[tuple[int, Decimal, Decimal]]:
    """(month, target, part of it that has gone), every month of a target once."""
    told = []
    for piece in target.steps:
        if len(piece.months) == 1:
            told.append((piece.months[0], piece.value, _gone(asked, piece.months[0], anchor)))
            continue
        parts = [weights[asked.place(month)] for month in piece.months]
        spread = pace_season.spread(float(piece.value), parts)
        for month, value in zip(piece.months, spread, strict=True):
            share = Decimal(repr(round(float(value), 4)))
            told.append((month, share, _gone(asked, month, anchor)))
    return told


def _gone(asked: Asked, month: int, anchor: date) -> Decimal:
    return pace_days.exact_share(month, anchor, asked.cut_off_day)


def _total(
    asked: Asked,
    targets: Targets,
    known: Sold,
    seasons: Season,
    landing: Landing | None,
    members: Sequence[Row],
) -> Row:
    """The whole: by its own target where it has one, else the sum of its members."""
    everything: dict[int, Decimal] = {}
    for sales in known.exact.values():
        for month, value in sales.items():
            everything[month] = everything.get(month, ZERO) + value
    blank: Key = (None,) * len(asked.by)
    late = {"is_total": True, "late": any(row["late"] for row in members)}
    if targets.own is not None:
        alone = Season({}, seasons.whole)
        return _row(asked, blank, targets.own, everything, alone, landing, True) | late
    if not members:
        return _bare(asked, blank, "no_target") | {
            "is_total": True,
            "actual": sum(everything.values(), ZERO) if everything else None,
        }
    return _summed(asked, members, landing) | late


def _summed(asked: Asked, members: Sequence[Row], landing: Landing | None) -> Row:
    """Σ of the members; its progress is theirs, weighted by their targets, so that the gaps of
    the parts sum to the gap of the whole."""
    row = _bare(asked, (None,) * len(asked.by), "open")
    for name in ("target", "target_to_date", "actual", "outside"):
        row[name] = sum((each[name] for each in members), ZERO)
    for name in ("time_progress", "season_progress", "progress"):
        row[name] = _weighted(members, name)
    gaps = [each["gap"] for each in members]
    row["gap"] = None if None in gaps else sum(gaps, ZERO)
    first, last = min(each["first"] for each in members), max(each["last"] for each in members)
    months = tuple(month for month in asked.period if first <= month <= last)
    worth = asked.events.whole
    days = pace_days.gone(months, asked.as_of, asked.basis, asked.cut_off_day, worth)
    row |= {
        "first": first,
        "last": last,
        "state": "done" if all(each["time_progress"] >= _FULL for each in members) else "open",
        "needed_daily": pace.needed_daily(row["actual"], row["target"], days.worth),
        "needed_plain": pace.needed_daily(row["actual"], row["target"], days.left),
        "current_daily": pace.current_daily(row["actual"], days.gone),
    }
    return _judged(row, landing)


def _weighted(members: Sequence[Row], name: str) -> Decimal | None:
    """Σ T · progress / Σ T; None where a member has none, or the targets are not positive."""
    parts = [(each["target"], each[name]) for each in members]
    whole = sum((target for target, _ in parts), ZERO)
    if whole <= 0 or any(progress is None for _, progress in parts):
        return None
    return sum((target * progress for target, progress in parts), ZERO) / whole


def _bare(asked: Asked, key: Key, state: str) -> Row:
    """A row that knows its member and nothing else."""
    anchor = asked.anchor(key)
    row: Row = dict.fromkeys(COLUMNS) | dict(zip(asked.by, key, strict=True))
    late = anchor < asked.as_of
    return row | {"is_total": False, "state": state, "late": late, "covered_to": anchor}


def _state(share: Decimal, sales: Sales) -> str:
    if not any(sales.values()):
        return "no_sales"
    return "done" if share >= _FULL else "open"


def _by_risk(row: Row) -> tuple[Decimal, Decimal]:
    """Most money at risk first; then what is furthest behind."""
    return -(row["at_risk"] or ZERO), row["gap"] or ZERO
