"""Late lines of closed months: they count in the first open month after theirs.

A posted line keeps its date; `posted_from` is the closed month it would have counted in. What is
told of its source (whose place a file takes, which source counts) goes by that month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.period import readable
from chanplan.domain.ports import Writer
from chanplan.domain.posted import Posted
from chanplan.store.batches import listed
from chanplan.store.sales import SALES

_RULES = pa.schema([("batch", pa.int32()), ("month_from", pa.int32()), ("month_to", pa.int32())])
_PAID = "sum(coalesce(amount_with_tax, amount_without_tax))"


def post(writer: Writer, batch: int, where: Mapping[int, int]) -> None:
    """Have a fresh batch's lines of closed months count elsewhere: closed month → open month.
    Returns that it makes possible follow (returned.py)."""
    rules = [
        {"batch": batch, "month_from": closed, "month_to": after} for closed, after in where.items()
    ]
    writer.lend("posted_lent", pa.Table.from_pylist(rules, _RULES))
    writer.run("insert into posted by name select * from posted_lent")
    apply(writer, batch)


def apply(writer: Writer, *batches: int) -> None:
    """Tell the month of posted lines, of these batches or of all: after months are told anew,
    too. A line that was posted stays so, whatever month its date lies in by then."""
    ours = f"posted.batch in ({listed(batches)})" if batches else "true"
    late = "posted.batch = line.batch and posted.month_from = coalesce(posted_from, month)"
    if writer.rows(f"select 1 from sales_line as line join posted on {late} and {ours} limit 1"):
        kept = SALES.widen(writer, ["posted_from"])
        writer.run(
            f"update {kept} as line set posted_from = posted.month_from, month = posted.month_to"
            f" from posted where {late} and {ours}"
        )


def check_new(writer: Writer, batch: int, takes: str | None, closed: Sequence[int]) -> None:
    """MonthClosedError where a fresh file would take the place of lines of closed months: what
    was told there and is now told otherwise is no late line. The month has to be opened."""
    if takes not in ("replace", "replace_months"):
        return
    member = "and mine.channel is not distinct from line.channel"
    member += " and mine.partner is not distinct from line.partner"
    found = writer.rows(
        f"""
        with mine as (
            select distinct source, basis, month, channel, partner from sales_line
            where batch = {batch:d} and month in ({listed(closed) or "null"})
        )
        select distinct mine.month from standing_lines as line join mine
            on mine.source = line.source and mine.basis = line.basis
            and mine.month = coalesce(line.posted_from, line.month)
            {member if takes == "replace" else ""}
        where line.batch <> {batch:d} order by 1"""
    )
    if found:
        raise MonthClosedError("month_restated", months=readable(month for (month,) in found))


def told(writer: Writer, *asked: int) -> dict[int, tuple[Posted, ...]]:
    """Batch → what of it was posted: its late lines, and returns that it made possible."""
    rows = writer.rows(
        f"""
        with late as (
            select batch, posted_from, month, amount_with_tax, amount_without_tax from sales_line
            where posted_from is not null and batch in ({listed(asked)})
            union all
            select greatest(batch, of_batch), posted_from, month, amount_with_tax,
                amount_without_tax
            from joined_line where made = 'return' and posted_from is not null
                and greatest(batch, of_batch) in ({listed(asked)})
        )
        select batch, posted_from, month, count(*), {_PAID} from late
        group by batch, posted_from, month order by batch, posted_from, month"""
    )
    found: dict[int, tuple[Posted, ...]] = {}
    for batch, closed, month, lines, money in rows:
        found[batch] = (*found.get(batch, ()), Posted(closed, month, lines, money))
    return found
