"""Where every target is expected to land, and how likely it is reached: the outlook of each
course of sales, parts and whole made to agree draw by draw."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

import numpy as np

from chanplan.analysis import pace_days
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.landing import Course, Outlook, outlooks, p_hit, reconciled
from chanplan.analysis.pace_season import day
from chanplan.analysis.tracking import Asked, Sold
from chanplan.analysis.tracking_targets import Key, Target, Targets
from chanplan.domain import calendar
from chanplan.domain.period import from_ordinal, ordinal

# The ends of the intervals of 50, 80 and 95 %.
ENDS: Final = {
    "low95": 0.025, "low80": 0.1, "low50": 0.25, "high50": 0.75, "high80": 0.9, "high95": 0.975
}  # fmt: skip
_CENTS: Final = Decimal("0.01")


@dataclass(frozen=True)
class Landing:
    """landing  what the months of a target come to, expected; `ends` of its intervals
    p_hit    the share of simulated ends that reach the target
    method   how the outlook was made, or "done" where nothing is left to come
    outlook  of the remainder; None where there is none
    """

    landing: Decimal
    ends: Mapping[str, Decimal]
    p_hit: float
    method: str
    outlook: Outlook | None = None

    def told(self) -> dict[str, Any]:
        """Its columns of a row."""
        about = {"landing": self.landing, "p_hit": self.p_hit, "method": self.method}
        return {**about, **self.ends}


def landings(asked: Asked, targets: Targets, known: Sold) -> dict[Key | None, Landing]:
    """Member → its landing, and under None that of the whole; who has neither sales nor a day
    that is covered has none."""
    wanted = [key for key in known.keys if key in targets.of or targets.own is not None]
    seen = _outlooks(asked, targets, known, wanted)
    found: dict[Key | None, Landing] = {}
    for key, target in targets.of.items():
        made = _landing(asked, key, target, known.exact.get(key, {}), seen.get(key))
        if made is not None:
            found[key] = made
    whole = _whole(asked, targets, known, seen, found)
    return found if whole is None else found | {None: whole}


def _outlooks(
    asked: Asked, targets: Targets, known: Sold, wanted: Sequence[Key]
) -> dict[Key, Outlook]:
    """The outlook of each member up to the last month of its target; those that are covered to
    the same day agree with the outlook of their sum."""
    places = {key: at for at, key in enumerate(known.keys)}
    ends: dict[int, dict[Key, Course]] = {}
    for key in wanted:
        until = targets.of[key].months[-1] if key in targets.of else asked.period.last
        made = course(asked, known, known.history[places[key]], key)
        if made is not None and not _is_over(asked, key, until):
            ends.setdefault(until, {})[key] = made
    found: dict[Key, Outlook] = {}
    for until, courses in ends.items():
        found |= _agreed(asked, known, courses, until)
    return found


def _agreed(
    asked: Asked, known: Sold, courses: dict[Key, Course], until: int
) -> dict[Key, Outlook]:
    apart: dict[Hashable, Course] = dict(courses)  # type: ignore[arg-type]
    seen: dict[Any, Outlook] = {**outlooks(apart, day(until))}
    together = [key for key in courses if asked.anchor(key) == asked.as_of]
    if len(together) < 2:
        return seen
    places = {key: at for at, key in enumerate(known.keys)}
    summed = known.history[[places[key] for key in together]].sum(axis=0)
    parent = course(asked, known, summed, None)
    if parent is None:
        return seen
    whole = outlooks({None: parent}, day(until))[None]
    return seen | reconciled(whole, {key: seen[key] for key in together})


def course(asked: Asked, known: Sold, values: np.ndarray, key: Key | None) -> Course | None:
    """The months of a series from the first that anybody sold in to the day it is covered to: a
    month without a sale is zero, so that who began late is known as new. None before any sale."""
    anchor = asked.as_of if key is None else asked.anchor(key)
    last = calendar.month_of(anchor, asked.cut_off_day)
    count = ordinal(last) - ordinal(known.first) + 1
    if count <= 0 or not np.any(values[:count]):
        return None
    padded = np.zeros(count)
    padded[: min(count, len(values))] = values[:count]
    covered = pace_days.month_share(last, anchor, asked.cut_off_day)
    return Course(_months(ordinal(known.first), count), padded, covered)


@cache
def _months(first: int, count: int) -> tuple[date, ...]:
    return tuple(day(from_ordinal(first + at)) for at in range(count))


def _is_over(asked: Asked, key: Key, until: int) -> bool:
    return asked.anchor(key) >= calendar.last_day(until, asked.cut_off_day)


def _landing(
    asked: Asked, key: Key, target: Target, sales: Mapping[int, Decimal], seen: Outlook | None
) -> Landing | None:
    actual = sum((sales.get(month, ZERO) for month in target.months), ZERO)
    if _is_over(asked, key, target.months[-1]):
        return _over(actual, target.value)
    return None if seen is None or seen.state == "none" else _landed(actual, target.value, seen)


def _over(actual: Decimal, target: Decimal) -> Landing:
    """Nothing is left to come: it is known whether the target was reached."""
    return Landing(actual, dict.fromkeys(ENDS, actual), float(actual >= target), "done")


def _landed(actual: Decimal, target: Decimal, seen: Outlook) -> Landing:
    return Landing(
        actual + _money(seen.expected),
        ends_of(actual, seen.draws),
        p_hit(actual, target, seen),
        seen.method if seen.state == "ok" else seen.state,
        seen,
    )


def ends_of(actual: Decimal, draws: np.ndarray) -> dict[str, Decimal]:
    """The ends of the intervals of what is there and what may come."""
    ordered = np.sort(draws)
    places = np.arange(len(ordered)) / max(len(ordered) - 1, 1)
    ends = np.interp(list(ENDS.values()), places, ordered)
    return {name: actual + _money(end) for name, end in zip(ENDS, ends, strict=True)}


def _whole(
    asked: Asked,
    targets: Targets,
    known: Sold,
    seen: Mapping[Key, Outlook],
    found: Mapping[Key | None, Landing],
) -> Landing | None:
    """The sum of the members, draw by draw: of all that sell where the whole has a target of its
    own, else of those with a target."""
    own = targets.own
    if own is None:
        target = sum((each.value for each in targets.of.values()), ZERO)
        actual = sum(
            (
                known.exact.get(key, {}).get(m, ZERO)
                for key, t in targets.of.items()
                for m in t.months
            ),
            ZERO,
        )
    else:
        target = own.value
        actual = sum(
            (sales.get(m, ZERO) for sales in known.exact.values() for m in own.months), ZERO
        )
        if _is_over(asked, (), own.months[-1]):
            return _over(actual, target)
    parts = [
        one
        for key, one in seen.items()
        if one.state != "none" and (own is not None or key in targets.of)
    ]
    if not parts:
        over = found and all(each.method == "done" for each in found.values())
        return _over(actual, target) if over and own is None else None
    return _landed(actual, target, summed(parts))


def summed(parts: Sequence[Outlook]) -> Outlook:
    """Outlooks added up, draw by draw; those of other lengths add to the last months."""
    longest = max(len(one.by_month) for one in parts)
    months = np.zeros(longest)
    for one in parts:
        months[longest - len(one.by_month) :] += one.by_month
    draws = np.sum([one.draws for one in parts], axis=0)
    expected = float(sum(one.expected for one in parts))
    method = parts[0].method if len({one.method for one in parts}) == 1 else "several"
    return Outlook("ok", method, expected, draws, months)


def _money(value: float) -> Decimal:
    return Decimal(repr(round(float(value), 2)))
