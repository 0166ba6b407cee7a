"""Finance's figures beside ours: which tie, typed in a grid, and the reasons of what does not."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import cells
from chanplan.analysis.reconcile import booking, tying
from chanplan.charts import grid
from chanplan.domain.scope import Scope
from chanplan.ui import address, figure, navigation, tables
from chanplan.ui.reconcile import asked, said, sources
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace import by_hand

SIGNS = {"tied": "●", "explained": "◐", "off": "✕", "no_data": "!", "no_book": "○"}
MONTH = "book_month"
MOST_ROWS = 30
_GRID = "book_grid"
_MONEY = "%,.2f"
_TOLERANCE, _WHY = "book_tolerance", "book_tolerance_why"


def show(scope: Scope) -> None:
    """The tab."""
    told = asked.ties(scope.period)
    if told.empty:
        st.info(say("reconcile.no_lines"))
        return
    found = asked.tied(told)
    if not found.booked:
        st.info(say("reconcile.no_totals"))
        navigation.link("imports")
    _states(told)
    months = sorted({int(month) for month in told["month"]}, reverse=True)
    codes = {f"{month // 100}-{month % 100:02d}": month for month in months}
    names = {code: figures().month(month) for code, month in codes.items()}
    chosen = address.choice(
        MONTH, list(codes), next(iter(codes)), say("reconcile.book_month"), names.__getitem__
    )
    _typing(told, codes[chosen])
    _table(told, scope)
    _tolerance()


def _states(told: pd.DataFrame) -> None:
    """Basis and source by month, a sign for each."""
    made = []
    for row in cells.records(told):
        name = " · ".join([_source(row["source"]), say(f"basis.{row['basis']}")])
        if row["channel"]:
            name = f"{name} · {figure.name_of('channel', row['channel'])}"
        month = int(row["month"])
        code = f"{month // 100}-{month % 100:02d}"
        made.append((name, month, row["state"], False, code, _hover(name, row)))
    frame = pd.DataFrame(made, columns=["row", "month", "state", "closed", "code", "hover"])
    rows = list(dict.fromkeys(sorted(frame["row"])))[:MOST_ROWS]
    frame = frame[frame["row"].isin(rows)].reset_index(drop=True)
    drawn = grid.states(
        rows, frame, list(frame["hover"]), figures(), figure.look(), SIGNS,
        bad=("off", "no_data"), faint=("no_book",),
    )  # fmt: skip
    st.header(say("reconcile.tie_grid"), anchor=False)
    figure.show(drawn, "tie_grid", say("reconcile.tie_alt"), clicked=_keep)
    signs = [f"{sign} {say(f'reconcile.tie_{state}')}" for state, sign in SIGNS.items()]
    st.caption(" · ".join(signs))


def _keep(code: str | None) -> None:
    if code:
        st.session_state[MONTH] = code


def _source(name: str) -> str:
    return name or say("reconcile.all_sources")


def _hover(name: str, row: dict[str, Any]) -> str:
    write = figures().exact
    lines = [
        f"<b>{escape(name)} · {figures().month(int(row['month']))}</b>",
        say(f"reconcile.tie_{row['state']}"),
        f"{say('reconcile.book')} {write(row['book'])}",
        f"{say('reconcile.ours')} {write(row['ours'])}",
    ]
    if row["reason"]:
        lines.append(escape(str(row["reason"])))
    return "<br>".join(lines)


def _typing(told: pd.DataFrame, month: int) -> None:
    """One month's figures and reasons, typed where they stand."""
    shown = booking.grid(told, month)
    key = f"{_GRID}_{month}_{workspace().version}"
    frame = pd.DataFrame(
        {
            "source": [_source(str(name)) for name in shown["source"]],
            "ours": [None if v is None else float(v) for v in shown["ours"]],
            "book": pd.Series(
                [None if v is None else float(v) for v in shown["book"]], dtype=float
            ),
            "difference": [None if v is None else float(v) for v in shown["difference"]],
            "reason": [value or "" for value in shown["reason"]],
            "state": [say(f"reconcile.tie_{state}") for state in shown["state"]],
            "basis": [say(f"basis.{basis}") for basis in shown["basis"]],
            "channel": [figure.name_of("channel", c) if c else "" for c in shown["channel"]],
            "tax": [say(f"tax.{tax}") for tax in shown["tax"]],
        }
    )
    st.header(say("reconcile.typing", month=figures().month(month)), anchor=False)
    st.caption(say("reconcile.typing_says"))
    heads = {
        name: st.column_config.TextColumn(say(f"reconcile.head_{name}"), disabled=True)
        for name in ("source", "basis", "channel", "tax", "state")
    }
    heads["source"] = st.column_config.TextColumn(
        say("reconcile.head_source"), disabled=True, pinned=True
    )
    heads["ours"] = st.column_config.NumberColumn(
        say("reconcile.ours"), disabled=True, format=_MONEY
    )
    heads["difference"] = st.column_config.NumberColumn(
        say("reconcile.difference"), disabled=True, format="%+,.2f"
    )
    heads["book"] = st.column_config.NumberColumn(say("reconcile.book"), format=_MONEY)
    heads["reason"] = st.column_config.TextColumn(say("reconcile.head_reason"), max_chars=200)
    st.data_editor(
        frame,
        key=key,
        column_config=heads,
        hide_index=True,
        num_rows="fixed",
        placeholder="—",
        width="stretch",
    )
    edited = st.session_state.get(key, {}).get("edited_rows", {})
    rows = booking.said(shown, {int(at): typed for at, typed in edited.items()}, month)
    st.button(
        say("reconcile.book_save", count=len(rows)),
        key="book_save",
        type="primary",
        icon=":material/save:",
        disabled=not rows,
        on_click=_save,
        args=(rows, month),
    )


