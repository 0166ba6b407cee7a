"""The published relations a query can read, smallest first, and what each can answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

BASE = frozenset({"source"})
PLACE = frozenset({"channel", "partner", "region"})


@dataclass(frozen=True)
class Relation:
    """A relation's name and the columns of members it holds."""

    name: str
    columns: frozenset[str]


# Every line with the columns of a rollup; answers everything, slowly, and the page says so.
LINES = Relation(
    "line_facts",
    BASE
    | PLACE
    | {
        "province",
        "city",
        "product",
        "category",
        "customer",
        "salesperson",
        "order_number",
        "week",
    },
)

AMOUNTS = (
    Relation("rollup_partner", BASE | PLACE),
    Relation("rollup_category", BASE | {"region", "category"}),
    Relation("rollup_product", BASE | {"channel", "product", "category"}),
    LINES,
)
ORDERS = (Relation("order_alone", BASE | PLACE), LINES)
CUSTOMERS = (Relation("customer_months", BASE | PLACE | {"customer"}), LINES)


def smallest(relations: tuple[Relation, ...], needed: frozenset[str]) -> Relation:
    """The first relation that holds all needed columns; the last one always does."""
    return next(relation for relation in relations if needed <= relation.columns)


def with_partner(known: tuple[Relation, ...], moving: Collection[str]) -> tuple[Relation, ...]:
    """The same relations where partners move: one without partners no longer tells what moves."""
    return tuple(
        one if "partner" in one.columns else replace(one, columns=one.columns - set(moving))
        for one in known
    )
