"""Everything that stands behind a page of targets: what was asked, sold and set, and the rows."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from chanplan.analysis import tracking_landing, tracking_rows
from chanplan.analysis.tracking import Asked, Season, Sold, season
from chanplan.analysis.tracking_landing import Landing
from chanplan.analysis.tracking_targets import Key, Targets
from chanplan.domain import calendar
from chanplan.domain.period import shift


@dataclass(frozen=True)
class Tracked:
    """`frame` has the columns of tracking_rows.frame; the rest is what it was made from."""

    asked: Asked
    targets: Targets
    known: Sold
    seasons: Season
    landings: dict[Key | None, Landing]
    frame: pd.DataFrame


def tracked(asked: Asked, targets: Targets, known: Sold) -> Tracked:
    """Season, landing and rows of what was sold and set."""
    seasons = season(known, asked.period, _last_whole(asked))
    landings = tracking_landing.landings(asked, targets, known)
    rows = tracking_rows.frame(asked, targets, known, seasons, landings)
    return Tracked(asked, targets, known, seasons, landings, rows)


def _last_whole(asked: Asked) -> int:
    """The last month that is whole up to the day asked."""
    month = calendar.month_of(asked.as_of, asked.cut_off_day)
    whole = asked.as_of >= calendar.last_day(month, asked.cut_off_day)
    return month if whole else shift(month, -1)
