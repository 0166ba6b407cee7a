"""A split year, what was locked of it, and the words these are told in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from chanplan.domain.period import MONTHS_A_YEAR

ZERO = Decimal(0)
How = Literal["season", "mix", "even"]
HOWS: Final[tuple[How, ...]] = ("season", "mix", "even")
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
        return months_of(self.year)

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


def months_of(year: int) -> tuple[int, ...]:
    """The months of a year, in order."""
    return tuple(year * 100 + month for month in range(1, MONTHS_A_YEAR + 1))
