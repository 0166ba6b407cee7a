"""A year on its way down from the company to its leaves, level by level, every sum exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from chanplan.domain.errors import TargetError
from chanplan.domain.targets import target_measures
from chanplan.plans.rounding import Margins, distributed, gridded
from chanplan.plans.splitting.locks import Locks
from chanplan.plans.splitting.weights import Weights
from chanplan.plans.splitting.year import ZERO, History, How, Lock, Node, Split, months_of

# What amounts are whole in, the first that all of them are; the store keeps no finer one.
_STEPS = (Decimal(1), Decimal("0.01"), Decimal("0.0001"))


def split(
    year: int,
    total: Decimal,
    leaves: Sequence[Node],
    history: History,
    how: How = "season",
    locks: Sequence[Lock] = (),
    measure: str = "net_sales",
) -> Split:
    """The year's total over its months and these leaves (definitions §6).

    history  leaf → month → actual of the years before
    how      "season": members by the last twelve months, months by the member's own season;
             "mix": every month and member as in the year before; "even": all the same
    Raises TargetError for a measure whose parts do not sum up, for a negative total, and where
    what is locked leaves no split.
    """
    if not target_measures()[measure].additive:
        raise TargetError("not_additive", measure=measure)
    if total < 0:
        raise TargetError("total_negative", total=total)
    return _Splitting(year, total, tuple(leaves) or ((),), history, how, tuple(locks)).done()


def resplit(found: Split, total: Decimal | None = None, locks: Sequence[Lock] = ()) -> Split:
    """The same plan after an edit: locks stay, the rest keeps its proportions. Without a change
    it is what it was. TargetError where what is locked leaves no split."""
    whole = found.sum_of() if total is None else total
    held = {leaf: {m: found.cells[m, leaf] for m in found.months} for leaf in found.leaves}
    again = _Splitting(found.year, whole, found.leaves, held, "own", tuple(locks))
    return Split(found.year, again.done().cells, found.defaults, tuple(locks))


class _Splitting:
    """A year on its way down from the company to its leaves."""

    def __init__(
        self,
        year: int,
        total: Decimal,
        leaves: tuple[Node, ...],
        history: History,
        how: str,
        locks: tuple[Lock, ...],
    ) -> None:
        self.year, self.locks = year, locks
        self.months = months_of(year)
        self.step = _step([total, *(lock.amount for lock in locks)])
        self.total = int(total / self.step)
        self.leaves = leaves
        self.children = _tree(leaves)
        self.weights = Weights(how, year, _upwards(history, leaves))
        self.locked = Locks(
            year, locks, self.step, self.total, self.children, leaves, self.weights.season
        )
        self.cells: dict[tuple[int, Node], Decimal] = {}

    def done(self) -> Split:
        """Company first, then level by level; a fault tells amounts, not steps."""
        try:
            return self._done()
        except TargetError as fault:
            told = {name: value * self.step for name, value in fault.values.items()
                    if isinstance(value, int) and name in ("over", "missing")}  # fmt: skip
            raise TargetError(fault.code, **{**fault.values, **told}) from fault

    def _done(self) -> Split:
        columns = {
            at: self.locked.held[m, ()]
            for at, m in enumerate(self.months)
            if (m, ()) in self.locked.held
        }
        row = self._grid([()], [self.total], columns)[0]
        self._down((), row)
        return Split(self.year, self.cells, self.weights.defaults, self.locks)

    def _down(self, node: Node, row: Sequence[int]) -> None:
        below = self.children.get(node)
        if not below:
            self.cells |= {(m, node): v * self.step for m, v in zip(self.months, row, strict=True)}
            return
        sums = distributed(
            sum(row),
            self.weights.of(below),
            {at: self.locked.rows[one] for at, one in enumerate(below) if one in self.locked.rows},
            {at: self.locked.least(one) for at, one in enumerate(below)},
        )
        for one, cells in zip(below, self._below(below, sums, row), strict=True):
            self._down(one, cells)

    def _below(
        self, nodes: Sequence[Node], sums: Sequence[int], row: Sequence[int]
    ) -> list[list[int]]:
        """The members' months. Where locks leave no grid with these sums of theirs, each month
        is shared out among those that are free in it, and their sums follow."""
        try:
            return self._grid(nodes, sums, dict(enumerate(row)))
        except TargetError as fault:
            if fault.code != "locks_contradict":
                raise
        seasons = [self.weights.season(one) for one in nodes]
        sizes = [size / (sum(season) or 1)
                 for size, season in zip(self.weights.of(nodes), seasons, strict=True)]  # fmt: skip
        weights = [[size * season[j] for size, season in zip(sizes, seasons, strict=True)]
                   for j in range(len(self.months))]  # fmt: skip
        ats = [(j, i) for j in range(len(self.months)) for i in range(len(nodes))]
        fixed = {(j, i): self.locked.held[self.months[j], nodes[i]] for j, i in ats
                 if (self.months[j], nodes[i]) in self.locked.held}  # fmt: skip
        least = {(j, i): self.locked.least(nodes[i], self.months[j]) for j, i in ats}
        told = {i: self.locked.rows[one] for i, one in enumerate(nodes) if one in self.locked.rows}
        return _turned(gridded(weights, Margins(row, told, fixed, least)))

    def _grid(
        self, nodes: Sequence[Node], sums: Sequence[int], columns: Mapping[int, int]
    ) -> list[list[int]]:
        ats = [(i, j) for i in range(len(nodes)) for j in range(len(self.months))]
        fixed = {(i, j): self.locked.held[self.months[j], nodes[i]] for i, j in ats
                 if (self.months[j], nodes[i]) in self.locked.held}  # fmt: skip
        least = {(i, j): self.locked.least(nodes[i], self.months[j]) for i, j in ats}
        fixed = {} if nodes == [()] else fixed
        return gridded(
            [self.weights.season(one) for one in nodes], Margins(sums, columns, fixed, least)
        )


def _turned(grid: Sequence[Sequence[int]]) -> list[list[int]]:
    return [list(column) for column in zip(*grid, strict=True)]


def _step(amounts: Iterable[Decimal]) -> Decimal:
    """The coarsest step that all amounts are whole in."""
    told = list(amounts)
    return next((s for s in _STEPS if all(one % s == 0 for one in told)), _STEPS[-1])


def _tree(leaves: Iterable[Node]) -> dict[Node, list[Node]]:
    below: dict[Node, dict[Node, None]] = {}
    for leaf in leaves:
        for depth in range(len(leaf)):
            below.setdefault(leaf[:depth], {})[leaf[: depth + 1]] = None
    return {node: list(ones) for node, ones in below.items()}


def _upwards(history: History, leaves: Iterable[Node]) -> dict[Node, dict[int, Decimal]]:
    """Every node's months: its leaves' added up. The company's may be told as it is."""
    found: dict[Node, dict[int, Decimal]] = {}
    for leaf in leaves:
        for month, value in history.get(leaf, {}).items():
            for depth in range(len(leaf) + 1):
                told = found.setdefault(leaf[:depth], {})
                told[month] = told.get(month, ZERO) + value
    return found
