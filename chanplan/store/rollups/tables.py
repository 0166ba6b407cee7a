"""Which summaries there are: their keys, their columns, and what of them is not written.

Writing costs more than summing, so the summaries are narrow tables (store/narrow.py): no column
in which every cell has what follows from others is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chanplan.domain.line_types import COUNTED as COUNTED_TYPES
from chanplan.domain.line_types import LINE_TYPES
from chanplan.store.narrow import Narrow
from chanplan.store.sales import MANY_TEXTS, one_of

# A mask holds five years: 60 bits fit a signed 64-bit integer without touching its sign.
MONTHS_A_MASK = 60

# The kinds of line that make net sales; gifts count as cost, transfers and others never.
COUNTED = f"{COUNTED_TYPES}"

SIDES = ("with_tax", "without_tax")
AMOUNTS = tuple(
    f"{part}_{side}" for part in ("amount", "list", "discount", "cost") for side in SIDES
)

# Columns each line gets on top of its amounts: see rollups/facts.py.
DERIVED = ("margin", "costed", "priced")

# Limits a read to the months being rebuilt; the table is there while `rebuild` runs.
STALE = "month in (select month from stale)"

PLACE = ("channel", "partner", "region")
BASE_KEYS = ("month", "source", "basis", "line_type")
ROLLUPS = {
    "rollup_partner": (*BASE_KEYS, *PLACE),
    "rollup_product": (*BASE_KEYS, "channel", "product", "category"),
    "rollup_category": (*BASE_KEYS, "region", "category"),
}
CELL = ("source", "basis", "month", *PLACE)

LOW_HIGH = ("unit", "currency")

_BASIS = "'order'"
MONEY = "decimal(38, 4)"
SUMMED = ("base_quantity", *AMOUNTS, *(f"{name}_{side}" for name in DERIVED for side in SIDES))
_BOUNDS = tuple(f"{name}_{end}" for name in LOW_HIGH for end in ("low", "high"))
_KINDS = {"month": "integer", "lines": "bigint", "era": "integer", "mask": "bigint"}
_KINDS |= {"orders": "bigint", **dict.fromkeys(SUMMED, MONEY)}
# What a cell's column is where every line of the cell has all that it is made from, or nothing.
_USUAL = {
    "basis": _BASIS,
    "line_type": "'sale'",
    "unit_high": "unit_low",
    "currency_low": "'CNY'",
    "currency_high": "currency_low",
    **{f"margin_{side}": f"amount_{side} - cost_{side}" for side in SIDES},
    **{
        f"{name}_{side}": f"case when {of.format(side)} is not null then amount_{side} end"
        for name, of in (("costed", "cost_{}"), ("priced", "base_quantity"))
        for side in SIDES
    },
}


def _narrow(name: str, keys: Iterable[str], rest: Iterable[str], always: Iterable[str]) -> Narrow:
    columns = {one: _KINDS.get(one, "varchar") for one in (*keys, *rest)}
    usual = {one: sql for one, sql in _USUAL.items() if one in columns}
    told_as = {"line_type": one_of(LINE_TYPES)} if "line_type" in columns else {}
    return Narrow(name, columns, ("month", "source", *always), usual, told_as)


TABLES = {
    name: _narrow(name, keys, ("lines", *_BOUNDS, *SUMMED), ("lines", "base_quantity"))
    for name, keys in ROLLUPS.items()
}
ALONE = _narrow("order_alone", CELL, ("orders",), ("orders",))
MASKS = Narrow(
    "customer_months",
    dict.fromkeys(("source", "basis", *PLACE, "customer"), "varchar")
    | {"era": "integer", "mask": "bigint"},
    ("source", "customer", "era", "mask"),
    {"basis": _BASIS},
    {"customer": MANY_TEXTS},
)


def columns(summary: str) -> Mapping[str, str]:
    """Column → SQL type of a summary of amounts."""
    return TABLES[summary].columns
