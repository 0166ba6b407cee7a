"""What a reader of targets has chosen: which targets, of which months, by whom, judged how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

import streamlit as st

from chanplan.analysis.tracking import PROGRESSES, Progress
from chanplan.analysis.tracking_levels import LEVELS
from chanplan.domain import calendar
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import address, figure
from chanplan.ui.session import figures, say
from chanplan.ui.tracking.spans import KINDS, Row, chosen_span, cut_off
from chanplan.ui.view import View
from chanplan.workspace import Coverage

OPENED: Final = "target_opened"


@dataclass(frozen=True)
class Choice:
    """What a reader has chosen: the scope (with the target's months), levels, measure, progress.

    as_of  the day judged up to; None: as far as data goes
    """

    view: View
    scope: Scope
    by: tuple[str, ...]
    measure: str
    progress: Progress
    as_of: date | None = None

    @property
    def period(self) -> Period:
        """The months of the targets."""
        return self.scope.period

    @property
    def level(self) -> str:
        """The first level; "" for the company alone."""
        return self.by[0] if self.by else ""

    @property
    def span(self) -> str:
        """2024年1月–12月."""
        return figures().span(self.period.first, self.period.last)

    def written(self, value: object) -> str:
        """An amount of the measure, short."""
        return figures().by_unit(value, catalogue().measures[self.measure].unit)  # type: ignore[arg-type]


def adds_up(measure: str) -> bool:
    """Whether its parts make its whole, so that it has a pace and a landing."""
    return catalogue().measures[measure].additive


def choose(
    view: View, levels: Mapping[str, Row], measures: list[str], coverage: Coverage
) -> Choice:
    """The row of choices above everything."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="target_choices"):
        measure = _one("target_measure", {name: _measure(name) for name in measures})
        kind = address.switch(
            "target_kind", {kind: say(f"targets.{kind}") for kind in KINDS}, say("targets.kind")
        )
        as_of = _as_of(coverage) if adds_up(measure) else None
        last = calendar.month_of(as_of, cut_off()) if as_of else coverage.last
        period = chosen_span(kind, levels[measure], last)
        level = _one("target_by", _by(levels[measure]))
        progress = address.switch(
            "target_progress",
            {name: say(f"targets.by_{name}") for name in PROGRESSES},
            say("targets.progress"),
        )
    by = (level,) if level else ()
    return Choice(view, view.scope.at(period), by, measure, cast(Progress, progress), as_of)


def _as_of(coverage: Coverage) -> date | None:
    """The day up to which targets are judged, within the data; None: as far as they go."""
    first = calendar.first_day(coverage.first, cut_off())
    last = coverage.latest or calendar.last_day(coverage.last, cut_off())
    with st.container(width=150):
        chosen = address.day("target_as_of", first, last, say("targets.as_of"))
    return None if chosen == last else chosen


def _one(key: str, show: Mapping[str, str]) -> str:
    """A choice that is drawn only where there is one."""
    options = list(show)
    if len(options) < 2:
        return options[0]
    with st.container(width=180):
        return address.choice(key, options, options[0], say(f"targets.{key}"), show.__getitem__)


def _by(row: Row) -> dict[str, str]:
    """The levels that targets name; none where they are the company's alone."""
    named = [name for name in LEVELS if row[name]]
    return {name: figure.dimension_name(name) for name in named} or {"": say("targets.company")}


def _measure(name: str) -> str:
    return figure.measure_name(name) if name in catalogue().measures else name
