"""How much of the sales hangs on few members, and who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import arithmetic, cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

MEASURE: Final = cells.MEASURE
COLUMNS: Final = ("rank", "member", "value", "share", "cumulative", "abc")
DIMENSIONS: Final = ("channel", "partner", "customer", "product")
# Rows that a question may bring; of more members, or months of members, the largest come.
MOST_ROWS: Final = 50_000
TOP: Final = 3
# Pareto's classes (definitions §4): A to 80 %, B to 95 % of the sales.
A_TO, B_TO = Decimal("0.80"), Decimal("0.95")


Classes = Mapping[str, tuple[int, Decimal]]


@dataclass(frozen=True)
class Concentration:
    """HHI = Σ s² over named members with net sales above zero (definitions §4).

    members    how many there are; listed: how many of them are known one by one
    hhi        between 1 / members and 1; effective = 1 / hhi, "as many of equal size"
    top        the share of the TOP largest (CR3); largest: that of the first
    classes    A, B, C → how many members, and their share
    rest       the share of those not listed, each of which is smaller than every listed one
    """

    members: int
    listed: int
    hhi: Decimal
    top: Decimal
    largest: Decimal
    classes: Classes
    rest: Decimal = ZERO

    @property
    def effective(self) -> Decimal:
        """As many members of equal size would be as concentrated."""
        return 1 / self.hhi


def query(scope: Scope, dimension: str) -> MetricQuery:
    """Net sales by member, the MOST_ROWS largest."""
    return MetricQuery((MEASURE,), scope, by=(dimension,), order=MEASURE, limit=MOST_ROWS)


def question(scope: Scope, dimension: str) -> Question:
    """The concentration of all members where there are more than a query brings."""
    return Question("concentration", scope, by=(dimension,))


def unnamed(frame: pd.DataFrame, dimension: str) -> Decimal | None:
    """The share of sales that name no member; None where there is none such."""
    known = cells.cells(frame, dimension)
    part = known.get((None,))
    return None if part is None else arithmetic.share(part, sum(known.values(), ZERO))


def members(
    frame: pd.DataFrame, dimension: str, told: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, Concentration | None]:
    """The ranked named members with their share, running share and class; how concentrated.

    In: the answer to `query`, and where it is full that to `question`. Out: COLUMNS, largest
    first. Shares are of the sum of members above zero, so they add up to 1 and the last
    `cumulative` is 1 where all are listed; a member at or below zero has no share and stands
    last, in C. The member that crosses a bound still belongs to the better class. None where
    nobody has sales above zero.
    """
    sizes = cells.cells(frame, dimension)
    known = [(name, sizes[name,]) for name in cells.by_size(sizes)]
    listed = sum((value for _, value in known if value > 0), ZERO)
    whole = None if told is None else cells.records(told)[0]
    table = cells.table(COLUMNS, _ranked(known, listed if whole is None else whole["sales"]))
    shares = [share for share in table["share"] if share is not None]
    if not shares:
        return table, None
    return table, _of_all(whole, shares) if whole else _of_listed(table, shares)


def _of_listed(table: pd.DataFrame, shares: Sequence[Decimal]) -> Concentration:
    counts, parts = dict.fromkeys("ABC", 0), dict.fromkeys("ABC", ZERO)
    for abc, share in zip(table["abc"], table["share"], strict=True):
        counts[abc] += 1
        parts[abc] += share or ZERO
    return Concentration(
        members=len(shares),
        listed=len(shares),
        hhi=sum((share * share for share in shares), ZERO),
        top=sum(shares[:TOP], ZERO),
        largest=shares[0],
        classes={abc: (counts[abc], parts[abc]) for abc in "ABC"},
    )


def _of_all(told: Mapping[str, Any], shares: Sequence[Decimal]) -> Concentration:
    """What `question` says of all members, beside the listed ones."""
    a, b = ((int(told[f"{n}_members"]), Decimal(str(told[f"{n}_share"]))) for n in "ab")
    count = int(told["members"])
    return Concentration(
        members=count,
        listed=len(shares),
        hhi=Decimal(str(told["hhi"])),
        top=Decimal(str(told["top"])),
        largest=shares[0],
        classes={"A": a, "B": b, "C": (count - a[0] - b[0], 1 - a[1] - b[1])},
        rest=1 - sum(shares, ZERO),
    )


def _ranked(known: Sequence[tuple[str, Decimal]], total: Decimal) -> list[tuple[Any, ...]]:
    rows, running = [], ZERO
    for rank, (name, value) in enumerate(known, 1):
        share = value / total if value > 0 else None
        before = running / total if share is not None else Decimal(1)
        running += max(value, ZERO)
        cumulative = None if share is None else running / total
        abc = "A" if before < A_TO else "B" if before < B_TO else "C"
        rows.append((rank, name, value, share, cumulative, abc))
    return rows
