"""What lies in the store: every import, whether it counts, its lines, its rows set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from chanplan.analysis import stocktaking
from chanplan.domain.errors import ChanplanError
from chanplan.domain.tables import all_tables
from chanplan.ui import (
    address,
    coverage,
    findings,
    guard,
    history,
    lines,
    shell,
    store_care,
    tables,
    undo,
)
from chanplan.ui.imports import set_aside
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column

# Pixels; a file's name, its number and when it came stand in one line.
PICKER_WIDTH = 560
# The market of a whole country, to the cent.
SUM_WIDTH = 140
SALES = stocktaking.SALES


def show() -> None:
    """The imports, and one of them opened."""
    store_care.told()
    batches = workspace().imports.all()
    if batches.empty:
        shell.empty("data")
        return
    refused = st.session_state.pop(undo.REFUSED, None)
    if refused is not None:
        guard.show(refused)
    findings.show(stocktaking.stocktaking(batches), "none")
    undo.button(batches)
    kept = coverage.show()
    st.header(say("data.imports"), anchor=False)
    listed = batches if kept is None else kept.of(batches)
    if kept is not None:
        coverage.behind(kept, listed)
    if not listed.empty:
        _batches(listed)
    rows = {str(row["batch"]): row for row in batches.to_dict("records")}
    names = {code: _batch_name(code, row) for code, row in rows.items()}
    mends = {str(batch) for batch in batches.loc[batches["repairs"].notna(), "batch"]}
    newest = next((code for code in names if code not in mends), next(iter(names)))
    with st.container(width=PICKER_WIDTH):
        chosen = address.choice("batch", list(names), newest, say("data.open"), names.__getitem__)
    _opened(cast("dict[str, Any]", rows[chosen]))
    history.show()
    store_care.show()


def _batches(batches: pd.DataFrame) -> None:
    shown = batches.assign(
        kind=[_table_name(name) for name in batches["table"]],
        months=[_months(row) for row in batches.to_dict("records")],
        counts=[say("data.on") if active else say("data.off") for active in batches["active"]],
        basis_name=[_basis(row) for row in batches.to_dict("records")],
        sum_loaded=_sums(batches),
        day=[history.moment(at) for at in batches["imported_at"]],
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
        Column("sum_loaded", say("imports.sum_loaded"), "price", width=SUM_WIDTH),
        *_stated(batches),
        Column("source", say("imports.source")),
        Column("basis_name", say("basis.label")),
        Column("sheet", say("imports.sheet"), hidden=True),
        Column("day", say("data.imported"), hidden=True),
        Column("imported_by", say("history.by"), hidden=True),
        Column("batch", say("data.batch"), "count", hidden=True),
    ]
    tables.show(shown, columns, "batches", say("data.batches_alt"), (), say("data.batches_file"))


def _stated(batches: pd.DataFrame) -> list[Column]:
    """What files say their total is, beside their rows; nothing where none of them does."""
    if batches["sum_stated"].isna().all():
        return []
    return [
        Column("sum_stated", say("imports.sum_stated"), "price", width=SUM_WIDTH),
        Column("stated_off", say("imports.stated_off"), "price", signed=True),
    ]


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
        store_care.forget_import(row)
    titles = {"aside": say("data.set_aside", count=figures().count(row["rows_set_aside"]))}
    draw: dict[str, Callable[[], None]] = {"aside": lambda: set_aside.show(batch, "data_aside")}
    if row["table"] == SALES:
        titles = {"lines": say("data.lines")} | titles
        draw["lines"] = lambda: lines.of_batch(batch, int(row["rows_loaded"]))
    for name, tab in address.tabs("section", titles):
        if tab.open:
            with tab:
                draw[name]()


def _switch(batch: int, active: bool) -> None:
    """A refusal is told once, where the page begins."""
    try:
        workspace().switch(batch, active)
    except ChanplanError as error:
        st.session_state[undo.REFUSED] = error


def _table_name(name: str) -> str:
    declared = all_tables().get(name)
    return name if declared is None else declared.zh if language() == "zh" else declared.en


def _batch_name(code: str, row: Mapping[Any, Any]) -> str:
    return say(
        "data.batch_name", batch=code, file=row["name"], day=history.moment(row["imported_at"])
    )


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
