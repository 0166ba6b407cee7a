"""What the page of targets is about: which targets, of which months, by whom, and their state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, cast

import pandas as pd
import streamlit as st

from chanplan.analysis import tracking_course, tracking_landing
from chanplan.analysis.landing import Course
from chanplan.analysis.pace_events import ByMember
from chanplan.analysis.tracked import Tracked
from chanplan.analysis.tracking import PROGRESSES, Progress
from chanplan.analysis.tracking_course import Curve, Month
from chanplan.analysis.tracking_landing import Landing
from chanplan.analysis.tracking_levels import LEVELS
from chanplan.analysis.tracking_targets import Key, value_of
from chanplan.domain import calendar
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import (
    address,
    adjusted,
    comparing,
    figure,
    navigation,
    rests,
    session,
    shell,
    sidebar,
    tables,
    welcome,
)
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.view import View
from chanplan.workspace import Coverage

Row = Mapping[Any, Any]
KINDS: Final = ("year", "quarter", "month")
LENGTHS: Final = {"year": 12, "quarter": 3, "month": 1}
OPENED: Final = "target_opened"
# Members whose months are shown: more rows nobody reads across.
MOST_ROWS: Final = 20


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


def page() -> Choice:
    """Title, choices and head line; stops, with what to do, where nothing can be tracked."""
    coverage, levels = session.coverage(), _levels()
    st.title(say("targets.title"))
    if coverage is None:
        if len(levels):
            st.info(
                say("targets.no_sales_at_all", count=figures().count(int(levels["rows"].sum())))
            )
        else:
            st.markdown(say("targets.empty"))
        welcome.doors()
        st.stop()
    view = sidebar.view(coverage)
    known = sorted(
        (str(name) for name in levels["measure"] if name in catalogue().measures),
        key=lambda name: not adds_up(name),
    )
    if not known:
        st.caption(say("targets.help"))
        nothing_set(levels)
        st.stop()
    named = {str(row["measure"]): row for row in levels.to_dict("records")}
    choice = _choice(view, named, known, coverage)
    view = replace(view, told=tuple(_told(choice)))
    st.caption(shell.head_line(view))
    tables.under(shell.head_line(view))
    rests.badge(choice.scope)
    adjusted.note(choice.scope)
    st.caption(say("targets.own_months"))
    for basis, tax, rows in session.worked_out(_elsewhere, choice.scope, choice.measure):
        told = [say(f"basis.{basis}")] * bool(basis) + [say(f"tax.{tax}")] * bool(tax)
        st.caption(say("targets.elsewhere", count=rows, named=" · ".join(told)))
    return replace(choice, view=view)


def nothing_set(levels: pd.DataFrame) -> None:
    """There is no target: where one is made, and where one is brought."""
    st.info(say("targets.none" if levels.empty else "targets.none_known"))
    navigation.link(navigation.IMPORTS)
    navigation.link("planning")


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
    made = workspace().tracked(scope, by, as_of, measure, progress)
    keys: list[Key | None] = [None]
    if opened is not None and by and (opened,) in made.targets.of:
        keys.append((opened,))
    ranked = [(row,) for row in made.frame[made.frame["state"].isin(("open", "done", "no_sales"))
              & ~made.frame["is_total"].astype(bool)].get(by[0] if by else "", [])]  # fmt: skip
    earlier = workspace().targets_before(scope, by, measure)
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


def _choice(
    view: View, levels: Mapping[str, Row], measures: list[str], coverage: Coverage
) -> Choice:
    """The row of choices above everything."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="target_choices"):
        measure = _one("target_measure", {name: _measure(name) for name in measures})
        kind = address.switch(
            "target_kind", {kind: say(f"targets.{kind}") for kind in KINDS}, say("targets.kind")
        )
        as_of = _as_of(coverage) if adds_up(measure) else None
        last = calendar.month_of(as_of, _cut_off()) if as_of else coverage.last
        period = _period(kind, levels[measure], last)
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
    first = calendar.first_day(coverage.first, _cut_off())
    last = coverage.latest or calendar.last_day(coverage.last, _cut_off())
    with st.container(width=150):
        chosen = address.day("target_as_of", first, last, say("targets.as_of"))
    return None if chosen == last else chosen


def _cut_off() -> int:
    return session.settings().cut_off_day or calendar.MONTH_END


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


def _period(kind: str, row: Row, last: int) -> Period:
    """A year, quarter or month between the first and the last target; the one of the data."""
    starts = session.settings().fiscal_year_start_month
    first, end = (_month(row[name]) for name in ("first", "last"))
    months = [month for month in Period(first, shift(end, LENGTHS["year"] - 1))
              if _begins(kind, month, starts)]  # fmt: skip
    before = [month for month in Period(shift(first, -11), first) if _begins(kind, month, starts)]
    spans = [Period(month, shift(month, LENGTHS[kind] - 1)) for month in (*before[-1:], *months)]
    spans = [span for span in dict.fromkeys(spans) if span.first <= end and span.last >= first]
    usual = next((span for span in spans if last in span), spans[-1])
    show = {str(span.first): _span(kind, span, starts) for span in reversed(spans)}
    with st.container(width=180):
        label, key = say(f"targets.{kind}"), f"target_{kind}"
        chosen = address.choice(key, list(show), str(usual.first), label, show.__getitem__)
    return Period(int(chosen), shift(int(chosen), LENGTHS[kind] - 1))


def _begins(kind: str, month: int, starts: int) -> bool:
    return (month % 100 - starts) % LENGTHS[kind] == 0


def _span(kind: str, span: Period, starts: int) -> str:
    write = figures()
    if kind == "month":
        return write.month(span.first)
    if kind == "quarter":
        return write.span(span.first, span.last)
    year = calendar.fiscal_year(span.first, starts)
    return write.year(year) if starts == 1 else write.fiscal_year(year)


def _month(day: object) -> int:
    told = pd.Timestamp(cast("str", day))
    return told.year * 100 + told.month


def _levels() -> pd.DataFrame:
    return session.worked_out(_target_levels)


def _target_levels() -> pd.DataFrame:
    return workspace().target_levels()


def _elsewhere(scope: Scope, measure: str) -> list[tuple[str | None, str | None, int]]:
    found = workspace().targets_elsewhere(scope, measure).to_dict("records")
    return [
        (None if pd.isna(row["basis"]) else str(row["basis"]),
         None if pd.isna(row["tax"]) else str(row["tax"]), int(row["rows"]))
        for row in found
    ]  # fmt: skip


def adds_up(measure: str) -> bool:
    """Whether its parts make its whole, so that it has a pace and a landing."""
    return catalogue().measures[measure].additive


def _measure(name: str) -> str:
    return figure.measure_name(name) if name in catalogue().measures else name


def _told(choice: Choice) -> list[str]:
    """Basis, tax, attributes and data date; the months are the targets' own."""
    coverage = session.coverage()
    said = [say(f"basis.{choice.scope.basis}"), say(f"tax.{choice.scope.tax}"), choice.span]
    said += comparing.attributes_told(choice.scope)
    if choice.as_of:
        said.append(say("targets.judged_to", day=figures().date(choice.as_of)))
    if coverage and coverage.data_date:
        said.append(say("head.data_date", day=figures().date(coverage.data_date)))
    if coverage and coverage.latest and coverage.latest != coverage.data_date:
        said.append(say("head.latest", day=figures().date(coverage.latest)))
    return said
