"""What lies in the store: every import, whether it counts, its lines, its rows set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from chanplan.domain.tables import all_tables, table
from chanplan.reports.tables import Kind
from chanplan.ui import address, set_aside, shell, tables
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column

LINES_A_PAGE = 100
# Columns of a line in the order a person checks them; the rest follows.
LINE_COLUMNS = (
    "file", "sheet", "line", "date", "channel", "partner", "region", "category", "product",
    "customer", "salesperson", "order_number", "line_type", "quantity", "unit",
    "amount_with_tax", "amount_without_tax", "list_with_tax", "cost_with_tax", "currency",
)  # fmt: skip


def show() -> None:
    """The imports, and one of them opened."""
    batches = workspace().batches()
    if batches.empty:
        shell.empty("data")
        return
    _batches(batches)
    rows = {str(row["batch"]): row for row in batches.to_dict("records")}
    names = {code: _batch_name(code, row) for code, row in rows.items()}
    newest = next(iter(names))
    chosen = address.choice("batch", list(names), newest, say("data.open"), names.__getitem__)
    _opened(cast("dict[str, Any]", rows[chosen]))


def _batches(batches: pd.DataFrame) -> None:
    shown = batches.assign(
        kind=[_table_name(name) for name in batches["table"]],
        months=[_months(row) for row in batches.to_dict("records")],
        counts=[say("data.on") if active else say("data.off") for active in batches["active"]],
        basis_name=[say(f"basis.{basis}") for basis in batches["basis"]],
        day=[_day(at) for at in batches["imported_at"]],
    )
    columns = [
        Column("name", say("imports.file")),
        Column("counts", say("data.counts")),
        Column("kind", say("imports.table")),
        Column("months", say("imports.months_label")),
        Column("rows_file", say("imports.rows_file"), "count"),
        Column("rows_loaded", say("imports.rows_loaded"), "count"),
        Column("rows_set_aside", say("imports.rows_set_aside"), "count"),
        Column("rows_skipped", say("imports.rows_skipped"), "count"),
        Column("sum_loaded", say("imports.sum_loaded"), "price"),
        Column("source", say("imports.source")),
        Column("basis_name", say("basis.label")),
        Column("sheet", say("imports.sheet")),
        Column("day", say("data.imported")),
        Column("batch", say("data.batch"), "count"),
    ]
    tables.show(shown, columns, "batches", say("data.batches_alt"), (), say("data.batches_file"))


def _opened(row: dict[str, Any]) -> None:
    batch, active = int(row["batch"]), bool(row["active"])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            say("data.is_on" if active else "data.is_off", file=plain(row["name"])), width="stretch"
        )
        st.button(
            say("data.switch_off" if active else "data.switch_on"),
            icon=":material/toggle_off:" if active else ":material/toggle_on:",
            key=f"switch_{batch}",
            on_click=_switch,
            args=(batch, not active),
            help=say("data.switch_help"),
        )
    sections: dict[str, Callable[[], None]] = {}
    if row["table"] == "sales":
        sections[say("data.lines")] = lambda: _lines(batch, int(row["rows_loaded"]))
    aside = say("data.set_aside", count=figures().count(row["rows_set_aside"]))
    sections[aside] = lambda: set_aside.show(batch, (), f"data_aside_{batch}")
    for tab, draw in zip(
        st.tabs(list(sections), key=f"data_tabs_{batch}", on_change="rerun"),
        sections.values(),
        strict=True,
    ):
        if tab.open:
            with tab:
                draw()


def _switch(batch: int, active: bool) -> None:
    workspace().switch(batch, active)


def _lines(batch: int, count: int) -> None:
    """The lines as they are counted, each with the line of its file."""
    pages = max(1, -(-count // LINES_A_PAGE))
    page = int(st.session_state.get(f"lines_page_{batch}") or 1)
    lines = workspace().lines(None, LINES_A_PAGE, (page - 1) * LINES_A_PAGE, batch)
    known = [name for name in LINE_COLUMNS if name in lines and lines[name].notna().any()]
    columns = [Column(name, _line_heading(name), _line_kind(name)) for name in known]
    shown = lines.assign(line_type=[_line_type(kind) for kind in lines["line_type"]])
    tables.show(shown, columns, f"lines_{batch}", say("data.lines_alt"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            say("data.lines_count", count=figures().count(count), each=LINES_A_PAGE),
            width="stretch",
        )
        if pages > 1:
            st.pagination(pages, key=f"lines_page_{batch}")


def _line_heading(name: str) -> str:
    fixed = {"file": "imports.file", "sheet": "imports.sheet", "line": "set_aside.line"}
    if name in fixed:
        return say(fixed[name])
    declared = table("sales").columns.get({"order_number": "order"}.get(name, name))
    if declared is not None:
        return declared.zh if language() == "zh" else declared.en
    return say(f"line.{name}")


def _line_kind(name: str) -> Kind:
    if name == "date":
        return "date"
    if name in (
        "quantity",
        "amount_with_tax",
        "amount_without_tax",
        "list_with_tax",
        "cost_with_tax",
    ):
        return "price"
    return "count" if name == "line" else "text"


def _line_type(name: str) -> str:
    return say(f"line_types.{name}")


def _table_name(name: str) -> str:
    declared = all_tables().get(name)
    return name if declared is None else declared.zh if language() == "zh" else declared.en


def _batch_name(code: str, row: Mapping[Any, Any]) -> str:
    return say("data.batch_name", batch=code, file=row["name"], day=_day(row["imported_at"]))


def _months(row: Mapping[Any, Any]) -> str:
    first, last = row["first_month"], row["last_month"]
    return "—" if pd.isna(first) or pd.isna(last) else figures().span(int(first), int(last))


def _day(moment: object) -> str:
    """2024-03-15T08:00:00+00:00 → 2024-03-15 08:00."""
    return str(moment)[:16].replace("T", " ")
