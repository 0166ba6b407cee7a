"""A plan proposed from history: which total, which members, split how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from chanplan.domain.errors import TargetError
from chanplan.domain.period import MONTHS_A_YEAR, Period
from chanplan.domain.scope import Basis, Scope, TaxView
from chanplan.domain.targets import PLAIN_MEASURE, target_measures
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.plans.nodes import Place
from chanplan.plans.splitting import History, How, Lock, Node, Split, resplit, split

ZERO = Decimal(0)
# Years of history that a plan looks back on: three of seasons, and one for growth.
YEARS_BACK = 4
Ask = Callable[[MetricQuery], pd.DataFrame]


@dataclass(frozen=True)
class Wish:
    """What a plan is to be.

    by      the dimensions of its members on their way down, () for the company alone
    total   of the year; None: last year's × (1 + growth)
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


def proposed(ask: Ask, wish: Wish) -> Proposal:
    """Split a wish over the members that history knows. TargetError where it cannot be."""
    if wish.measure not in target_measures() or not target_measures()[wish.measure].additive:
        raise TargetError("not_additive", measure=wish.measure)
    history, everything = told(ask, wish)
    base, stand_ins = _base(everything, wish.year)
    total = wish.total
    if total is None:
        if base <= 0:
            raise TargetError("no_base", year=wish.year - 1)
        total = (base * (1 + wish.growth)).quantize(Decimal(1))
    leaves = _leaves(history, wish.locks)
    made = split(wish.year, total, leaves, history, wish.how, wish.locks, wish.measure)
    return Proposal(wish, made, history, base, stand_ins, everything)


def from_forecast(wish: Wish, frame: pd.DataFrame) -> Split:
    """A plan in the proportions of a forecast: columns month (202601), those of `wish.by`, value.
    Its sum is the total, where the wish names none."""
    cells: dict[tuple[int, Node], Decimal] = {}
    for row in frame.itertuples(index=False):
        node = tuple(str(getattr(row, name)) for name in wish.by)
        cells[int(str(row.month)), node] = max(Decimal(str(row.value)), ZERO)
    nodes = dict.fromkeys(node for _, node in cells)
    months = [wish.year * 100 + month for month in range(1, MONTHS_A_YEAR + 1)]
    full = {(month, node): cells.get((month, node), ZERO) for node in nodes for month in months}
    whole = sum(full.values(), ZERO).quantize(Decimal(1))
    return resplit(Split(wish.year, full), whole if wish.total is None else wish.total, wish.locks)


def told(ask: Ask, wish: Wish) -> tuple[History, Mapping[int, Decimal]]:
    """(leaf → month → actual of the years before, the same of everything together)."""
    period = Period((wish.year - YEARS_BACK) * 100 + 1, (wish.year - 1) * 100 + MONTHS_A_YEAR)
    scope = Scope(period, wish.basis, wish.tax)
    if wish.measure not in catalogue().measures:
        return {}, {}
    frame = ask(MetricQuery((wish.measure,), scope, (*wish.by, "month")))
    history: dict[Node, dict[int, Decimal]] = {}
    everything: dict[int, Decimal] = {}
    for row in frame.to_dict("records"):
        value, month = row[wish.measure], int(row["month"])
        if value is None or pd.isna(value):
            continue
        node = tuple("" if pd.isna(row[name]) else str(row[name]) for name in wish.by)
        history.setdefault(node, {})[month] = Decimal(str(value))
        everything[month] = everything.get(month, ZERO) + Decimal(str(value))
    return _filled(history, everything), everything


def _filled(history: Mapping[Node, Mapping[int, Decimal]], known: Mapping[int, Decimal]) -> History:
    """A month in which others sold and a member did not is a month of nothing, once it began."""
    return {
        node: {month: sold.get(month, ZERO) for month in sorted(known) if month >= min(sold)}
        for node, sold in history.items()
    }


def _leaves(history: History, locks: Sequence[Lock]) -> list[Node]:
    """The members of history and of locks; what names none is left out beside others that do."""
    deep = max(map(len, history), default=0)
    told = [lock.node for lock in locks if lock.node and len(lock.node) >= deep]
    found = dict.fromkeys([*history, *told])
    named = [node for node in found if "" not in node]
    heads = {node[:depth] for node in named for depth in range(1, len(node))}
    alone = [node for node in found
             if "" in node and node[: node.index("")] not in heads and node[0]]  # fmt: skip
    cut = dict.fromkeys(node[: node.index("")] for node in alone)
    return sorted([*named, *cut], key=lambda node: -_size(history, node))


def _size(history: History, node: Node) -> Decimal:
    return sum((sum(months.values(), ZERO) for one, months in history.items()
                if one[: len(node)] == node), ZERO)  # fmt: skip


def _base(everything: Mapping[int, Decimal], year: int) -> tuple[Decimal, tuple[int, ...]]:
    months = [(year - 1) * 100 + month for month in range(1, MONTHS_A_YEAR + 1)]
    absent = tuple(month for month in months if month not in everything)
    found = [everything.get(month, everything.get(month - 100, ZERO)) for month in months]
    return sum(found, ZERO), absent if everything else ()


def actuals(
    ask: Ask, places: Sequence[tuple[str, Place]], year: int, basis: Basis, tax: TaxView
) -> dict[tuple[str, Place], dict[int, Decimal]]:
    """(measure, place) → month → actual, for measures of the catalogue; one question for each
    measure and shape."""
    shapes = {(measure, tuple(name for name, _ in place)) for measure, place in places}
    found: dict[tuple[str, Place], dict[int, Decimal]] = {}
    for measure, by in sorted(shapes):
        if measure in catalogue().measures and all(one in catalogue().dimensions for one in by):
            history, _ = told(ask, Wish(year, by, measure, basis=basis, tax=tax))
            found |= {(measure, tuple(zip(by, node, strict=True))): dict(months)
                      for node, months in history.items()}  # fmt: skip
    return found
