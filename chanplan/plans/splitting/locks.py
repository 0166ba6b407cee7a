"""What locks hold of a year: of nodes, of their months, and of all above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from chanplan.domain.errors import TargetError
from chanplan.plans.rounding import distributed
from chanplan.plans.splitting.year import Lock, Node, months_of


class Locks:
    """What is held, in steps: `rows`, node → its year; `held`, (month, node) → its month.

    children  node → those right below it
    season    what the months of a node are shared out by
    Raises TargetError for a lock of another year, an unknown node, a negative amount, and where
    what is locked is another total.
    """

    def __init__(
        self,
        year: int,
        locks: Sequence[Lock],
        step: Decimal,
        total: int,
        children: Mapping[Node, Sequence[Node]],
        leaves: Sequence[Node],
        season: Callable[[Node], list[Decimal]],
    ) -> None:
        self.year, self.locks, self.step, self.total = year, locks, step, total
        self.months = months_of(year)
        self.children, self.leaves, self._season = children, leaves, season
        self.rows, self.held = self._locked()

    def least(self, node: Node, month: int | None = None) -> int:
        """What locks below a node hold, or those of one of its months."""
        own = self.held.get((month, node)) if month is not None else self.rows.get(node)
        if own is not None:
            return own
        deeper = sum(self.least(one, month) for one in self.children.get(node, ()))
        if month is not None:
            return deeper
        return max(deeper, sum(v for (_, held), v in self.held.items() if held == node))

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
        self._upwards(rows, held)
        if rows.get((), self.total) != self.total:
            raise TargetError("locked_total", total=self.total * self.step)
        return rows, held

    def _upwards(self, rows: dict[Node, int], held: dict[tuple[int, Node], int]) -> None:
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
