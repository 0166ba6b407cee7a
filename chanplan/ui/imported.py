"""The table of imports: what each file brought, what of its money counts, and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.analysis import stocktaking
from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.tables import all_tables
from chanplan.ui import history, tables
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say
from chanplan.ui.tables import Column

# The market of a whole country, to the cent; headings of two words.
SUM_WIDTH = 112
# Of many files only the names' beginnings, so that their money stays in sight.
NAME_WIDTH, SOURCE_WIDTH = 180, 110
SALES = stocktaking.SALES
# Why money does not count, in the order it is told.
_REASONS = ("apart", "refunded", "elsewhere")


def table(placed: pd.DataFrame) -> None:
    """In: `analysis.batch_money.placed`, at least one import."""
    records = placed.to_dict("records")
    shown = placed.assign(
        kind=[_table_name(name) for name in placed["table"]],
        months=[_months(row) for row in records],
        counts=[say(f"data.state_{row['state']}") for row in records],
        basis_name=[_basis(row) for row in records],
        sum_loaded=_sums(placed),
        day=[history.moment(at) for at in placed["imported_at"]],
    )
    columns = [
        Column("name", say("imports.file"), width=NAME_WIDTH),
        Column("counts", say("data.counts")),
        Column("source", say("imports.source"), width=SOURCE_WIDTH),
        Column("months", say("imports.months_label")),
        Column("rows_file", say("imports.rows_file"), "count"),
        Column("rows_loaded", say("imports.rows_loaded"), "count"),
        Column("rows_set_aside", say("imports.rows_set_aside"), "count"),
        Column("rows_skipped", say("imports.rows_skipped"), "count"),
        Column("sum_loaded", say("imports.sum_loaded"), "price", width=SUM_WIDTH),
        Column("counted", say("data.counted"), "price", width=SUM_WIDTH,
               help=say("data.counted_help")),
        Column("uncounted", say("data.uncounted"), "price", width=SUM_WIDTH,
               help=say("data.uncounted_help")),
        *(Column(name, say(f"data.{name}"), "price", hidden=True) for name in _REASONS),
        *_stated(placed),
        Column("kind", say("imports.table")),
        Column("basis_name", say("basis.label")),
        Column("sheet", say("imports.sheet"), hidden=True),
        Column("day", say("data.imported"), hidden=True),
        Column("imported_by", say("history.by"), hidden=True),
        Column("batch", say("data.batch"), "count", hidden=True),
    ]  # fmt: skip
    tables.show(shown, columns, "batches", say("data.batches_alt"), (), say("data.batches_file"))


def told(row: Mapping[str, Any]) -> str:
    """Of one import of `placed`: whether it counts, and where its money is."""
    file, write = plain(row["name"]), figures().exact
    if row["state"] == "off":
        return say("data.is_off", file=file)
    if row["state"] == "aside":
        return say("data.is_aside", file=file, rows=figures().count(row["rows_set_aside"]))
    if row["table"] != SALES:
        back = row["counted"]
        return say("data.gives_back", file=file, money=write(-back)) if back else say(
            "data.is_used", file=file
        )  # fmt: skip
    loaded, counted = row["sum_loaded"], row["counted"]
    if row["elsewhere"] < 0:
        return say("data.is_items", file=file, counted=write(counted), own=write(loaded))
    parts = [say(f"data.part_{name}", money=write(row[name])) for name in _REASONS if row[name]]
    if not parts:
        return say("data.is_whole", file=file, loaded=write(loaded))
    first = say("data.part_counted", money=write(counted))
    return say("data.is_parts", file=file, loaded=write(loaded), parts=" + ".join([first, *parts]))


def stated(total: Decimal | None, off: Decimal | None) -> str | None:
    """What a file says its total is, and by how much that is more than its rows; None where it
    says nothing."""
    if not isinstance(total, Decimal):
        return None
    write, apart = figures().exact, off or ZERO
    if not apart:
        return say("stated.agrees", stated=write(total))
    way = say("stated.more" if apart > 0 else "stated.less", off=write(abs(apart)))
    return say("stated.differs", stated=write(total), difference=way)


def _stated(batches: pd.DataFrame) -> list[Column]:
    """What files say their total is, beside their rows; nothing where none of them does."""
    if batches["sum_stated"].isna().all():
        return []
    return [
        Column("sum_stated", say("imports.sum_stated"), "price", width=SUM_WIDTH),
        Column("stated_off", say("imports.stated_off"), "price", signed=True, width=SUM_WIDTH),
    ]


def _table_name(name: str) -> str:
    declared = all_tables().get(name)
    return name if declared is None else declared.zh if language() == "zh" else declared.en


def _basis(row: Mapping[Any, Any]) -> str:
    """Only sales are counted on a basis."""
    return say(f"basis.{row['basis']}") if row["table"] == SALES else "—"


def _sums(batches: pd.DataFrame) -> pd.Series:
    """The sum of a file's amounts; none for a table in which it stated none."""
    states = (batches["table"] == SALES) | (batches["sum_loaded"] != 0)
    return batches["sum_loaded"].where(states, None)


def _months(row: Mapping[Any, Any]) -> str:
    first, last = row["first_month"], row["last_month"]
    return "—" if pd.isna(first) or pd.isna(last) else figures().span(int(first), int(last))
