"""What lies in the store: every import, whether it counts, its lines, its rows set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import streamlit as st

from chanplan.analysis import batch_money, stocktaking
from chanplan.domain.errors import ChanplanError
from chanplan.ui import (
    address,
    coverage,
    findings,
    guard,
    history,
    imported,
    lines,
    session,
    shell,
    store_care,
    undo,
)
from chanplan.ui.imports import set_aside
from chanplan.ui.session import figures, say, workspace

# Pixels; a file's name, its number and when it came stand in one line.
PICKER_WIDTH = 560
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
    batches = batch_money.placed(batches, session.money_of_imports())
    undo.button(batches)
    kept = coverage.show()
    st.header(say("data.imports"), anchor=False)
    listed = batches if kept is None else kept.of(batches)
    if kept is not None:
        coverage.behind(kept, listed)
    if not listed.empty:
        imported.table(listed)
    rows = {str(row["batch"]): row for row in batches.to_dict("records")}
    names = {code: _batch_name(code, row) for code, row in rows.items()}
    mends = {str(batch) for batch in batches.loc[batches["repairs"].notna(), "batch"]}
    shown = [*map(str, listed["batch"]), *names]
    newest = next((code for code in shown if code not in mends), shown[0])
    with st.container(width=PICKER_WIDTH):
        chosen = address.choice("batch", list(names), newest, say("data.open"), names.__getitem__)
    _opened(cast("dict[str, Any]", rows[chosen]))
    history.show()
    store_care.show()


def _opened(row: dict[str, Any]) -> None:
    batch, active = int(row["batch"]), bool(row["active"])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(imported.told(row), width="stretch")
        st.button(
            say("data.switch_off" if active else "data.switch_on"),
            icon=":material/toggle_off:" if active else ":material/toggle_on:",
            key=f"switch_{batch}",
            on_click=_switch,
            args=(batch, not active),
            help=say("data.switch_help"),
        )
        store_care.forget_import(row)
    if (stated := imported.stated(row["sum_stated"], row["stated_off"])) is not None:
        st.caption(f":material/balance: {stated}")
    titles = {"aside": say("data.set_aside", count=figures().count(row["rows_set_aside"]))}
    draw: dict[str, Callable[[], None]] = {"aside": lambda: set_aside.show(batch, "data_aside")}
    if row["table"] == SALES and row["rows_loaded"]:
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


def _batch_name(code: str, row: Mapping[Any, Any]) -> str:
    return say(
        "data.batch_name", batch=code, file=row["name"], day=history.moment(row["imported_at"])
    )
