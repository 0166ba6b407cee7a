"""Why a target is missed: 进度差 taken apart into what the target asks and what sales did.

Of a member, or of the whole, with A what was sold, T · p what should have been by now, and B what
the same days brought a year before:

    A − T·p  =  (B − T·p)  +  volume + mix + price + new + lost + gifts + other  [+ uncounted]

The first step is what the target asks beyond last year; the others are the bridge from B to A
(definitions §3) of the target's own months; `uncounted` is what the bridge holds and the target
does not, such as months without a target. The gaps of members and of what no member has sum to the
gap of the whole. Both sums are exact to the cent: what rounding takes from one gap the next gets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import groupby
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis import arithmetic, bridge
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.bridge import STEPS, Sums
from chanplan.analysis.bridge_items import NO_FATES, Fates
from chanplan.analysis.tracked import Tracked
from chanplan.analysis.tracking import Asked
from chanplan.analysis.tracking_targets import Key
from chanplan.domain import calendar
from chanplan.domain.period import Period

ASKS: Final = "asks"
UNCOUNTED: Final = "uncounted"
GAP_STEPS: Final = (ASKS, *STEPS, UNCOUNTED)
# Members with a bridge of their own; the others stand together in one.
MOST_MEMBERS: Final = 20
CENTS: Final = Decimal("0.01")
Kind = Literal["whole", "member", "others", "rest"]


@dataclass(frozen=True)
class Span:
    """The months of some targets that have begun, up to the day their members are judged."""

    months: Period
    until: date

    def is_whole(self, cut_off_day: int) -> bool:
        """Whether the last month has ended."""
        return self.until >= calendar.last_day(self.months.last, cut_off_day)


@dataclass(frozen=True)
class GapPart:
    """From what should have been sold by now to what was.

    kind   whole, member, others (members beyond MOST_MEMBERS), rest (of the whole's gap, what no
           member has; it has neither sales nor steps)
    base   last year's sales of the same days; None where nothing can be compared
    steps  GAP_STEPS → money, which sum to `gap` exactly; empty without a base
    """

    kind: Kind
    key: Key | None
    due: Decimal
    base: Decimal | None
    actual: Decimal
    steps: Mapping[str, Decimal]

    @property
    def gap(self) -> Decimal:
        """actual − due: below zero is behind."""
        return self.actual - self.due

    @property
    def told(self) -> tuple[str, ...]:
        """The steps there is something to say of."""
        return tuple(step for step in GAP_STEPS if self.steps.get(step))


@dataclass(frozen=True)
class Gap:
    """The whole, and parts whose gaps sum to its gap; the furthest behind first."""

    whole: GapPart
    parts: tuple[GapPart, ...]

    def of(self, key: Key | None) -> GapPart | None:
        """The part of a member, or (None) the whole."""
        if key is None:
            return self.whole
        return next((part for part in self.parts if part.key == key), None)


def spans(made: Tracked) -> dict[Span, list[Key]]:
    """Which months, up to which day, members are judged in; under () the whole, where it has a
    target of its own. Targets that have not begun are in none."""
    asked, found = made.asked, dict[Span, list[Key]]()
    for key, target in made.targets.of.items():
        span = _span(asked, target.months, asked.anchor(key))
        if span is not None:
            found.setdefault(span, []).append(key)
    own = made.targets.own
    if own is not None and (span := _span(asked, own.months, asked.as_of)) is not None:
        found.setdefault(span, []).append(())
    return found


def _span(asked: Asked, months: Sequence[int], until: date) -> Span | None:
    last = min(months[-1], calendar.month_of(until, asked.cut_off_day))
    if last < months[0]:
        return None
    end = calendar.last_day(last, asked.cut_off_day)
    return Span(Period(months[0], last), min(until, end))


def gap(
    made: Tracked,
    sold: Mapping[Span, pd.DataFrame],
    by: tuple[str, ...],
    known: Fates = NO_FATES,
) -> Gap | None:
    """The gap of the whole and of its members; None where nobody has a target that has begun.

    sold  the answers of `bridge_items` for the spans, split by `by`, which begins with the level
          that was asked (if any); a span without an answer has no base
    """
    rows = [row for row in made.frame.to_dict("records") if row["gap"] is not None]
    totals = [row for row in rows if row["is_total"]]
    if not totals:
        return None
    level = made.asked.by
    members = sorted((r for r in rows if not r["is_total"]), key=lambda row: row["gap"])
    exact = cents([row["gap"] for row in members])
    of = _filtered(sold, spans(made), level)
    alone, others = _apart(members, exact)
    parts = [_part("member", [one], level, of, by, known) for one in alone]
    if others:
        parts.append(_part("others", others, level, of, by, known))
    # A whole without a target of its own is the sum of its members, to the cent.
    own = made.targets.own is not None
    whole_gap = totals[0]["gap"].quantize(CENTS) if own else sum(exact, ZERO)
    key: Key = () if own else (None,)
    whole = _of_whole(totals[0]["actual"], whole_gap, [] if own else members, key, of, by, known)
    rest = whole_gap - sum((part.gap for part in parts), ZERO)
    if level and rest:
        parts.append(GapPart("rest", None, -rest, None, ZERO, {}))
    return Gap(whole, tuple(parts))


def cents(values: Iterable[Decimal]) -> list[Decimal]:
    """Rounded so that sums stay right: what rounding takes from one the next ones get."""
    owed, told = ZERO, []
    for value in values:
        kept = (value + owed).quantize(CENTS, ROUND_HALF_EVEN)
        owed += value - kept
        told.append(kept)
    return told


def largest(part: GapPart) -> tuple[str, Decimal] | None:
    """The step that makes most of a gap, on the gap's own side; None where there is none."""
    side = -1 if part.gap < 0 else 1
    same = [(step, money) for step, money in part.steps.items() if money * side > 0]
    return max(same, key=lambda pair: abs(pair[1]), default=None)


