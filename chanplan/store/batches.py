"""Which batches there are, which months they cover, and which of those count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chanplan.domain.ports import Writer


def record(writer: Writer, facts: Mapping[str, Any]) -> None:
    """Write a batch's row; `facts` maps the columns of table batch."""
    names = ", ".join(facts)
    marks = ", ".join("?" for _ in facts)
    writer.run(f"insert into batch ({names}) values ({marks})", list(facts.values()))


def table(writer: Writer, batch: int) -> str | None:
    """Which table of the business a batch went into."""
    found = writer.rows("select table_name from batch where batch = ?", [batch])
    return found[0][0] if found else None


def activate(writer: Writer, batch: int, table: str) -> None:
    """Make all months of a freshly loaded batch count."""
    if table == "sales":
        writer.run(
            "insert into batch_month select batch, month, true, count(*),"
            " sum(coalesce(amount_with_tax, amount_without_tax))"
            " from sales_line where batch = ? group by all",
            [batch],
        )
    else:
        writer.run("insert into batch_month values (?, 0, true, null, null)", [batch])


def switch(writer: Writer, batch: int, active: bool) -> None:
    """Make a whole batch count, or not."""
    writer.run("update batch_month set active = ? where batch = ?", [active, batch])


def months(writer: Writer, batch: int) -> list[int]:
    """The months a batch has lines in, whether they count or not."""
    return [
        month
        for (month,) in writer.rows(
            "select distinct month from batch_month where batch = ? and month > 0",
            [batch],
        )
    ]


def all_months(writer: Writer) -> list[int]:
    """Every month that has lines."""
    found = writer.rows("select distinct month from batch_month where month > 0")
    return [month for (month,) in found]


def recount(writer: Writer) -> list[int]:
    """After months were told anew: spread each batch's flag over its new months.

    Returns every month that held or holds lines. A batch counts where any month of it did.
    """
    before = all_months(writer)
    writer.run(
        "create or replace temp table flags as"
        " select batch, bool_or(active) as active from batch_month where month > 0 group by batch"
    )
    writer.run("delete from batch_month where month > 0")
    writer.run(
        "insert into batch_month select line.batch, line.month, flags.active, count(*),"
        " sum(coalesce(amount_with_tax, amount_without_tax))"
        " from sales_line as line join flags using (batch)"
        " group by line.batch, line.month, flags.active"
    )
    writer.run("drop table flags")
    return sorted({*before, *all_months(writer)})


def overlapping(writer: Writer, batch: int) -> tuple[str, ...]:
    """Names of other counting batches of the same source and basis that share a month."""
    return tuple(
        name
        for (name,) in writer.rows(
            "select distinct other.name"
            " from batch as mine join batch as other on other.source = mine.source"
            " and other.basis = mine.basis and other.table_name = mine.table_name"
            " and other.batch <> mine.batch"
            " join batch_month as here on here.batch = mine.batch and here.active"
            " join batch_month as there on there.batch = other.batch and there.active"
            " and there.month = here.month"
            " where mine.batch = ? and here.month > 0 order by 1",
            [batch],
        )
    )
