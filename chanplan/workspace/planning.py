"""A plan proposed from history: which total, which members, split how."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from chanplan.analysis.landing import Course, outlooks
from chanplan.domain.errors import TargetError
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Basis, Scope, TaxView
from chanplan.domain.targets import PLAIN_MEASURE, target_measures
from chanplan.plans.nodes import Place
from chanplan.plans.splitting import History, How, Lock, Node, Split, resplit, split
from chanplan.workspace.actuals import Actuals

ZERO = Decimal(0)
# Years of history that a plan looks back on: three of seasons, and one for growth.
YEARS_BACK = 4
# (measure, scope, dimensions, months) → what has come in: `Workspace.actuals`.
Came = Callable[[str, Scope, tuple[str, ...], Period], Actuals]


@dataclass(frozen=True)
class Wish:
    """What a plan is to be.

    by      the dimensions of its members on their way down, () for the company alone
    total     of the year; None: last year's × (1 + growth), or the forecast's
    forecast  whether months and members are in the proportions of the forecast, instead of `how`
    """

    year: int
    by: tuple[str, ...] = ("channel",)
    measure: str = PLAIN_MEASURE
    how: How = "season"
    total: Decimal | None = None
    growth: Decimal = ZERO
    locks: tuple[Lock, ...] = ()
    basis: Basis = "order"
    tax: TaxView = "with_tax"
    forecast: bool = False


@dataclass(frozen=True)
class Proposal:
    """A wish come true: the split, the history of its leaves, and the year before (`base`; months
    that are not there yet are those of a year earlier, `stand_ins`), and every month `before`."""

    wish: Wish
    split: Split
    history: History
    base: Decimal
    stand_ins: tuple[int, ...] = ()
    before: Mapping[int, Decimal] = field(default_factory=dict)


def proposed(came: Came, wish: Wish, through: int | None = None) -> Proposal:
    """Split a wish over the members that history knows. TargetError where it cannot be.

    through  the last month that is whole, where a forecast is asked for
    """
    if wish.measure not in target_measures() or not target_measures()[wish.measure].additive:
        raise TargetError("not_additive", measure=wish.measure)
    history, everything = told(came, wish)
    base, stand_ins = _base(everything, wish.year)
    leaves = _leaves(history, wish.locks)
    if wish.forecast:
        made = from_forecast(wish, _forecast(history, leaves, wish, through))
    else:
        total = wish.total
        if total is None:
            if base <= 0:
                raise TargetError("no_base", year=wish.year - 1)
            total = (base * (1 + wish.growth)).quantize(Decimal(1))
        made = split(wish.year, total, leaves, history, wish.how, wish.locks, wish.measure)
    return Proposal(wish, made, history, base, stand_ins, everything)


def _forecast(
    history: History, leaves: Sequence[Node], wish: Wish, through: int | None
) -> pd.DataFrame:
    """What each leaf is expected to bring in every month of the year: month, `wish.by`, value."""
    courses: dict[Hashable, Course] = {}
    for leaf in leaves:
        known = _unbroken(history.get(leaf, {}), through)
        days = tuple(date(month // 100, month % 100, 1) for month in known)
        courses[leaf] = Course(days, np.array([float(value) for value in known.values()]))
    if not any(len(course.months) for course in courses.values()):
        raise TargetError("no_base", year=wish.year - 1)
    found = outlooks(courses, date(wish.year, MONTHS_A_YEAR, 1))
    rows = []
    for leaf in leaves:
        ahead = [Decimal(str(round(value, 4))) for value in found[leaf].by_month]
        year = [ZERO] * (MONTHS_A_YEAR - len(ahead)) + ahead[-MONTHS_A_YEAR:]
        rows += [(wish.year * 100 + at, *_cells(leaf, wish.by), value)
                 for at, value in enumerate(year, 1)]  # fmt: skip
    return pd.DataFrame(rows, columns=["month", *wish.by, "value"])


def _unbroken(months: Mapping[int, Decimal], through: int | None) -> dict[int, Decimal]:
    """The months up to the last whole one, back to the first that is missing."""
    last = max((month for month in months if through is None or month <= through), default=None)
    found: dict[int, Decimal] = {}
    while last is not None and last in months:
        found[last] = months[last]
        last = shift(last, -1)
    return dict(sorted(found.items()))


def _cells(leaf: Node, by: Sequence[str]) -> tuple[str, ...]:
    return (*leaf, *[""] * (len(by) - len(leaf)))


def from_forecast(wish: Wish, frame: pd.DataFrame) -> Split:
    """A plan in the proportions of a forecast: columns month (202601), those of `wish.by`, value.
    Its sum is the total, where the wish names none."""
    cells: dict[tuple[int, Node], Decimal] = {}
    for row in frame.itertuples(index=False):
        node = tuple(one for name in wish.by if (one := str(getattr(row, name))))
        cells[int(str(row.month)), node] = max(Decimal(str(row.value)), ZERO)
    nodes = dict.fromkeys(node for _, node in cells)
    months = [wish.year * 100 + month for month in range(1, MONTHS_A_YEAR + 1)]
    full = {(month, node): cells.get((month, node), ZERO) for node in nodes for month in months}
    whole = sum(full.values(), ZERO).quantize(Decimal(1))
    return resplit(Split(wish.year, full), whole if wish.total is None else wish.total, wish.locks)


def told(came: Came, wish: Wish) -> tuple[History, Mapping[int, Decimal]]:
    """(leaf → month → actual of the years before, the same of everything together)."""
    period = Period((wish.year - YEARS_BACK) * 100 + 1, (wish.year - 1) * 100 + MONTHS_A_YEAR)
    scope = Scope(period, wish.basis, wish.tax)
    frame = came(wish.measure, scope, wish.by, period).frame
    history: dict[Node, dict[int, Decimal]] = {}
    everything: dict[int, Decimal] = {}
    for row in frame.to_dict("records"):
        value, month = row["value"], int(row["month"])
        if value is None or pd.isna(value):
            continue
        node = tuple("" if pd.isna(row[name]) else str(row[name]) for name in wish.by)
        history.setdefault(node, {})[month] = Decimal(str(value))
        everything[month] = everything.get(month, ZERO) + Decimal(str(value))
    history |= _cut(history)
    return _filled(history, everything), everything


def _filled(history: Mapping[Node, Mapping[int, Decimal]], known: Mapping[int, Decimal]) -> History:
    """A month in which others sold and a member did not is a month of nothing, once it began."""
    return {
        node: {month: sold.get(month, ZERO) for month in sorted(known) if month >= min(sold)}
        for node, sold in history.items()
    }


def _cut(history: Mapping[Node, dict[int, Decimal]]) -> dict[Node, dict[int, Decimal]]:
    """A channel whose sales name no partner is a leaf of its own: ("天猫", "") as ("天猫",). What
    names none beside others that do is left out: nobody could be held to it."""
    alone = {node: node[: node.index("")] for node in history if "" in node and node[0]}
    told = [*(node for node in history if "" not in node), *alone.values()]
    heads = {node[:depth] for node in told for depth in range(1, len(node))}
    return {head: history[node] for node, head in alone.items() if head not in heads}


def _leaves(history: History, locks: Sequence[Lock]) -> list[Node]:
    """The members of history and of locks, the largest first."""
    deep = max(map(len, history), default=0)
    told = [lock.node for lock in locks if lock.node and len(lock.node) >= deep]
    found = dict.fromkeys([*(node for node in history if "" not in node), *told])
    return sorted(found, key=lambda node: -sum(history.get(node, {}).values(), ZERO))


def _base(everything: Mapping[int, Decimal], year: int) -> tuple[Decimal, tuple[int, ...]]:
    months = [(year - 1) * 100 + month for month in range(1, MONTHS_A_YEAR + 1)]
    absent = tuple(month for month in months if month not in everything)
    found = [everything.get(month, everything.get(month - 100, ZERO)) for month in months]
    return sum(found, ZERO), absent if everything else ()


def actuals(
    came: Came, places: Sequence[tuple[str, Place]], year: int, basis: Basis, tax: TaxView
) -> dict[tuple[str, Place], dict[int, Decimal]]:
    """(measure, place) → month → actual; one question for each measure and shape."""
    shapes = {(measure, tuple(name for name, _ in place)) for measure, place in places}
    found: dict[tuple[str, Place], dict[int, Decimal]] = {}
    for measure, by in sorted(shapes):
        history, _ = told(came, Wish(year, by, measure, basis=basis, tax=tax))
        found |= {(measure, tuple(zip(by, node, strict=True))): dict(months)
                  for node, months in history.items() if len(node) == len(by)}  # fmt: skip
    return found
