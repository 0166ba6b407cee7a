"""What is compared with what, fairly: the same days, an event as it moved, members as of when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import streamlit as st

from chanplan.analysis import reach, story
from chanplan.domain import calendar, events, same_days
from chanplan.domain.events import Event
from chanplan.domain.period import Period
from chanplan.domain.scope import ATTRIBUTE_VIEWS, AttributeView, Comparison, Days, Scope
from chanplan.ui import address, periods, session
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.view import View, base_of
from chanplan.workspace import Coverage

# A part of a month beside as many days of the other one, or beside all of it.
DAYS = ("same", "whole")
# The months in which 春节 may fall; they are judged together where it has moved.
NEW_YEAR_MONTHS = (1, 2)


def holdings(coverage: Coverage, covered: Sequence[int]) -> dict[str, tuple[Event, Event]]:
    """Code of an event's year → it and its holding a year before, latest first: those of which
    both have begun within the months with data."""
    years = range(min(covered) // 100 - 1, max(covered) // 100 + 1)
    own = session.events()
    found = {(each.code, each.last.year): each for each in events.comparable(years, own)}
    latest = coverage.data_date or calendar.last_day(max(covered), _cut_off())
    offered = {
        f"{code}-{year}": (now, found[code, year - 1])
        for (code, year), now in found.items()
        if (code, year - 1) in found
        and now.start <= latest
        and set(found[code, year - 1].months(_cut_off())) <= set(covered)
    }
    return dict(sorted(offered.items(), key=lambda each: each[1][0].start, reverse=True))


def event(coverage: Coverage, offered: Mapping[str, tuple[Event, Event]]) -> tuple[Period, Days]:
    """One holding of an event, chosen."""
    show = {
        code: say("events.of_year", name=event_name(now), year=now.year)
        for code, (now, _) in offered.items()
    }
    first = next(iter(show))
    chosen = address.choice("event", list(show), first, say("period.event"), show.__getitem__)
    return same_days.of_event(*offered[chosen], _cut_off(), coverage.data_date)


def event_name(event: Event) -> str:
    """What an event is called; the company's own by its name, with its channel if it has one."""
    if event.name is None:
        return say(f"events.{event.code}")
    if event.channel is None:
        return plain(event.name)
    return say("events.of_channel", name=plain(event.name), channel=plain(event.channel))


def same(period: Period, compare: Comparison, coverage: Coverage) -> Days | None:
    """The days that count where the last month has only begun and something is compared."""
    base = base_of(period, compare)
    month = reach.short_month(period, coverage.data_date, _cut_off())
    if base is None or month is None or coverage.data_date is None:
        return None
    show = {code: say(f"compare.days_{code}") for code in DAYS}
    chosen = address.choice("days", DAYS, DAYS[0], say("compare.days"), show.__getitem__)
    if chosen != "same":
        return None
    return same_days.to_date(period, base, coverage.data_date, _cut_off())


def attributes() -> AttributeView:
    """按现行口径 or 按当时口径; asked only where a member's attributes have ever changed."""
    if not session.is_dated():
        return "current"
    show: dict[str, str] = {view: say(f"attributes.{view}") for view in ATTRIBUTE_VIEWS}
    label, first = say("attributes.label"), ATTRIBUTE_VIEWS[0]
    return cast(
        AttributeView,
        address.choice("attributes", list(show), first, label, lambda view: show[view]),
    )


def attributes_told(scope: Scope) -> list[str]:
    """按现行口径 or 按当时口径, where the two differ."""
    return [say(f"attributes.{scope.attributes}")] if session.is_dated() else []


def offer_both(view: View) -> None:
    """January or February alone, where 春节 lay in the other one a year ago: both together."""
    first = view.period.first
    moved = len(view.period) == 1 and story.new_year(view.period, view.compare, _cut_off())
    if moved and first % 100 in NEW_YEAR_MONTHS:
        st.button(
            say("compare.both", year=first // 100),
            key="new_year_both",
            icon=":material/merge:",
            on_click=_both,
            args=(first // 100,),
        )


def _both(year: int) -> None:
    ends = [periods.code(year * 100 + month) for month in NEW_YEAR_MONTHS]
    st.session_state.update({"period": "custom", "from": ends[0], "to": ends[1]})


def told(period: Period, days: Days | None) -> str:
    """The period in words, by its days where these are chosen."""
    return _days(days.first, days.last) if days else figures().span(period.first, period.last)


def base_told(period: Period, compare: Comparison, days: Days | None) -> str:
    """The same of the period compared with; "" where there is none."""
    base = base_of(period, compare)
    if base is None:
        return ""
    if days is not None:
        return _days(days.base_first, days.base_last)
    return figures().span(base.first, base.last)


def _days(first: date, last: date) -> str:
    return say("compare.from_to", first=figures().date(first), last=figures().date(last))


def _cut_off() -> int:
    return session.settings().cut_off_day or calendar.MONTH_END
