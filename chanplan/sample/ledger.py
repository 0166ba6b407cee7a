"""What the sample company truly sold, and what each planted truth did to it, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

# The kinds of line that make net sales (definitions of the product's own sales line).
COUNTED = ("sale", "return", "adjustment", "freight")


@dataclass(frozen=True)
class Planted:
    """One truth and its exact effect: with it less without it, all else as it is.

    money     net sales with tax, own sales and sell-out together
    bottles   quantity in base units; lines: how many more lines there are
    changed   how many lines differ in channel, partner, customer, quantity or price
    customers how many consumers bought elsewhere because of it
    """

    name: str
    start: int
    place: str
    money: Decimal
    bottles: int
    lines: int
    changed: int
    customers: int = 0


@dataclass(frozen=True)
class Ledger:
    """Totals of the lines as exported, and the record of what was planted."""

    lines: pd.DataFrame
    planted: tuple[Planted, ...]

    def totals(self, basis: str, by: Sequence[str]) -> pd.DataFrame:
        """One row per combination of `by` (columns of the lines): net_sales and list_amount
        (Decimal, with tax), quantity (base units as exported), orders, lines."""
        ours = self.lines[self.lines["basis"] == basis]
        counted = ours[ours["line_type"].isin(COUNTED)]
        summed = counted.groupby(list(by), dropna=False).agg(
            cents=("amount_cents", "sum"),
            quantity=("base_quantity", "sum"),
            orders=("order", "nunique"),
            lines=("order", "size"),
        )
        return (
            summed.assign(net_sales=summed["cents"].map(money)).drop(columns="cents").reset_index()
        )

    def net_sales(self, basis: str = "shipment") -> Decimal:
        """All net sales of a basis, with tax."""
        ours = self.lines[self.lines["basis"] == basis]
        counted = ours["line_type"].isin(COUNTED)
        return money(int(ours.loc[counted, "amount_cents"].sum()))


def money(cents: int) -> Decimal:
    """Cents as an exact amount."""
    return Decimal(int(cents)).scaleb(-2)
