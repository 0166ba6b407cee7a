"""What a price–volume–mix bridge is laid over: items, each new, lost or going on (definitions §3).

An item is a member (or a pair of members) of the grain; a product and its successor are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.product_status import is_delisted

PRODUCT: Final = "product"
Kind = Literal["continuing", "new", "lost"]
Key = tuple[Member, ...]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """One period of one unit: revenue of lines with a quantity, and that quantity.

    quantity  None where there is no such line: then the item is absent, not at zero
    """

    revenue: Decimal
    quantity: Decimal | None


@dataclass(frozen=True)
class Item:
    """One item in both periods. `units` holds (current, base) by unit; one as a rule.

    net, net_base      net sales of all its counted lines
    loose, loose_base  the part made by lines without a quantity (补差价, 票折, 邮费)
    given …            what was given away, in base units, and what that cost
    """

    member: Key
    kind: Kind
    units: Mapping[str | None, tuple[Side, Side]]
    net: Decimal
    net_base: Decimal
    loose: Decimal
    loose_base: Decimal
    given: Decimal
    given_base: Decimal
    given_cost: Decimal | None
    given_cost_base: Decimal | None

    @property
    def has_quantity(self) -> bool:
        """Whether any line of either period has one."""
        sides = (side for pair in self.units.values() for side in pair)
        return any(side.quantity is not None for side in sides)


@dataclass(frozen=True)
class Fates:
    """What the product table says: product → successor, and the products delisted."""

    successors: Mapping[str, str]
    delisted: frozenset[str]

    def heir(self, product: Member) -> Member:
        """The product it continues as, however many successions later; itself in a circle."""
        seen, now = [product], product
        while now is not None and now in self.successors:
            now = self.successors[now]
            if now in seen:
                return product
            seen.append(now)
        return now


NO_FATES = Fates({}, frozenset())


def fates(frame: pd.DataFrame) -> Fates:
    """In: the answer to the question `product_fates`."""
    products = arithmetic.members(frame, PRODUCT)
    followed = zip(products, arithmetic.members(frame, "successor"), strict=True)
    standing = zip(products, arithmetic.members(frame, "status"), strict=True)
    return Fates(
        {product: heir for product, heir in followed if product and heir},
        frozenset(product for product, status in standing if product and is_delisted(status)),
    )


def items(
    frame: pd.DataFrame, by: Sequence[str], period: Period, known: Fates = NO_FATES
) -> list[Item]:
    """In: the answer to `bridge_items` split by `by`. Out: its items, in its order."""
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for row in _rows(frame):
        grouped[tuple(known.heir(row[d]) if d == PRODUCT else row[d] for d in by)].append(row)
    products = [at for at, name in enumerate(by) if name == PRODUCT]
    return [
        _item(member, rows, period, any(member[at] in known.delisted for at in products))
        for member, rows in grouped.items()
    ]


def _rows(frame: pd.DataFrame) -> list[Row]:
    """The rows with None for unknown; thousands of them, so looked at column by column."""
    columns = [
        [None if none else value for value, none in zip(told, frame[name].isna(), strict=True)]
        for name in frame.columns
        for told in [frame[name].tolist()]
    ]
    return [dict(zip(frame.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _item(member: Key, rows: Sequence[Row], period: Period, delisted: bool) -> Item:
    net, net_base = _sum(rows, "net"), _sum(rows, "net_base")
    return Item(
        member=member,
        kind=_kind(member, rows, period, delisted),
        units=_units(rows),
        net=net,
        net_base=net_base,
        loose=net - _sum(rows, "revenue"),
        loose_base=net_base - _sum(rows, "revenue_base"),
        given=_sum(rows, "given"),
        given_base=_sum(rows, "given_base"),
        given_cost=_known(rows, "given_cost"),
        given_cost_base=_known(rows, "given_cost_base"),
    )


def _kind(member: Key, rows: Sequence[Row], period: Period, delisted: bool) -> Kind:
    """New: its first sale ever lies in the period. Lost: sold in the base and no more, because
    delisted or without a sale in the twelve months up to the period's end. Merely absent is
    neither; and what has no name is nobody who could come or go."""
    if None in member:
        return "continuing"
    sold, sold_base = (any(row[name] == 1 for row in rows) for name in ("sold", "sold_base"))
    first = min((int(m) for m in _told(rows, "first_sale")), default=None)
    if first is not None and first in period and not sold_base:
        return "new"
    last = max((int(m) for m in _told(rows, "last_sale")), default=None)
    gone = last is not None and last <= shift(period.last, -MONTHS_A_YEAR)
    return "lost" if sold_base and not sold and (delisted or gone) else "continuing"


def _units(rows: Sequence[Row]) -> dict[str | None, tuple[Side, Side]]:
    by_unit: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        if row["quantity"] is not None or row["quantity_base"] is not None:
            by_unit[row["unit"]].append(row)
    return {unit: (_side(own, ""), _side(own, "_base")) for unit, own in by_unit.items()}


def _side(rows: Sequence[Row], suffix: str) -> Side:
    return Side(_sum(rows, f"revenue{suffix}"), _known(rows, f"quantity{suffix}"))


def _told(rows: Iterable[Row], name: str) -> list[Any]:
    return [row[name] for row in rows if row[name] is not None]


def _known(rows: Iterable[Row], name: str) -> Decimal | None:
    told = _told(rows, name)
    return sum(told, ZERO) if told else None


def _sum(rows: Iterable[Row], name: str) -> Decimal:
    return _known(rows, name) or ZERO
