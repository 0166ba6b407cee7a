"""Units that the product table does not know: asked once for all files, and free to be left."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chanplan.ingest.told import UnitAsked
from chanplan.ui.imports import desk
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.plain import plain
from chanplan.ui.session import say

# The number stands in one line with its buttons.
INPUT_WIDTH = 220


def questions(candidates: Sequence[Candidate]) -> None:
    """One card for each unit; nobody has to answer."""
    asked: dict[str, list[tuple[Candidate, UnitAsked]]] = {}
    for candidate in candidates:
        for one in candidate.proposal.units if candidate.proposal else ():
            asked.setdefault(one.unit, []).append((candidate, one))
    for at, (unit, files) in enumerate(asked.items()):
        bases = dict.fromkeys(base for _, one in files for base in one.bases)
        _card(at, unit, list(bases), [candidate.key for candidate, _ in files])


def _card(at: int, unit: str, bases: list[str], keys: list[str]) -> None:
    name = plain(unit)
    with st.container(border=True, key=f"unit_card_{at}"):
        st.markdown(f"**{say('units_asked.title', unit=name, count=len(keys))}**")
        st.caption(say("units_asked.help"))
        base = say("units_asked.or").join(map(plain, bases))
        with st.form(f"unit_{at}", border=False):
            st.number_input(
                say("units_asked.factor", unit=name, base=base),
                min_value=0.0,
                value=None,
                step=1.0,
                format="%g",
                key=_key(at),
                width=INPUT_WIDTH,
            )
            with st.container(horizontal=True):
                st.form_submit_button(
                    say("imports.answer"),
                    key=f"unit_said_{at}",
                    type="primary",
                    on_click=_said,
                    args=(at, unit, keys),
                )
                st.form_submit_button(
                    say("units_asked.apart"),
                    key=f"unit_apart_{at}",
                    on_click=desk.answer_unit,
                    args=(unit, "", keys),
                )


def _said(at: int, unit: str, keys: list[str]) -> None:
    """Nothing typed in answers nothing."""
    factor = st.session_state.get(_key(at))
    if factor:
        desk.answer_unit(unit, f"{factor:g}", keys)


def _key(at: int) -> str:
    return f"unit_factor_{at}"
