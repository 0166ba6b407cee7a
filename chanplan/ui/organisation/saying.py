"""What was typed, tried, saved and taken back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis.reorganising import Move
from chanplan.domain.errors import ChanplanError
from chanplan.domain.period import shift
from chanplan.plans import organisation
from chanplan.plans.organisation import KINDS, Change
from chanplan.ui import address, figure, guard, history, session
from chanplan.ui.organisation import asked, draft
from chanplan.ui.organisation.naming import attribute_named
from chanplan.ui.outcome import Outcome
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.view import View
from chanplan.workspace import organising

_SAID = Outcome("org_said")
_SINCE, _REASON = "org_since", "org_reason"
# How far from the first open month a change may hold.
_BACK, _AHEAD = 24, 12
# Moves told in words; the table below has all.
MOST_TOLD = 6
MOST_SAID = 10


def told() -> None:
    """What came of the last save, once."""
    _SAID.tell()


def pending(view: View, code: str, frame: pd.DataFrame) -> None:
    """What is typed and not saved: since when, what it moves, save or forget."""
    kind, typed = KINDS[code], draft.of(code)
    today = {
        (str(row["member"]), name): str(row[name] or "")
        for row in frame.to_dict("records")
        for name in kind.attributes
    }
    changed = organisation.changes(typed.cells, today)
    if not changed:
        st.caption(say("organisation.how"))
        return
    with st.container(border=True, key="org_pending"):
        st.subheader(say("organisation.pending", count=len(changed)), anchor=False)
        _listed(code, changed)
        since, reason = _asked(kind.dated)
        opening = organising.opening(workspace(), kind, changed)
        rows = organisation.rows(kind, changed, since, opening)
        _moves(view, code, changed, rows)
        with st.container(horizontal=True):
            st.button(
                say("organisation.save"),
                key="org_save",
                type="primary",
                icon=":material/save:",
                on_click=_save,
                args=(code, rows, reason, len(changed)),
            )
            st.button(
                say("organisation.forget"),
                key="org_forget",
                icon=":material/delete:",
                on_click=draft.drop,
                args=(code,),
            )


def _listed(code: str, changed: list[Change]) -> None:
    kind = KINDS[code]
    names = figure.names_of(kind.column, [one.member for one in changed])
    lines = [
        say(
            "organisation.change",
            name=plain(name),
            attribute=attribute_named(kind, one.attribute),
            old=plain(one.old) or say("organisation.nothing"),
            new=plain(one.new),
        )
        for name, one in zip(names, changed, strict=True)
    ]
    more = len(lines) - MOST_TOLD
    shown = lines[:MOST_TOLD] + ([say("organisation.more", count=more)] if more > 0 else [])
    st.markdown("\n".join(f"- {line}" for line in shown))


def _asked(dated: bool) -> tuple[int, str]:
    """The month from which it holds, and why."""
    coverage = session.coverage()
    last = coverage.last if coverage else 200001
    first = organisation.first_open(workspace().closings.closed(), last)
    with st.grid(2, min_column_width=200, gap="small"):
        since = first
        if dated:
            months = [shift(first, by) for by in range(-_BACK, _AHEAD + 1)]
            shown = {str(month): figures().month(month) for month in months}
            label, usual = say("organisation.valid_from"), str(first)
            chosen = address.choice(_SINCE, list(shown), usual, label, shown.__getitem__)
            since = int(chosen)
        reason = st.text_input(
            say("organisation.reason"),
            key=f"{_REASON}_{workspace().version}",
            max_chars=200,
            placeholder=say("organisation.reason_hint"),
        )
    if dated and since < first:
        st.caption(say("organisation.closed_then", first=figures().month(first)))
    return since, reason.strip()


def _moves(view: View, code: str, changed: list[Change], rows: list[dict[str, str]]) -> None:
    """The change tried: which money stands under another group then."""
    try:
        found = asked.preview(
            code, tuple(changed), tuple(tuple(row.items()) for row in rows), view.scope
        )
    except ChanplanError as fault:
        guard.show(fault)
        return
    st.caption(say("organisation.moves_now", view=say("attributes.current")))
    said = [line for name, moves in found.items() for line in _summed(name, moves)]
    if said:
        st.markdown("\n".join(f"- {line}" for line in said[:MOST_TOLD]))
    else:
        st.markdown(say("organisation.moves_nothing"))


def _summed(dimension: str, moves: tuple[Move, ...]) -> list[str]:
    """From one group to another, everyone together."""
    sums: dict[tuple[str | None, str | None], list[Move]] = {}
    for move in moves:
        sums.setdefault((move.source, move.target), []).append(move)
    lines = []
    for ends, ways in sums.items():
        source, target = figure.names_of(dimension, ends)
        money = figures().money(sum(move.money for move in ways))
        values = {"of": figure.dimension_name(dimension), "count": len({w.member for w in ways})}
        lines.append(say("organisation.way", source=plain(source), target=plain(target),
                         money=money, **values))  # fmt: skip
    return lines


def _save(code: str, rows: list[dict[str, str]], reason: str, count: int) -> None:
    try:
        made = organising.save(workspace(), KINDS[code], rows, reason or None)
    except ChanplanError as fault:
        _SAID.refused(fault)
        return
    draft.drop(code)
    _SAID.did(say("organisation.saved", count=count, batch=made.batch))


def before(code: str) -> None:
    """What was said by hand, each to be taken back or to count again."""
    st.subheader(say("organisation.said"), anchor=False)
    made = asked.said(code)
    if made.empty:
        st.caption(say("organisation.none_said"))
        return
    for row in made.head(MOST_SAID).to_dict("records"):
        counts = bool(row["counts"])
        with st.container(horizontal=True, vertical_alignment="center"):
            told = say(
                "organisation.said_line",
                batch=row["batch"],
                at=history.moment(str(row["at"])),
                by=plain(str(row["by"] or "")),
                count=row["members"],
                note=plain(str(row["note"] or "")) or say("organisation.no_reason"),
            )
            st.markdown(told if counts else f"~~{told}~~", width="stretch")
            st.button(
                say("organisation.undo" if counts else "organisation.redo"),
                key=f"org_undo_{row['batch']}",
                icon=":material/undo:" if counts else ":material/redo:",
                on_click=_switch,
                args=(int(row["batch"]), not counts),
            )


def _switch(batch: int, active: bool) -> None:
    try:
        workspace().switch(batch, active)
    except ChanplanError as fault:
        _SAID.refused(fault)
