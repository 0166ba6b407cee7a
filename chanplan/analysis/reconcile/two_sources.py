"""Two sources' sales of the same months side by side: A, B, and the difference in steps.

By order number where both have them: an order that only one side knows is missing on the other;
one that both know in other months is timing, under another channel `elsewhere`; its returns, where
only one side tells any, `returns`; what is left of an order on both sides is a difference of
amount. Lines without a number are the rest. Moving an order changes no total of all months and
channels: what it weighs differently on the two sides is a difference of amount in the cell that
it moved to. Else by product and month: products on one side only, returns told by one only, other
quantities, and other amounts of the same quantity; timing cannot be told.

Where A states its amounts with tax and B without, B is told on A's side at one rate, line by
line, and what that makes is a step of its own; so every sum is exact:  A + steps = B.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis import cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.scope import Basis, Scope, TaxView
from chanplan.questions import Question

Way = Literal["orders", "products"]
# In the order they are drawn.
STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "orders": ("only_a", "only_b", "timing", "elsewhere", "returns", "tax", "amount", "rest"),
    "products": ("only_a", "only_b", "returns", "quantity", "tax", "amount", "rest"),
}
# Every source of a basis that counts, as one side.
ALL: Final = ""
# The rate where nobody has said one: most goods'.
USUAL_RATE: Final = Decimal("0.13")
# Digits of the factor that brings one side of the tax to the other.
_DIGITS: Final = 18
# Lines behind a step that anyone reads; the most money first.
MOST_LINES: Final = 2000


@dataclass(frozen=True)
class Side:
    """One telling of sales: a source (or ALL), its basis, the side of the tax it is read on."""

    source: str
    basis: Basis
    tax: TaxView = "with_tax"


@dataclass(frozen=True)
class Pair:
    """Two tellings; `rate` brings B to A's side of the tax where they differ."""

    a: Side
    b: Side
    rate: Decimal = USUAL_RATE


@dataclass(frozen=True)
class Difference:
    """a + the sum of `steps` = b, each side as it states its amounts.

    steps    those with money in any cell, in the order of STEPS; what moves between cells is 0
    items    how many orders or products make a step, each once
    cells    one row per channel and month: channel, month, a, b, difference, then every step
    shared   how many orders (of products: products) both sides tell of, cell by cell
    unknown  lines of A and of B without an amount on the side they are read on
    """

    way: Way
    a: Decimal
    b: Decimal
    steps: Mapping[str, Decimal]
    items: Mapping[str, int]
    cells: pd.DataFrame
    shared: int
    unknown: tuple[int, int]

    @property
    def change(self) -> Decimal:
        """b − a."""
        return self.b - self.a


def usual_way(pair: Pair) -> Way:
    """How two sides are joined where nobody says: what goes in and what goes out on two bases has
    order numbers of its own each, so that a number both have is no common order."""
    return "orders" if pair.a.basis == pair.b.basis else "products"


def question(scope: Scope, pair: Pair, way: Way = "orders") -> Question:
    """What makes the difference, cell by cell; the scope's filters hold for both sides."""
    return Question(f"pair_{way}", scope, **_parameters(scope, pair))


def lines_question(
    scope: Scope, pair: Pair, way: Way, step: str, channels: Collection[str]
) -> Question:
    """The lines behind one step in these channels ('' for none stated), both sides'."""
    more: dict[str, Any] = {"step": step, "channels": tuple(channels), "most": MOST_LINES}
    return Question(f"pair_{way}_lines", scope, **_parameters(scope, pair), **more)


def difference(
    frame: pd.DataFrame, way: Way, channels: Collection[str] | None = None
) -> Difference | None:
    """Over the answer to `question`, of some channels or all; None where neither has a line."""
    rows = [r for r in cells.records(frame) if channels is None or r["channel"] in channels]
    if not any(row["step"] in ("total_a", "total_b") for row in rows):
        return None
    sums: dict[str, Decimal] = defaultdict(Decimal)
    counts: dict[str, int] = defaultdict(int)
    unknown, told = {"total_a": 0, "total_b": 0}, 0
    for row in rows:
        step = row["step"]
        sums[step] += row["money"] or ZERO
        counts[step] += int(row["firsts"] or 0)
        if step in unknown:
            unknown[step] += int(row["unknown"])
        told += int(row["items"]) * ((step == "total_a") - (step == "only_a"))
    moved = {row["step"] for row in rows if row["money"]}
    known = [step for step in STEPS[way] if step in moved]
    return Difference(
        way=way,
        a=sums["total_a"],
        b=sums["total_b"],
        steps={step: sums[step] for step in known},
        items={step: counts[step] for step in known},
        cells=_cells(rows, known),
        shared=told,
        unknown=(unknown["total_a"], unknown["total_b"]),
    )


def _cells(rows: list[dict[str, Any]], known: list[str]) -> pd.DataFrame:
    """Channels and months, those that differ most first."""
    found: dict[tuple[str, int], dict[str, Decimal]] = {}
    for row in rows:
        at = found.setdefault((row["channel"], int(row["month"])), defaultdict(Decimal))
        at[row["step"]] += row["money"] or ZERO
    made: list[tuple[Any, ...]] = [
        (*place, told["total_a"], told["total_b"], told["total_b"] - told["total_a"])
        + tuple(told[step] for step in known)
        for place, told in found.items()
    ]
    made.sort(key=lambda row: (-abs(row[4]), -row[1], row[0]))
    return cells.table(("channel", "month", "a", "b", "difference", *known), made)


def _parameters(scope: Scope, pair: Pair) -> dict[str, Any]:
    sides = {"a": pair.a, "b": pair.b}
    told: dict[str, Any] = {"asked": scope.basis, "times": _times(pair)}
    for name, side in sides.items():
        told |= {f"source_{name}": side.source, f"basis_{name}": side.basis}
        told[f"tax_{name}"] = side.tax
    return told


def _times(pair: Pair) -> int:
    """The factor × 10^18: 1 + rate where B has no tax in it and A has, else one by that."""
    with localcontext(prec=60):
        up = 1 + pair.rate
        factor = up if pair.a.tax == "with_tax" else 1 / up
        return int((factor * 10**_DIGITS).to_integral_value(ROUND_HALF_EVEN))
