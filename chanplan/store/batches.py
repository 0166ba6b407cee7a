"""Which batches there are, which months they cover, and which of those count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chanplan.domain.ports import Writer

# Batches whose files tell neither a cost nor what would give it: their costs are the product
# table's.
SILENT = """
    select batch from batch where table_name = 'sales'
    and json_extract(recipe, '$.columns.cost') is null
    and json_extract(recipe, '$.columns.unit_cost') is null
    and json_extract(recipe, '$.columns.profit') is null
"""


def record(writer: Writer, facts: Mapping[str, Any]) -> None:
    """Write a batch's row; `facts` maps the columns of table batch."""
    names = ", ".join(facts)
    marks = ", ".join("?" for _ in facts)
    writer.run(f"insert into batch ({names}) values ({marks})", list(facts.values()))


def table(writer: Writer, batch: int) -> str | None:
    """Which table of the business a batch went into."""
    found = writer.rows("select table_name from batch where batch = ?", [batch])
    return found[0][0] if found else None


def has_rows(writer: Writer, table: str) -> bool:
    """Whether a table has a row, counting or not: looking there first costs a tenth of planning
    what its rows would say."""
    return bool(writer.rows(f'select 1 from "{table}" limit 1'))


def activate(writer: Writer, table: str, *fresh: int) -> None:
    """Make all months of freshly loaded batches of one table count."""
    if table == "sales":
        writer.run(
            "insert into batch_month select batch, month, true, count(*),"
            " sum(coalesce(amount_with_tax, amount_without_tax)), count(posted_from)"
            f" from sales_line where batch in ({listed(fresh)}) group by all"
        )
    else:
        writer.run(
            "insert into batch_month select batch, 0, true, null, null, 0"
            f" from batch where batch in ({listed(fresh)})"
        )


def switch(writer: Writer, active: bool, *chosen: int) -> None:
    """Make whole batches count, or not."""
    writer.run(f"update batch_month set active = ? where batch in ({listed(chosen)})", [active])


def months(writer: Writer, *asked: int) -> dict[int, list[int]]:
    """Batch → the months it has lines in, in order, whether they count or not."""
    found: dict[int, list[int]] = {batch: [] for batch in asked}
    for batch, month in writer.rows(
        "select distinct batch, month from batch_month where month > 0"
        f" and batch in ({listed(asked)}) order by 1, 2"
    ):
        found[batch].append(month)
    return found


def listed(asked: Iterable[int]) -> str:
    """Batch numbers as SQL lists them."""
    return ", ".join(f"{batch:d}" for batch in asked)


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
        " sum(coalesce(amount_with_tax, amount_without_tax)), count(posted_from)"
        " from sales_line as line join flags using (batch)"
        " group by line.batch, line.month, flags.active"
    )
    writer.run("drop table flags")
    return sorted({*before, *all_months(writer)})


def resum(writer: Writer, which: str) -> None:
    """After lines' amounts were told anew: the sums of these (batch, month), SQL of the pairs."""
    writer.run(
        "update batch_month set amount = told.amount from ("
        " select batch, month, sum(coalesce(amount_with_tax, amount_without_tax)) as amount"
        f" from sales_line semi join ({which}) using (batch, month) group by batch, month) as told"
        " where batch_month.batch = told.batch and batch_month.month = told.month"
    )


def currencies(writer: Writer, *asked: int) -> dict[int, tuple[str, ...]]:
    """Batch → the currencies of its sales, by name."""
    return grouped(
        writer.rows(
            "select distinct batch, currency from sales_line"
            f" where batch in ({listed(asked)}) and currency is not null order by 1, 2"
        )
    )


def overlapping(writer: Writer, *asked: int) -> dict[int, tuple[str, ...]]:
    """Batch → names of other batches of its source and basis that count for one of its months."""
    return grouped(
        writer.rows(
            "select distinct mine.batch, other.name"
            " from batch as mine join batch as other on other.source = mine.source"
            " and other.basis = mine.basis and other.table_name = mine.table_name"
            " and other.batch <> mine.batch and not (other.sha256 = mine.sha256"
            "   and other.imported_at = mine.imported_at)"
            " join batch_month as here on here.batch = mine.batch and here.active"
            " join batch_month as there on there.batch = other.batch and there.active"
            " and there.month = here.month"
            " and exists (select 1 from standing_lines as line"
            "   where line.batch = there.batch and line.month = there.month)"
            f" where mine.batch in ({listed(asked)}) and here.month > 0 order by 1, 2"
        )
    )


def grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """(batch, name) rows by batch."""
    found: dict[int, tuple[str, ...]] = {}
    for batch, name in pairs:
        found[batch] = (*found.get(batch, ()), name)
    return found
