"""Whether a block of a longer list stands in it twice, now that its rows are in."""

from __future__ import annotations

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.read import TOP_ROWS, Sheet
from chanplan.store.gateway import Transaction

# Shorter lists were looked at row by row; the rows of larger ones come from databases.
MOST_LINES = 200_000
# So many different rows in one order do not follow each other twice by chance.
_FEWEST, _DENSE, _TIMES = 10, 0.8, 3
_ROW = (
    "date, channel, partner, region, product, customer, order_number, quantity, unit,"
    " amount_with_tax, amount_without_tax, line_type"
)


def check(writer: Transaction, batch: int, name: str, sheet: Sheet, recipe: Recipe) -> None:
    """UnrecognisedTableError where it does; not where a person has said which lines count."""
    if recipe.table != "sales" or recipe.wide or recipe.area is not None:
        return
    if not TOP_ROWS < sheet.line_count <= MOST_LINES:
        return
    found = writer.rows(
        "with told as (select line, min(line) over same as first_line, count(*) over same as times"
        f" from sales_line where batch = ? window same as (partition by {_ROW}))"
        " select line - first_line, count(*), min(first_line), max(first_line), min(line)"
        f" from told where line > first_line and times <= {_TIMES}"
        " group by line - first_line order by count(*) desc, line - first_line limit 1",
        [batch],
    )
    for away, rows, first, last, again in found:
        dense = rows >= _DENSE * (last - first + 1) and away >= _DENSE * rows
        if rows >= _FEWEST and dense:
            told = {"first": first, "again": again, "rows": rows}
            raise UnrecognisedTableError("rows_twice", name=name, **told)
