"""How many ordinary days a day of 618 or 双11 is worth, by a company's own history.

Of every earlier holding that lies whole within the history: what a day of it brought, beside what
a day brought that lies near it and in no event. Days are those of the channel's calendar; sales of
days that it does not count (weekends of shipments) count with the others of their side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.pace_working import counts
from chanplan.domain import events
from chanplan.domain.events import Event
from chanplan.domain.scope import Basis

# How near an ordinary day lies to an event that it is compared with, and how few are none.
NEAR: Final = 60
LEAST_ORDINARY: Final = 14
# Older holdings tell of another company.
MOST_HOLDINGS: Final = 3
PLACES: Final = Decimal("0.01")
_DAY: Final = timedelta(days=1)
# Day → net sales.
Daily = Mapping[date, Decimal]


@dataclass(frozen=True)
class Weight:
    """A coming holding of an event: how many ordinary days one of its days is worth (`times`),
    and the years whose holdings say so."""

    event: Event
    times: Decimal
    years: tuple[int, ...]


Weights = tuple[Weight, ...]


@dataclass(frozen=True)
class ByMember:
    """What days are worth to the whole, and to each member of `level` by its own history; a
    member without any has no weights: each of its days is worth one."""

    whole: Weights = ()
    level: str | None = None
    of: Mapping[Member, Weights] = field(default_factory=dict)

    def weights(self, by: Sequence[str], key: Sequence[Member] | None) -> Weights:
        """Of a member of rows split by `by`; None is the whole."""
        if key is None or self.level is None:
            return self.whole
        return self.of.get(key[tuple(by).index(self.level)], ())


NO_EVENTS: Final = ByMember()


def by_member(
    frame: pd.DataFrame, level: str | None, coming: Sequence[Event], basis: Basis, until: date
) -> ByMember:
    """In: the answer to `daily_sales`, split by `level` where there is one, up to `until`."""
    net = [value or ZERO for value in arithmetic.numbers(frame, "net")]
    days = [pd.Timestamp(day).date() for day in frame["day"]]
    names = arithmetic.members(frame, level) if level else [None] * len(frame)
    whole: dict[date, Decimal] = {}
    of: dict[Member, dict[date, Decimal]] = {}
    for name, day, value in zip(names, days, net, strict=True):
        if day <= until:
            whole[day] = whole.get(day, ZERO) + value
            own = of.setdefault(name, {})
            own[day] = own.get(day, ZERO) + value
    told = {name: weights(own, coming, basis, until) for name, own in of.items()} if level else {}
    return ByMember(weights(whole, coming, basis, until), level, told)


def weights(daily: Daily, coming: Sequence[Event], basis: Basis, until: date) -> Weights:
    """The holdings asked for whose days brought more than ordinary ones before; the history ends
    on `until`. A day that brought less is an ordinary one: its season says so, not the event."""
    if not daily:
        return ()
    first = min(daily)
    years = range(first.year - 1, until.year + 2)
    every = events.comparable(years)
    found = []
    for event in coming:
        past = [each for each in events.known(years) if each.code == event.code
                and first <= each.start and each.last <= until
                and each.last < event.start][-MOST_HOLDINGS:]  # fmt: skip
        times = _times(daily, past, every, basis, first, until)
        if times is not None and times > 1:
            found.append(Weight(event, times, tuple(each.last.year for each in past)))
    return tuple(found)


def _times(
    daily: Daily,
    past: Sequence[Event],
    every: Sequence[Event],
    basis: Basis,
    first: date,
    until: date,
) -> Decimal | None:
    """What a day of these holdings brought over what one near them did; None where either is not
    known or not above zero."""
    within = [day for event in past for day in _days(event.start, event.last)]
    busy = {day for event in every for day in _days(event.start, event.last)}
    near = {
        day
        for event in past
        for day in _days(
            max(first, event.start - NEAR * _DAY), min(until, event.last + NEAR * _DAY)
        )
        if day not in busy
    }
    if sum(counts(day, basis) for day in near) < LEAST_ORDINARY:
        return None
    of_event, ordinary = _mean(daily, within, basis), _mean(daily, near, basis)
    if of_event is None or ordinary is None or of_event <= 0 or ordinary <= 0:
        return None
    return (of_event / ordinary).quantize(PLACES, ROUND_HALF_EVEN)


def _mean(daily: Daily, days: Iterable[date], basis: Basis) -> Decimal | None:
    told = list(days)
    counted = sum(counts(day, basis) for day in told)
    return sum((daily.get(day, ZERO) for day in told), ZERO) / counted if counted else None


def _days(first: date, last: date) -> list[date]:
    return [first + _DAY * at for at in range((last - first).days + 1)]