@dataclass(frozen=True)
class _Items:
    """The rows of an answer that are one member's, and the span it was asked for."""

    span: Span
    frame: pd.DataFrame
    rows: list[int]


_Row = tuple[dict[Any, Any], Decimal]


def _apart(members: list[dict[Any, Any]], exact: list[Decimal]) -> tuple[list[_Row], list[_Row]]:
    """Those with the largest gaps, in their order, and the others."""
    rows = list(zip(members, exact, strict=True))
    if len(rows) <= MOST_MEMBERS:
        return rows, []
    far = sorted(range(len(rows)), key=lambda at: -abs(rows[at][1]))[: MOST_MEMBERS - 1]
    kept = set(far)
    return (
        [row for at, row in enumerate(rows) if at in kept],
        [row for at, row in enumerate(rows) if at not in kept],
    )


def _filtered(
    sold: Mapping[Span, pd.DataFrame], judged: Mapping[Span, list[Key]], level: tuple[str, ...]
) -> dict[Key, _Items]:
    """Member → what its items sold; under () everything."""
    found: dict[Key, _Items] = {}
    for span, frame in sold.items():
        keys = judged.get(span, [])
        if () in keys:
            found[()] = _Items(span, frame, list(range(len(frame))))
        if level and len(frame):
            names = zip(*(arithmetic.members(frame, name) for name in level), strict=True)
            places: dict[Key, list[int]] = defaultdict(list)
            for at, name in enumerate(names):
                places[name].append(at)
            found |= {key: _Items(span, frame, places.get(key, [])) for key in keys if key}
    return found


def _part(
    kind: Kind,
    rows: Sequence[_Row],
    level: tuple[str, ...],
    of: Mapping[Key, _Items],
    by: tuple[str, ...],
    known: Fates,
) -> GapPart:
    keys = [tuple(row[name] for name in level) for row, _ in rows]
    alone = kind == "member" and len(by) > len(level)
    found = _bridge(keys, of, by[len(level) :] if alone else by, known)
    actual = sum((row["actual"] for row, _ in rows), ZERO)
    money = sum((exact for _, exact in rows), ZERO)
    return _told(kind, keys[0] if kind == "member" else None, actual, money, found)


def _of_whole(
    actual: Decimal,
    money: Decimal,
    members: Sequence[Mapping[Any, Any]],
    key: Key,
    of: Mapping[Key, _Items],
    by: tuple[str, ...],
    known: Fates,
) -> GapPart:
    keys = [key] if key == () else [each for each in of if each != ()]
    return _told("whole", None, actual, money, _bridge(keys, of, by, known) if keys else None)


def _told(
    kind: Kind, key: Key | None, actual: Decimal, money: Decimal, found: Sums | None
) -> GapPart:
    due = actual - money
    if found is None:
        return GapPart(kind, key, due, None, actual, {})
    steps = {ASKS: found.base - due, **found.steps, UNCOUNTED: actual - found.current}
    return GapPart(kind, key, due, found.base, actual, steps)


def _bridge(
    keys: Sequence[Key], of: Mapping[Key, _Items], by: tuple[str, ...], known: Fates
) -> Sums | None:
    """The bridge of some members together; None where nothing was sold a year before."""
    told = [of[key] for key in keys if key in of]
    if not told or not by:
        return None
    frame = pd.concat([_taken(list(same)) for _, same in groupby(told, lambda each: each.span)])
    if not frame["net_base"].notna().any():
        return None
    months = [each.span.months for each in told]
    period = Period(min(each.first for each in months), max(each.last for each in months))
    return bridge.sums(frame, by, period, known)


def _taken(told: Sequence[_Items]) -> pd.DataFrame:
    """The rows of members of one span, in their order."""
    return told[0].frame.iloc[[at for each in told for at in each.rows]]
