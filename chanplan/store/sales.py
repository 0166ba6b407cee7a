"""The sales line: every column that a line can have, and what most lines have in it."""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.domain.line_types import LINE_TYPES
from chanplan.store.narrow import Narrow

MONEY = "decimal(18, 4)"
_TEXT = "varchar"
# A text with so many values that looking for the same ones again, as for other texts, takes half
# as long again as packing them, and gains a tenth of the store.
MANY_TEXTS = "varchar using compression zstd"


def one_of(words: Iterable[str]) -> str:
    """The type of a column that holds one of a few words: writing a number is much cheaper."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"enum({listed})"


_COLUMNS = {
    "batch": "integer",
    "line": "bigint",
    "date": "date",
    "month": "integer",
    "grain": _TEXT,
    **dict.fromkeys(("source", "basis", "line_type"), _TEXT),
    **dict.fromkeys(("channel", "partner", "region", "province", "city"), _TEXT),
    **dict.fromkeys(("product", "category", "customer", "salesperson"), _TEXT),
    **dict.fromkeys(("order_number", "original_order"), _TEXT),
    "quantity": MONEY,
    "unit": _TEXT,
    "base_quantity": MONEY,
    # null: nobody has said; the unit as in the file counts
    "base_unit": _TEXT,
    **{
        f"{part}_{side}": MONEY
        for part in ("amount", "list", "discount", "cost")
        for side in ("with_tax", "without_tax")
    },
    "currency": _TEXT,
}

SALES = Narrow(
    name="sales_line",
    columns=_COLUMNS,
    always=("batch", "line", "date", "month", "grain", "source", "line_type"),
    usual={"basis": "'order'", "base_quantity": "quantity", "currency": "'CNY'"},
    told_as={
        "grain": one_of(("day", "month")),
        "line_type": one_of(LINE_TYPES),
        **dict.fromkeys(("order_number", "customer"), MANY_TEXTS),
    },
)
