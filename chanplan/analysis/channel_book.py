"""One channel's book of a period: what it sold, what the goods and the selling cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.domain.cost_kinds import kind_of


@dataclass(frozen=True)
class Sold:
    """One channel's month of sales."""

    net: Decimal
    goods: Decimal | None
    margin: Decimal | None
    quantity: Decimal | None

    @property
    def has_goods(self) -> bool:
        """Whether anyone has told what the goods cost."""
        return self.goods is not None and self.margin is not None


@dataclass(frozen=True)
class Cost:
    """One line of a cost sheet."""

    owner: Member
    month: int
    name: str | None
    amount: Decimal
    attributed: Decimal | None


@dataclass
class Book:
    """What is known of one channel, added up."""

    net: Decimal = ZERO
    goods: Decimal = ZERO
    margin: Decimal = ZERO
    costs: Decimal = ZERO
    decided: Decimal = ZERO
    ad_spend: Decimal = ZERO
    attributed: Decimal = ZERO
    left_out: Decimal = ZERO
    covered: bool = False
    quantities: list[Decimal | None] = field(default_factory=list)

    def cover(self, sold: Sold) -> None:
        """Take in a month whose cost sheet and cost of goods are known."""
        self.goods += sold.goods or ZERO
        self.margin += sold.margin or ZERO
        self.quantities.append(sold.quantity)
        self.covered = True

    def spend(self, cost: Cost) -> None:
        """Take in one cost of a covered month."""
        self.costs += cost.amount
        self.covered = True
        if kind_of(cost.name).moves == "decided":
            self.decided += cost.amount
        if cost.attributed is not None:
            self.ad_spend += cost.amount
            self.attributed += cost.attributed

    def row(self, member: Member) -> dict[str, Any]:
        """The channel's line of the statement: see `profit.statement`."""
        sales = self.margin + self.goods
        left = self.margin - self.costs if self.covered else None
        quantity = None if None in self.quantities else arithmetic.total(self.quantities)
        before = self.margin - (self.costs - self.decided)
        return {
            "member": member,
            "net_sales": self.net,
            "covered_sales": sales,
            "coverage": arithmetic.share(sales, self.net),
            "goods": self.goods,
            "margin": self.margin,
            "costs": self.costs,
            "contribution": left,
            "contribution_rate": arithmetic.share(left, sales),
            "cost_rate": arithmetic.share(self.costs, sales) if self.covered else None,
            "quantity": quantity,
            "per_unit": arithmetic.share(left, quantity),
            "ad_spend": self.ad_spend,
            "attributed": self.attributed,
            "roas": arithmetic.share(self.attributed, self.ad_spend),
            "investment": self.decided,
            "return_on_investment": arithmetic.share(before - self.decided, self.decided),
            "break_even": self._break_even(before, sales),
            "left_out": self.left_out,
        }

    def _break_even(self, before: Decimal, sales: Decimal) -> Decimal | None:
        """None where a unit of sales leaves nothing to pay the decided costs with."""
        if sales <= 0 or before <= 0 or not self.decided:
            return None
        return self.decided * sales / before