def _save(rows: list[dict[str, str]], month: int) -> None:
    note = say("reconcile.book_note", month=figures().month(month))
    said.deed(lambda: by_hand.save(workspace(), "control_totals", rows, note), "reconcile.booked")


def _table(told: pd.DataFrame, scope: Scope) -> None:
    frame = told.assign(
        source=[_source(str(name)) for name in told["source"]],
        basis=[say(f"basis.{basis}") for basis in told["basis"]],
        month=[figures().month(int(month)) for month in told["month"]],
        channel=[figure.name_of("channel", name) if name else "" for name in told["channel"]],
        tax=[say(f"tax.{tax}") for tax in told["tax"]],
        state=[say(f"reconcile.tie_{state}") for state in told["state"]],
    )
    columns = [
        Column("source", say("reconcile.head_source")),
        Column("month", figure.dimension_name("month")),
        Column("basis", say("reconcile.head_basis")),
        Column("tax", say("reconcile.head_tax")),
        Column("book", say("reconcile.book"), "price"),
        Column("ours", say("reconcile.ours"), "price"),
        Column("difference", say("reconcile.difference"), "price", signed=True),
        Column("rate", say("reconcile.rate_of_book"), "rate", signed=True),
        Column("state", say("reconcile.head_state")),
        Column("reason", say("reconcile.head_reason"), width=260),
        Column("channel", say("reconcile.head_channel"), hidden=True),
        Column("file", say("imports.file"), hidden=True),
        Column("line", say("set_aside.line"), "count", hidden=True),
    ]
    with st.expander(say("reconcile.all_ties")):
        alt = say("reconcile.tie_alt")
        tables.show(frame, columns, "ties", alt, sources.about(scope), say("reconcile.tie_grid"))


def _tolerance() -> None:
    """By how much a figure may differ and still tie; the company's word."""
    now = workspace().company.said.tolerance
    usual = tying.TOLERANCE if now is None else now
    with st.popover(
        say("reconcile.tolerance", money=figures().exact(usual)), icon=":material/tune:"
    ):
        st.number_input(
            say("reconcile.tolerance_label"), 0.0, None, float(usual), 0.01,
            key=_TOLERANCE, format="%.2f", help=say("reconcile.tolerance_help"),
        )  # fmt: skip
        st.text_input(say("reconcile.reason"), key=_WHY, max_chars=200)
        st.button(say("reconcile.tolerance_save"), key="book_tolerance_save", on_click=_say_near)


def _say_near() -> None:
    value = Decimal(str(round(float(st.session_state[_TOLERANCE]), 4)))
    reason = str(st.session_state.get(_WHY) or "") or None
    said.deed(
        lambda: workspace().company.say("tolerance", f"{value:f}", reason),
        "reconcile.tolerance_done",
        False,
    )
