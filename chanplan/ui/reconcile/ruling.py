"""Saying which source counts for a channel: chosen, seen before, said with a reason."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis import cells
from chanplan.analysis.reconcile import moving
from chanplan.analysis.reconcile.ruling import sources_of
from chanplan.domain.scope import Scope
from chanplan.ui import figure, tables
from chanplan.ui.plain import plain
from chanplan.ui.reconcile import said
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace.reconciling import authority

_WISH = "ruling_wish"
_SOURCE, _SINCE, _REASON = "ruling_source", "ruling_since", "ruling_reason"
# Chosen in place of one source.
_WHOLE = ("all_count", "nobody")
_EVER = 0
Wish = tuple[str, tuple[str, ...], str, int]


def show(scope: Scope, channel: str, told: pd.DataFrame) -> None:
    """The form for one channel; below it what would move, and the button that says it."""
    rows = [row for row in cells.records(told) if (row["channel"] or "") == channel]
    sources = sources_of(told, channel or None)
    if not channel:
        st.caption(say("reconcile.channel_unknown"))
        return
    with st.form("ruling", border=True):
        with st.grid(3, min_column_width=170, gap="small"):
            options = [*sources, *_WHOLE]
            names = {name: name for name in sources}
            names |= {word: say(f"reconcile.{word}") for word in _WHOLE}
            st.selectbox(
                say("reconcile.counts_here"), options, key=_SOURCE, format_func=names.__getitem__
            )
            months = [_EVER, *sorted({int(row["month"]) for row in rows})]
            since = {one: _since_named(one) for one in months}
            st.selectbox(say("reconcile.since"), months, key=_SINCE, format_func=since.__getitem__)
            st.text_input(
                say("reconcile.reason"), key=_REASON, max_chars=200,
                placeholder=say("reconcile.reason_hint"),
            )  # fmt: skip
        st.form_submit_button(
            say("reconcile.preview"),
            icon=":material/visibility:",
            on_click=_wished,
            args=(channel, tuple(sources)),
        )
    wish: Wish | None = st.session_state.get(_WISH)
    if wish is not None and wish[0] == channel:
        _preview(wish, scope)


def _wished(channel: str, sources: tuple[str, ...]) -> None:
    """What the form says, kept until it is said or another is seen before."""
    chosen, since = str(st.session_state[_SOURCE]), int(st.session_state[_SINCE])
    picked = {"all_count": sources, "nobody": ()}.get(chosen, (chosen,))
    reason = str(st.session_state.get(_REASON) or "").strip()
    st.session_state[_WISH] = (channel, picked, reason, since)


def _since_named(month: int) -> str:
    return say("reconcile.since_ever") if month == _EVER else figures().month(month)


def _preview(wish: Wish, scope: Scope) -> None:
    channel, chosen, reason, since = wish
    with st.spinner(say("reconcile.trying")):
        found = authority.moves(workspace(), channel, chosen, since)
    if found.empty:
        st.info(say("reconcile.moves_nothing"))
    else:
        moved(found, scope, "ruling_moves")
    closed = moving.closed(found)
    said.closed(closed)
    if not reason:
        st.caption(say("reconcile.reason_needed"))
    st.button(
        say("reconcile.say", channel=plain(channel)),
        key="ruling_say",
        type="primary",
        icon=":material/gavel:",
        disabled=not reason or bool(closed),
        on_click=_say,
        args=(wish,),
    )


def _say(wish: Wish) -> None:
    channel, chosen, reason, since = wish
    said.deed(
        lambda: authority.say(workspace(), channel, chosen, reason, since), "reconcile.ruled_done"
    )
    st.session_state.pop(_WISH, None)


def moved(found: pd.DataFrame, scope: Scope, key: str) -> None:
    """What a deed would move: one row per basis, month and channel, before and after."""
    rows = moving.moved(found, scope.tax)
    frame = rows.assign(
        basis=[say(f"basis.{basis}") for basis in rows["basis"]],
        month=[figures().month(int(month)) for month in rows["month"]],
        channel=figure.names_of("channel", rows["channel"]),
    )
    columns = [
        Column("basis", say("basis.label")),
        Column("month", figure.dimension_name("month")),
        Column("channel", figure.dimension_name("channel")),
        Column("before", say("reconcile.before"), "price"),
        Column("after", say("reconcile.after"), "price"),
        Column("moved", say("reconcile.moved"), "price", signed=True),
        Column("lines_before", say("reconcile.lines_before"), "count", hidden=True),
        Column("lines_after", say("reconcile.lines_after"), "count", hidden=True),
    ]
    st.markdown(say("reconcile.moves", count=len(frame)))
    tables.show(frame, columns, key, say("reconcile.moves_alt"), (), say("reconcile.moves_alt"))
