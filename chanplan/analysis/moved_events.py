"""Events that lie in one of two compared periods only: then a change measures the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chanplan.domain import calendar
from chanplan.domain.events import Event
from chanplan.domain.period import Period


@dataclass(frozen=True)
class OneSided:
    """An event that only the period holds (`now`), or only its base; pre-sale included."""

    event: Event
    now: bool


def one_sided(
    period: Period, base: Period, events: Iterable[Event], cut_off_day: int = calendar.MONTH_END
) -> tuple[OneSided, ...]:
    """Each event once, by its first holding there, in the order of days."""
    held = sorted(events, key=lambda event: event.start)
    now = within(period, held, cut_off_day)
    then = within(base, held, cut_off_day)
    found = [OneSided(event, True) for code, event in now.items() if code not in then]
    found += [OneSided(event, False) for code, event in then.items() if code not in now]
    return tuple(sorted(found, key=lambda one: one.event.start))


def within(period: Period, events: Iterable[Event], cut_off_day: int) -> dict[str, Event]:
    """Code → the first of its holdings, in the order given, that the months of a period touch."""
    first = calendar.first_day(period.first, cut_off_day)
    last = calendar.last_day(period.last, cut_off_day)
    found: dict[str, Event] = {}
    for event in events:
        if event.start <= last and event.last >= first:
            found.setdefault(event.code, event)
    return found
