"""Shopping events with their pre-sale: 618 and 双11 from calendar.toml, and a company's own.

A company's word on a known event of a year stands in the place of the declared window; others
are its own, and are known again in another year by their name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chanplan.domain import calendar
from chanplan.domain.period import Period


@dataclass(frozen=True)
class Event:
    """One holding of an event: pre-sale (if any), first and last day, all included.

    A known event has a `code` (its name stands in the words); one's own has a `name`, and may be
    of one channel alone. `cancelled`: the company says that it is not held that year.
    """

    code: str
    first: date
    last: date
    presale: date | None = None
    name: str | None = None
    channel: str | None = None
    cancelled: bool = False

    def __post_init__(self) -> None:
        if not (self.presale or self.first) <= self.first <= self.last:
            raise ValueError(f"an event ends before it starts: {self}")

    @property
    def year(self) -> int:
        """The year in which it ends, by which its holdings are told apart."""
        return self.last.year

    @property
    def start(self) -> date:
        """The first day on which orders belong to it, pre-sale included."""
        return self.presale or self.first

    def months(self, cut_off_day: int = calendar.MONTH_END) -> tuple[int, ...]:
        """The months it touches, pre-sale included."""
        first = calendar.month_of(self.start, cut_off_day)
        return tuple(Period(first, calendar.month_of(self.last, cut_off_day)))


def known(years: Iterable[int], own: Iterable[Event] = ()) -> list[Event]:
    """The declared events of these years and the company's own, by day; years before the first
    window have none."""
    wanted = list(years)
    entries = calendar.declared()["events"]
    found = [_holding(entry, year) for entry in entries for year in wanted]
    return _with_own(filter(None, found), wanted, own)


def said(
    name: str,
    first: date,
    last: date,
    presale: date | None = None,
    channel: str | None = None,
    cancelled: bool = False,
) -> Event:
    """A company's word on an event: on a known one by any of its names, else on its own. What is
    of one channel is its own in any case."""
    code = calendar.declared()["event_names"].get(name.strip().casefold())
    if code is not None and channel is None:
        return Event(code, first, last, presale, None, None, cancelled)
    return Event(f"own:{name}:{channel or ''}", first, last, presale, name, channel, cancelled)


def new_year(year: int) -> Event | None:
    """春节 with the weeks of buying before it, up to 元宵; None outside the table."""
    day = calendar.new_years().get(year)
    if day is None:
        return None
    window = calendar.declared()["new_year_window"]
    first = day - timedelta(days=window["days_before"])
    return Event("new_year", first, day + timedelta(days=window["days_after"]))


def comparable(years: Iterable[int], own: Iterable[Event] = ()) -> list[Event]:
    """Every event of these years that can stand beside its holding a year before, by day; of
    these the company's own."""
    wanted = list(years)
    return _with_own([*known(wanted), *filter(None, map(new_year, wanted))], wanted, own)


def _with_own(found: Iterable[Event], years: list[int], own: Iterable[Event]) -> list[Event]:
    held = {(event.code, event.year): event for event in found}
    held |= {(event.code, event.year): event for event in own if event.year in years}
    return sorted((each for each in held.values() if not each.cancelled), key=_by_day)


def _by_day(event: Event) -> tuple[date, str]:
    return event.start, event.code


def during(month: int, events: Iterable[Event], cut_off_day: int = 31) -> list[Event]:
    """Those events that touch this month."""
    return [event for event in events if month in event.months(cut_off_day)]


def _holding(entry: Mapping[str, Any], year: int) -> Event | None:
    """The event in one year, by the latest window that had begun by then."""
    windows = [window for window in entry["windows"] if window["since"] <= year]
    if not windows:
        return None
    window = max(windows, key=lambda each: int(each["since"]))
    presale = window.get("presale")
    return Event(
        code=entry["code"],
        first=_day(year, window["first"]),
        last=_day(year, window["last"]),
        presale=None if presale is None else _day(year, presale),
    )


def _day(year: int, text: str) -> date:
    """2024, "06-18" → 18 June 2024."""
    return date.fromisoformat(f"{year}-{text}")
