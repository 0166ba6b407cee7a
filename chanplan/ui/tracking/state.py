"""The state of the targets of a choice: rows, and what charts of the whole and a member need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from chanplan.analysis import tracking_course, tracking_landing
from chanplan.analysis.landing import Course
from chanplan.analysis.pace_events import ByMember
from chanplan.analysis.tracked import Tracked
from chanplan.analysis.tracking import Progress
from chanplan.analysis.tracking_course import Curve, Month
from chanplan.analysis.tracking_landing import Landing
from chanplan.analysis.tracking_targets import Key, value_of
from chanplan.domain.scope import Scope
from chanplan.ui import session
from chanplan.ui.session import say, workspace
from chanplan.ui.tracking.choice import Choice

# Members whose months are shown: more rows nobody reads across.
MOST_ROWS: Final = 20


@dataclass(frozen=True)
class Shown:
    """The rows, what days of events are worth in them, and of the whole and the opened member
    what their charts need."""

    frame: pd.DataFrame
    events: ByMember
    months: Mapping[Key, list[Month]]
    curves: Mapping[Key | None, Curve]
    landings: Mapping[Key | None, Landing]
    courses: Mapping[Key | None, Course]
    before: Mapping[Key | None, Mapping[int, float]]

    @property
    def total(self) -> dict[Any, Any]:
        """The row of the whole."""
        return dict(self.frame.iloc[0])

    def row(self, level: str, member: str) -> dict[Any, Any] | None:
        """The row of a member; None where there is none."""
        found = self.frame[self.frame[level] == member]
        return dict(found.iloc[0]) if len(found) else None


def found(choice: Choice, opened: str | None = None) -> Shown:
    """The state of these targets, kept until the data changes."""
    with st.spinner(say("targets.working"), show_time=True):
        return session.worked_out(
            _found, choice.scope, choice.by, choice.as_of, choice.measure, choice.progress, opened
        )


def _found(
    scope: Scope,
    by: tuple[str, ...],
    as_of: date | None,
    measure: str,
    progress: Progress,
    opened: str | None,
) -> Shown:
    made = workspace().targets.tracked(scope, by, as_of, measure, progress)
    keys: list[Key | None] = [None]
    if opened is not None and by and (opened,) in made.targets.of:
        keys.append((opened,))
    ranked = [(row,) for row in made.frame[made.frame["state"].isin(("open", "done", "no_sales"))
              & ~made.frame["is_total"].astype(bool)].get(by[0] if by else "", [])]  # fmt: skip
    earlier = workspace().targets.before(scope, by, measure)
    return Shown(
        made.frame,
        made.asked.events,
        {key: tracking_course.by_month(made, key) for key in ranked[:MOST_ROWS]},
        {key: one for key in keys if (one := tracking_course.curve(made, key))},
        {key: made.landings[key] for key in keys if key in made.landings},
        {key: course for key in keys if (course := _course(made, key))},
        {
            key: {
                first: float(value)
                for first, targets in earlier.items()
                if (value := value_of(targets, key)) is not None
            }
            for key in keys
        },
    )


def _course(made: Tracked, key: Key | None) -> Course | None:
    known = made.known
    if key is None:
        values = known.history.sum(axis=0)
    elif key in known.keys:
        values = known.history[known.keys.index(key)]
    else:
        return None
    return tracking_landing.course(made.asked, known, values, key)
