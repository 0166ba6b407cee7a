"""Rows, headings and units of the pivot in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chanplan.analysis.arithmetic import Member
from chanplan.analysis.pivot import TOTAL, Head, Key, Layout, Part, Pivot
from chanplan.language.scale import Scale
from chanplan.metrics.catalogue import catalogue
from chanplan.reports.tables import Kind
from chanplan.ui import figure
from chanplan.ui.session import figures, say
from chanplan.ui.view import View

# What a measure cannot be told without, by what it is made of.
_NEEDS = {
    "quantity": "quantity", "average_price": "quantity", "orders": "orders",
    "active_customers": "customers", "cost": "cost", "gross_margin": "cost",
    "gross_margin_rate": "cost", "list_amount": "list", "discount": "list",
    "discount_rate": "list", "new_customers": "newcomers", "channel_contribution": "beside",
    "collections": "beside", "collection_rate": "beside", "numeric_distribution": "beside",
    "weighted_distribution": "beside", "market_share": "beside",
}  # fmt: skip
_CHANGES = {"money": "signed_money", "rate": "points", "price": "price"}


def needs(measure: str) -> str:
    """What files must tell for this measure."""
    return _NEEDS.get(measure, "sales")


def unit_of_change(measure: str) -> str:
    """How a change of the measure is written."""
    return _CHANGES.get(catalogue().measures[measure].unit, "signed_count")


def names(layout: Layout, keys: Sequence[Key]) -> list[list[str]]:
    """Per dimension the names of its members, row by row; the total is named in the first, a
    group's subtotal in the second."""
    columns = []
    for at, dimension in enumerate(layout.rows):
        told = _named(dimension, [key[at] if at < len(key) else None for key in keys])
        pairs = zip(keys, told, strict=True)
        columns.append([name if at < len(key) else _summed(key, at) for key, name in pairs])
    return columns


def _summed(key: Key, at: int) -> str:
    if at != len(key):
        return ""
    return say("figures.total") if key == TOTAL else say("pivot.subtotal")


def name(layout: Layout, key: Key, across: bool = False) -> str:
    """What a row, or a member across, is called; the total by its own word."""
    if key == TOTAL:
        return say("figures.total")
    dimensions = (layout.column or "",) if across else layout.rows
    told = [_named(each, [member])[0] for each, member in zip(dimensions, key, strict=True)]
    return " · ".join(told)


def heading(view: View, found: Pivot, head: Head) -> str:
    """The head of a column: of which member, which measure, which part; what goes without saying
    is left out."""
    across = name(found.layout, head.across, True) if found.across else ""
    measure = figure.measure_name(head.measure)
    parts: dict[Part, str] = {
        "value": "",
        "change": say("figures.change"),
        "growth": say(f"compare.growth_{view.compare}"),
    }
    needed = len(found.layout.measures) > 1 or not across
    told = [across, measure if needed else "", parts[head.part]]
    return " · ".join(part for part in told if part)


def kind(head: Head) -> Kind:
    """What the cells below a head are."""
    if head.part == "growth":
        return "rate"
    unit = catalogue().measures[head.measure].unit
    return "points" if unit == "rate" and head.part == "change" else unit


def scales(found: Pivot) -> dict[tuple[str, Part], Scale]:
    """(measure, part) → one unit for all its columns; only amounts of money are scaled, by the
    largest figure that is no total."""
    held: dict[tuple[str, Part], Scale] = {}
    for head in found.heads(totals=not found.across):
        measure = catalogue().measures[head.measure]
        if measure.unit == "money" and head.part != "growth":
            spot = (head.measure, head.part)
            cells = [found.cell(key, head) for key in found.keys]
            one = figures().axis(cells)
            if spot not in held or one.divisor > held[spot].divisor:
                held[spot] = one
    return held


def _named(dimension: str, members: Iterable[Member]) -> list[str]:
    """Names of members; months and quarters as they are read."""
    writers = {
        "month": figures().month,
        "quarter": figures().quarter,
        "fiscal_quarter": figures().fiscal_quarter,
        "year": figures().year,
        "fiscal_year": figures().fiscal_year,
    }
    if dimension in writers:
        return ["" if one is None else writers[dimension](int(one)) for one in members]
    return figure.names_of(dimension, members)
