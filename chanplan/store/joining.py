"""Lines worked out from lines: orders' returns, and orders told item by item, joined by number.

A returns sheet, a refund column and a file of items are told apart from the orders they belong
to. Whatever came first, what counts is worked out anew from all of it after every change, so
that switching a batch off takes its returns and items with it.
"""

from __future__ import annotations

from collections.abc import Callable

from chanplan.domain.ports import Writer
from chanplan.store import batches, itemised, line_types, returned, taxes

# SQL of a date → SQL of the month that it counts in.
MonthOf = Callable[[str], str]


def rebuild(writer: Writer, month_of: MonthOf) -> set[int]:
    """Work the joined lines out anew; returns the months in which something has changed."""
    before = _fingerprints(writer)
    writer.run("delete from pushed_aside")
    writer.run("delete from joined_line")
    itemised.insert(writer)
    taxes.fit_items(writer)
    line_types.fit_items(writer)
    returned.insert(writer, month_of)
    after = _fingerprints(writer)
    return {month for month in before | after if (month in before) != (month in after)} | {
        month for month in before.keys() & after.keys() if before[month] != after[month]
    }


def _fingerprints(writer: Writer) -> dict[int, tuple[int, int]]:
    """Month → what the joined lines and the lines pushed aside are in it."""
    if not any(batches.has_rows(writer, table) for table in ("joined_line", "pushed_aside")):
        return {}
    found = writer.rows(
        "select month, count(*), sum(hash(told)::hugeint) from ("
        " select month, joined_line::varchar as told from joined_line"
        " union all select line.month, line.batch || ':' || line.line from sales_line as line"
        " semi join pushed_aside using (batch, line)) group by month"
    )
    return {int(month): (int(rows), int(told)) for month, rows, told in found}
