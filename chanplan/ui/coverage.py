"""Which source has told of which month: a grid, and the months that are closed."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import coverage
from chanplan.charts import grid
from chanplan.ui import figure, findings
from chanplan.ui.session import figures, say, workspace

_CLOSED = "closed_months"
# Wide enough for a few months side by side.
CLOSED_WIDTH = 640


def show() -> None:
    """The grid and its legend; nothing where no sales have come in."""
    shown = coverage.grid(workspace().coverage())
    if shown.empty:
        return
    findings.title(coverage.gaps(shown), say("coverage.drawn"))
    cells = coverage.newest(shown)
    cells = cells.assign(row=[_row(row) for row in cells.to_dict("records")])
    rows = list(dict.fromkeys(cells["row"]))
    hovers = [_hover(row) for row in cells.to_dict("records")]
    drawn = grid.states(rows, cells, hovers, figures(), figure.look())
    figure.show(drawn, "coverage", say("coverage.alt"))
    signs = [f"{sign} {say(f'coverage.{state}')}" for state, sign in grid.SIGNS.items() if sign]
    st.caption(" · ".join([*signs, f"{grid.CLOSED} {say('coverage.closed')}"]))
    _closing(sorted({int(month) for month in shown["month"]}, reverse=True))


def _closing(months: list[int]) -> None:
    """Which months are closed; choosing one closes it, taking it off opens it again."""
    st.session_state[_CLOSED] = [m for m in workspace().closed_months() if m in months]
    names = {month: figures().month(month) for month in months}
    with st.container(width=CLOSED_WIDTH):
        st.multiselect(
            say("coverage.close"),
            months,
            key=_CLOSED,
            format_func=names.__getitem__,
            placeholder=say("coverage.none_closed"),
            help=say("coverage.close_help"),
            on_change=_close,
        )


def _close() -> None:
    wanted, closed = set(st.session_state[_CLOSED]), set(workspace().closed_months())
    for months, shut in ((wanted - closed, True), (closed - wanted, False)):
        if months:
            workspace().close_months(sorted(months), shut)


def _row(row: Mapping[Any, Any]) -> str:
    basis = say(f"basis.{row['basis']}")
    return f"{row['source']} · {basis}"


def _hover(row: Mapping[Any, Any]) -> str:
    lines = [
        f"<b>{escape(row['source'])} · {figures().month(int(row['month']))}</b>",
        say(f"coverage.{row['state']}"),
        say("coverage.counted", files=row["files"], lines=figures().count(row["lines"])),
    ]
    if not pd.isna(row["covered_to"]) and row["covered_to"] is not None:
        lines.append(say("coverage.until", day=figures().date(row["covered_to"])))
    return "<br>".join(lines)
