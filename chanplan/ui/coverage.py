"""Which source has told of which month: a grid, and the months that are closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import coverage, stocktaking
from chanplan.charts import grid
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ui import address, figure, findings, lines
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace

_CLOSED = "closed_months"
_CELL = "cell"
# Wide enough for a few months side by side.
CLOSED_WIDTH = 640


@dataclass(frozen=True)
class Kept:
    """A cell of the grid that a reader has clicked."""

    source: str
    basis: str
    month: int

    def of(self, batches: pd.DataFrame) -> pd.DataFrame:
        """The imports of sales that tell of it."""
        known = batches["table"] == stocktaking.SALES
        known &= (batches["source"] == self.source) & (batches["basis"] == self.basis)
        return batches[
            known
            & batches["first_month"].le(self.month).fillna(False)
            & batches["last_month"].ge(self.month).fillna(False)
        ]


def show() -> Kept | None:
    """The grid and its legend; nothing where no sales have come in. Returns the cell kept."""
    shown = coverage.grid(workspace().coverage())
    if shown.empty:
        return None
    findings.title(coverage.gaps(shown), say("coverage.drawn"))
    cells = coverage.newest(shown)
    ended = coverage.quiet(cells)
    cells = cells[~cells["source"].isin(ended)].reset_index(drop=True)
    records = cells.to_dict("records")
    cells = cells.assign(row=[_row(row) for row in records], code=[_code(row) for row in records])
    rows = list(dict.fromkeys(cells["row"]))
    hovers = [_hover(row) for row in cells.to_dict("records")]
    drawn = grid.states(rows, cells, hovers, figures(), figure.look())
    figure.show(drawn, "coverage", say("coverage.alt"), clicked=_keep)
    signs = [f"{sign} {say(f'coverage.{state}')}" for state, sign in grid.SIGNS.items() if sign]
    st.caption(" · ".join([*signs, f"{grid.CLOSED} {say('coverage.closed')}"]))
    if ended:
        st.caption(say("coverage.no_longer", sources=[plain(source) for source in ended]))
    _closing(sorted({int(month) for month in shown["month"]}, reverse=True))
    chosen = address.current(_CELL, ["", *cells["code"]], "")
    address.write(_CELL, chosen, "")
    return kept(chosen) if chosen else None


def behind(cell: Kept, own: pd.DataFrame) -> None:
    """What is kept of the imports and a way back; the lines that count of the cell."""
    named = {"source": plain(cell.source), "month": figures().month(cell.month)}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("coverage.kept_none" if own.empty else "coverage.kept", **named))
        st.button(
            say("coverage.kept_all"),
            icon=":material/close:",
            key="cell_off",
            type="tertiary",
            on_click=_drop,
        )
    if own.empty:
        return
    bare = (own["tax"] == "without_tax").all()
    scope = Scope(
        Period(cell.month, cell.month),
        cell.basis,  # type: ignore[arg-type]
        "without_tax" if bare else "with_tax",
    )
    lines.behind(scope.only("source", cell.source), "coverage_lines")


def _keep(code: str | None) -> None:
    """Keep the cell, and open the newest of its imports below."""
    st.session_state[_CELL] = str(code)
    own = kept(str(code)).of(workspace().imports.all())
    if not own.empty:
        st.session_state["batch"] = str(own["batch"].iloc[0])


def _drop() -> None:
    st.session_state[_CELL] = ""


def _code(row: Mapping[Any, Any]) -> str:
    return f"{row['month']}-{row['basis']}-{row['source']}"


def kept(code: str) -> Kept:
    """The cell of a code: 202403-order-天猫."""
    month, basis, source = code.split("-", 2)
    return Kept(source, basis, int(month))


def _closing(months: list[int]) -> None:
    """Which months are closed; choosing one closes it, taking it off opens it again."""
    st.session_state[_CLOSED] = [m for m in workspace().closings.closed() if m in months]
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
    wanted, closed = set(st.session_state[_CLOSED]), set(workspace().closings.closed())
    for months, shut in ((wanted - closed, True), (closed - wanted, False)):
        if months:
            workspace().closings.mark(sorted(months), shut)


def _row(row: Mapping[Any, Any]) -> str:
    basis = say(f"basis.{row['basis']}")
    return f"{row['source']} · {basis}"


def _hover(row: Mapping[Any, Any]) -> str:
    lines = [
        f"<b>{escape(row['source'])} · {figures().month(int(row['month']))}</b>",
        say(f"coverage.{row['state']}") + (f" · {say('coverage.closed')}" if row["closed"] else ""),
        say("coverage.counted", files=row["files"], lines=figures().count(row["lines"])),
    ]
    if not pd.isna(row["covered_to"]) and row["covered_to"] is not None:
        lines.append(say("coverage.until", day=figures().date(row["covered_to"])))
    return "<br>".join(lines)
