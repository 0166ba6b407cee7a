"""A target split over months and members: what is locked stays, the rest is shared out exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from chanplan.domain.errors import TargetError
from chanplan.domain.period import MONTHS_A_YEAR
from chanplan.domain.targets import target_measures
from chanplan.plans.rounding import Margins, distributed, gridded
from chanplan.plans.seasonal import season

ZERO = Decimal(0)
How = Literal["season", "mix", "even"]
HOWS: Final[tuple[How, ...]] = ("season", "mix", "even")
# What amounts are whole in, the first that all of them are; the store keeps no finer one.
_STEPS = (Decimal(1), Decimal("0.01"), Decimal("0.0001"))
# A node: the members on its way down, () is the company. (month, node) → amount.
Node = tuple[str, ...]
Cells = Mapping[tuple[int, Node], Decimal]
History = Mapping[Node, Mapping[int, Decimal]]


@dataclass(frozen=True)
class Lock:
    """An amount that stays: of a node, in these months, or (none) in the whole year."""

    node: Node
    amount: Decimal
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Split:
    """A split year.

    cells     (month, leaf) → amount; every sum of them is the sum of its parts
    defaults  node → why it was not split by its own history: "no_history" (none, or none with a
              positive sum: the share of the smallest of its siblings that has), "no_season" (less
              than a whole year: the season of its parent), "no_history_at_all" (even)
    locks     what stayed
    """

    year: int
    cells: Cells
    defaults: Mapping[Node, str] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the year, in order."""
        return tuple(self.year * 100 + month for month in range(1, MONTHS_A_YEAR + 1))

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The nodes that nothing lies below, in their order."""
        return tuple(dict.fromkeys(node for _, node in self.cells))

    def sum_of(self, node: Node = (), months: Iterable[int] = ()) -> Decimal:
        """What a node has in these months, or in the year."""
        wanted = set(months)
        return sum(
            (amount for (month, leaf), amount in self.cells.items()
             if leaf[: len(node)] == node and (not wanted or month in wanted)),
            ZERO,
        )  # fmt: skip


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
        self.year, self.how, self.locks = year, how, locks
        self.months = tuple(year * 100 + month for month in range(1, MONTHS_A_YEAR + 1))
        self.step = _step([total, *(lock.amount for lock in locks)])
        self.total = int(total / self.step)
        self.leaves = leaves
        self.actual = _upwards(history, leaves)
        self.children = _tree(leaves)
        self.defaults: dict[Node, str] = {}
        self.rows, self.held = self._locked()
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
        columns = {at: self.held[m, ()] for at, m in enumerate(self.months) if (m, ()) in self.held}
        row = self._grid([()], [self.total], columns)[0]
        self._down((), row)
        return Split(self.year, self.cells, self.defaults, self.locks)

    def _down(self, node: Node, row: Sequence[int]) -> None:
        below = self.children.get(node)
        if not below:
            self.cells |= {(m, node): v * self.step for m, v in zip(self.months, row, strict=True)}
            return
        sums = distributed(
            sum(row),
            self._weights(below),
            {at: self.rows[one] for at, one in enumerate(below) if one in self.rows},
            {at: self._least(one) for at, one in enumerate(below)},
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
        seasons = [self._season(one) for one in nodes]
        sizes = [size / (sum(season) or 1)
                 for size, season in zip(self._weights(nodes), seasons, strict=True)]  # fmt: skip
        weights = [[size * season[j] for size, season in zip(sizes, seasons, strict=True)]
                   for j in range(len(self.months))]  # fmt: skip
        ats = [(j, i) for j in range(len(self.months)) for i in range(len(nodes))]
        fixed = {(j, i): self.held[self.months[j], nodes[i]] for j, i in ats
                 if (self.months[j], nodes[i]) in self.held}  # fmt: skip
        least = {(j, i): self._least(nodes[i], self.months[j]) for j, i in ats}
        told = {i: self.rows[one] for i, one in enumerate(nodes) if one in self.rows}
        return _turned(gridded(weights, Margins(row, told, fixed, least)))

    def _grid(
        self, nodes: Sequence[Node], sums: Sequence[int], columns: Mapping[int, int]
    ) -> list[list[int]]:
        ats = [(i, j) for i in range(len(nodes)) for j in range(len(self.months))]
        fixed = {(i, j): self.held[self.months[j], nodes[i]] for i, j in ats
                 if (self.months[j], nodes[i]) in self.held}  # fmt: skip
        least = {(i, j): self._least(nodes[i], self.months[j]) for i, j in ats}
        fixed = {} if nodes == [()] else fixed
        return gridded([self._season(one) for one in nodes], Margins(sums, columns, fixed, least))

    # --- weights ---------------------------------------------------------------------

    def _weights(self, nodes: Sequence[Node]) -> list[Decimal]:
        """What members are shared out by; one without a positive base gets the smallest's."""
        if self.how == "even":
            return [Decimal(1)] * len(nodes)
        bases = [self._base(one) for one in nodes]
        if self.how == "own":
            return bases
        known = [base for base in bases if base > 0]
        for node, base in zip(nodes, bases, strict=True):
            if base <= 0:
                self.defaults[node] = "no_history" if known else "no_history_at_all"
        smallest = min(known, default=Decimal(1))
        return [base if base > 0 else smallest for base in bases]

    def _base(self, node: Node) -> Decimal:
        return sum((value for value in self._last_year(node) if value), ZERO)

    def _last_year(self, node: Node) -> list[Decimal | None]:
        """Each month of the year before; where it is not there yet, the same one of a year
        earlier. Of a plan that is split again, its own."""
        told = self.actual.get(node, {})
        back = (0, 0) if self.how == "own" else (100, 200)
        return [told.get(m - back[0], told.get(m - back[1])) for m in self.months]

    def _season(self, node: Node) -> list[Decimal]:
        if self.how == "even":
            return [Decimal(1)] * MONTHS_A_YEAR
        if self.how in ("mix", "own"):
            told = [max(value or ZERO, ZERO) for value in self._last_year(node)]
            if self.how == "own" or any(told):
                return told
        shares = season(self.actual.get(node, {}), self.year) if self.how == "season" else None
        if shares is not None:
            return list(shares)
        if node:
            self.defaults.setdefault(node, "no_season")
            return self._season(node[:-1])
        self.defaults.setdefault(node, "no_history_at_all")
        return [Decimal(1)] * MONTHS_A_YEAR

    # --- locks -----------------------------------------------------------------------

    def _locked(self) -> tuple[dict[Node, int], dict[tuple[int, Node], int]]:
        """(node → its year, (month, node) → its month), in steps."""
        rows: dict[Node, int] = {}
        held: dict[tuple[int, Node], int] = {}
        for lock in self.locks:
            if any(month not in self.months for month in lock.months):
                raise TargetError("lock_other_year", year=self.year)
            if lock.node and lock.node not in self.children and lock.node not in self.leaves:
                raise TargetError("lock_unknown", name=" · ".join(lock.node))
            if lock.amount < 0:
                raise TargetError("total_negative", total=lock.amount)
            amount = int(lock.amount / self.step)
            if not lock.months:
                rows[lock.node] = amount
                continue
            weights = self._season(lock.node)
            own = [weights[self.months.index(month)] for month in lock.months]
            shared = distributed(amount, own)
            held |= {(m, lock.node): v for m, v in zip(lock.months, shared, strict=True)}
        self._upwards_from_locks(rows, held)
        if rows.get((), self.total) != self.total:
            raise TargetError("locked_total", total=self.total * self.step)
        return rows, held

    def _upwards_from_locks(self, rows: dict[Node, int], held: dict[tuple[int, Node], int]) -> None:
        """Where all that lies below a node is held, so is the node; and a year is, where all of
        its months are."""
        nodes = sorted({*self.children, *self.leaves}, key=len, reverse=True)
        for node in nodes:
            below = self.children.get(node, [])
            for month in self.months if below else ():
                if (month, node) not in held and all((month, one) in held for one in below):
                    held[month, node] = sum(held[month, one] for one in below)
            if node in rows:
                continue
            if all((month, node) in held for month in self.months):
                rows[node] = sum(held[month, node] for month in self.months)
            elif below and all(one in rows for one in below):
                rows[node] = sum(rows[one] for one in below)

    def _least(self, node: Node, month: int | None = None) -> int:
        """What locks below a node hold, or those of one of its months."""
        own = self.held.get((month, node)) if month is not None else self.rows.get(node)
        if own is not None:
            return own
        deeper = sum(self._least(one, month) for one in self.children.get(node, ()))
        if month is not None:
            return deeper
        return max(deeper, sum(v for (_, held), v in self.held.items() if held == node))


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
