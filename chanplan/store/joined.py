"""What became of a batch's returns and items: which orders they joined, and which are alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chanplan.domain.ports import Writer
from chanplan.store.returned import LONG_NUMBER, NOT_GIVEN

# Order numbers that are listed by name; the count tells how many there are in all.
MOST_LISTED = 50


@dataclass(frozen=True)
class Joined:
    """A batch beside the orders it belongs to.

    return_lines, returned    lines made of its returns or refunds, and their money (negative)
    item_lines, spread        lines made of its items, and the money spread over them
    aside                     its own lines that stand aside because items tell them
    orphans, orphan_rows      order numbers it names that no order has, and the rows with them
    untold, untold_orders     orders of the joined files that have no items
    """

    return_lines: int = 0
    returned: Decimal = Decimal(0)
    item_lines: int = 0
    spread: Decimal = Decimal(0)
    aside: int = 0
    orphans: tuple[str, ...] = ()
    orphan_rows: int = 0
    untold: tuple[str, ...] = ()
    untold_orders: int = 0


def told(writer: Writer, batch: int, table: str) -> Joined | None:
    """How a batch has joined others; None where it has nothing to join."""
    made = {
        kind: (int(rows), money or Decimal(0))
        for kind, rows, money in writer.rows(
            "select made, count(*), sum(coalesce(amount_with_tax, amount_without_tax))"
            " from joined_line where batch = ? group by made",
            [batch],
        )
    }
    ((aside,),) = writer.rows("select count(*) from pushed_aside where batch = ?", [batch])
    orphans = _orphans(writer, batch, table)
    untold = _untold(writer, batch) if "item" in made else []
    if not (made or aside or table in ("returns", "order_items")):
        return None
    return_lines, returned = made.get("return", (0, Decimal(0)))
    item_lines, spread = made.get("item", (0, Decimal(0)))
    return Joined(
        return_lines,
        returned,
        item_lines,
        spread,
        int(aside),
        tuple(str(order) for order, _ in orphans[:MOST_LISTED]),
        sum(int(rows) for _, rows in orphans),
        tuple(str(order) for (order,) in untold[:MOST_LISTED]),
        len(untold),
    )


def _orphans(writer: Writer, batch: int, table: str) -> list[tuple[Any, ...]]:
    """(order number, rows) of a table of returns or items that no counted order has."""
    if table not in ("returns", "order_items"):
        return []
    given = "1 = 1"
    if table == "returns":
        given = (
            "coalesce(returned, true)"
            f" and not regexp_matches(lower(coalesce(status, '')), '{NOT_GIVEN}')"
        )
    return writer.rows(
        f'select "order", count(*) from "{table}" as row where batch = ? and {given} and not'
        ' exists (select 1 from counted_lines as line where line.order_number = row."order"'
        f' and (length(row."order") >= {LONG_NUMBER}'
        " or line.source = (select source from batch where batch = ?)))"
        ' group by "order" order by min(line)',
        [batch, batch],
    )


def _untold(writer: Writer, batch: int) -> list[tuple[Any, ...]]:
    """Orders of the files that this batch tells item by item, of which it has no items."""
    return writer.rows(
        "select distinct order_number from counted_lines where order_number is not null"
        " and line_type = 'sale' and batch in"
        " (select of_batch from joined_line where batch = ? and made = 'item')"
        " and (batch, line) not in (select (batch, line) from pushed_aside)"
        " order by order_number",
        [batch],
    )
