"""What a year is shared out by: members by their last year, months by their season."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from chanplan.domain.period import MONTHS_A_YEAR
from chanplan.plans import seasonal
from chanplan.plans.splitting.year import ZERO, Node, months_of


class Weights:
    """Weights of nodes and of their months.

    how       a way of `year.How`, or "own": a plan split again by its own proportions
    actual    node → month → value of the years before
    defaults  node → why it is not weighed by its own history
    """

    def __init__(self, how: str, year: int, actual: Mapping[Node, Mapping[int, Decimal]]) -> None:
        self.how, self.year, self.actual = how, year, actual
        self.defaults: dict[Node, str] = {}

    def of(self, nodes: Sequence[Node]) -> list[Decimal]:
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

    def season(self, node: Node) -> list[Decimal]:
        """What the months of a node are shared out by."""
        if self.how == "even":
            return [Decimal(1)] * MONTHS_A_YEAR
        if self.how in ("mix", "own"):
            told = [max(value or ZERO, ZERO) for value in self._last_year(node)]
            if self.how == "own" or any(told):
                return told
        shares = (
            seasonal.season(self.actual.get(node, {}), self.year) if self.how == "season" else None
        )
        if shares is not None:
            return list(shares)
        if node:
            self.defaults.setdefault(node, "no_season")
            return self.season(node[:-1])
        self.defaults.setdefault(node, "no_history_at_all")
        return [Decimal(1)] * MONTHS_A_YEAR

    def _base(self, node: Node) -> Decimal:
        return sum((value for value in self._last_year(node) if value), ZERO)

    def _last_year(self, node: Node) -> list[Decimal | None]:
        """Each month of the year before; where it is not there yet, the same one of a year
        earlier. Of a plan that is split again, its own."""
        told = self.actual.get(node, {})
        back = (0, 0) if self.how == "own" else (100, 200)
        return [told.get(m - back[0], told.get(m - back[1])) for m in months_of(self.year)]
