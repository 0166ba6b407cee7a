"""What a file's statuses make of its lines: shown with rows and money, and changed here."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.domain.line_types import LINE_TYPES
from chanplan.language import has
from chanplan.reports.tables import Kind
from chanplan.ui import tables
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.ui.tables import Column

# Statuses that are offered to be changed; a column with more of them holds remarks.
MOST_INPUTS = 24
INPUTS_BESIDE = 3
NARROWEST_INPUT = 200


def shown(candidate: Candidate) -> None:
    """Every status, what its lines are by which rule, and how much that is."""
    if candidate.proposal is None or not candidate.proposal.statuses:
        return
    counted = candidate.counts.statuses if candidate.counts else ()
    parts = {one.status: one for one in counted}
    rows = [
        (
            one.status,
            say(f"line_types.{one.line_type}"),
            _rule(one.rule),
            parts[one.status].rows if one.status in parts else None,
            parts[one.status].money if one.status in parts else None,
        )
        for one in candidate.proposal.statuses
    ]
    names = ["status", "line_type", "rule", "rows", "amount"]
    kinds: dict[str, Kind] = {"rows": "count", "amount": "price"}
    columns = [Column(name, say(f"statuses.{name}"), kinds.get(name, "text")) for name in names]
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    tables.show(frame, columns, f"statuses_{candidate.key}", say("statuses.alt"), whole=True)


def inputs(candidate: Candidate) -> None:
    """One choice for each status; part of the form of corrections."""
    if candidate.proposal is None or not candidate.proposal.statuses:
        return
    st.markdown(f"**{say('statuses.title')}**")
    with st.grid(INPUTS_BESIDE, min_column_width=NARROWEST_INPUT, gap="small"):
        for at, one in enumerate(candidate.proposal.statuses[:MOST_INPUTS]):
            st.selectbox(
                plain(one.status),
                LINE_TYPES,
                index=LINE_TYPES.index(one.line_type),
                key=f"status_{at}_{candidate.key}",
                format_func=lambda kind: say(f"line_types.{kind}"),
            )


def said(candidate: Candidate) -> dict[str, str]:
    """status → line type where the person chose another one, now or before."""
    if candidate.proposal is None:
        return {}
    before = candidate.hints.line_types
    chosen = {
        one.status: str(st.session_state.get(f"status_{at}_{candidate.key}") or one.line_type)
        for at, one in enumerate(candidate.proposal.statuses[:MOST_INPUTS])
    }
    now = {one.status: one.line_type for one in candidate.proposal.statuses}
    return {
        status: kind for status, kind in chosen.items() if kind != now[status] or status in before
    }


def _rule(rule: str) -> str:
    key = f"statuses.rule_{rule or 'none'}"
    if has(key):
        return say(key)
    word = rule.strip("*")
    return say("statuses.holds" if word != rule else "statuses.reads", word=word)
