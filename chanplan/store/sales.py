"""The sales line: every column that a line can have, and what most lines have in it."""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.domain.line_types import LINE_TYPES
from chanplan.store.narrow import Narrow

MONEY = "decimal(18, 4)"
RATE = "decimal(18, 8)"
_TEXT = "varchar"
# The two sides of the tax, as the ends of the columns of money are called.
SIDES = ("with_tax", "without_tax")
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
    # the closed month that a late line would have counted in: see posting.py
    "posted_from": "integer",
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
    # the words of the file's status and line-type columns, for rules that speak of them
    "status": _TEXT,
    "type_word": _TEXT,
    # what the file made of a line that a rule tells otherwise: see line_types.py
    "type_in_file": _TEXT,
    # the row's own tax rate, and which side of its amount the file states where it may state both
    "own_rate": RATE,
    "stated": _TEXT,
    # the rate that a table told, and by what: see taxes.py
    "table_rate": RATE,
    "rate_by": _TEXT,
}

SALES = Narrow(
    name="sales_line",
    columns=_COLUMNS,
    always=("batch", "line", "date", "month", "grain", "source", "line_type"),
    usual={"basis": "'order'", "base_quantity": "quantity", "currency": "'CNY'"},
    told_as={
        "grain": one_of(("day", "month")),
        "line_type": one_of(LINE_TYPES),
        "type_in_file": one_of(LINE_TYPES),
        "stated": one_of((*SIDES, "both")),
        "rate_by": one_of(("product", "category")),
        **dict.fromkeys(("order_number", "customer"), MANY_TEXTS),
    },
)
