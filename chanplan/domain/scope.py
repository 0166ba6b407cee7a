"""Which part of the business a question is about; all of it is part of a cache key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from chanplan.domain.period import Period

Basis = Literal["order", "shipment", "sell_out", "invoice", "collection"]
BASES: tuple[Basis, ...] = ("order", "shipment", "sell_out", "invoice", "collection")

TaxView = Literal["with_tax", "without_tax"]
TAX_VIEWS: tuple[TaxView, ...] = ("with_tax", "without_tax")

# "current": members count under the attributes they have today (现行口径);
# "then": under those valid in the month of the line (当时口径).
AttributeView = Literal["current", "then"]
ATTRIBUTE_VIEWS: tuple[AttributeView, ...] = ("current", "then")

Comparison = Literal["none", "last_year", "previous"]
COMPARISONS: tuple[Comparison, ...] = ("none", "last_year", "previous")


@dataclass(frozen=True)
class RowFilter:
    """What the asker may see at all: dimension → permitted members; empty means everything.

    Mandatory in every scope, so that roles can be added without touching a query.
    """

    permitted: tuple[tuple[str, tuple[str, ...]], ...] = ()


EVERYTHING = RowFilter()


@dataclass(frozen=True)
class Days:
    """The days that count within a period and within the one compared with, ends included.

    months_whole  whether what a source tells by months only counts whole (a part of a month
                  beside the same part) or not at all (the days of an event)
    """

    first: date
    last: date
    base_first: date
    base_last: date
    months_whole: bool = True


@dataclass(frozen=True)
class Scope:
    """Period, basis, tax view, attribute view and filters of a question.

    `where` maps a dimension of the catalogue to the members kept; members are joined by
    "or", dimensions by "and". A scope names one basis, so no measure can add two.
    `days` narrows whole months to days of them; only lines know days.
    """

    period: Period
    basis: Basis = "order"
    tax: TaxView = "with_tax"
    attributes: AttributeView = "current"
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: RowFilter = field(default=EVERYTHING)
    days: Days | None = None

    def only(self, dimension: str, *members: str) -> Scope:
        """The same scope kept to these members of one dimension (replacing what it had)."""
        rest = tuple(pair for pair in self.where if pair[0] != dimension)
        return replace(self, where=(*rest, (dimension, members)) if members else rest)

    def at(self, period: Period) -> Scope:
        """The same scope in another period, whose months count whole."""
        return replace(self, period=period, days=None)
