"""Everything that stands behind a page of targets: what was asked, sold and set, and the rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic, tracking_landing, tracking_rows
from chanplan.analysis.tracking import Asked, Season, Sold, season
from chanplan.analysis.tracking_landing import Landing
from chanplan.analysis.tracking_targets import Key, Targets, value_of
from chanplan.domain import calendar
from chanplan.domain.period import shift


@dataclass(frozen=True)
class Tracked:
    """`frame` has the columns of tracking_rows.frame, and target_at_start: what the first
    version of the year said (年初目标); the rest is what it was made from."""

    asked: Asked
    targets: Targets
    known: Sold
    seasons: Season
    landings: dict[Key | None, Landing]
    frame: pd.DataFrame


def tracked(asked: Asked, targets: Targets, known: Sold, first: Targets | None = None) -> Tracked:
    """Season, landing and rows of what was sold and set; `first` is what was set at the start."""
    seasons = season(known, asked.period, _last_whole(asked))
    landings = tracking_landing.landings(asked, targets, known)
    rows = tracking_rows.frame(asked, targets, known, seasons, landings)
    rows["target_at_start"] = arithmetic.column(_at_start(first or targets, rows, asked.by))
    return Tracked(asked, targets, known, seasons, landings, rows)


def _at_start(first: Targets, rows: pd.DataFrame, by: tuple[str, ...]) -> list[Decimal | None]:
    names = [tuple(row) for row in rows[list(by)].itertuples(index=False)] if by else [()]
    keys = [None if total else name for name, total in zip(names, rows["is_total"], strict=True)]
    return [value_of(first, key) for key in keys]


def _last_whole(asked: Asked) -> int:
    """The last month that is whole up to the day asked."""
    month = calendar.month_of(asked.as_of, asked.cut_off_day)
    whole = asked.as_of >= calendar.last_day(month, asked.cut_off_day)
    return month if whole else shift(month, -1)
