"""What opening the store had to mend, told once to everyone on the page they are on."""

from __future__ import annotations

import streamlit as st

from chanplan.reports import opening
from chanplan.ui import caring
from chanplan.ui.plain import plain
from chanplan.ui.session import language, say, workspace
from chanplan.ui.worker import worker

_READ = "opening_read"


def notes() -> None:
    """Each in a box until the reader has read them; nothing where nothing was mended."""
    told = [*_rebuilt(), *opening.mended(workspace(), language())]
    if not told or st.session_state.get(_READ) == told:
        return
    with st.container(key="opening"):
        st.info("\n\n".join(plain(sentence) for sentence in told), icon=":material/healing:")
        st.button(say("work.read"), key="opening_read_button", on_click=_read, args=(told,))


def _rebuilt() -> list[str]:
    task = worker().last(caring.Rebuilding)
    if task is None or task.made is None:
        return []
    said = say("made_anew.rebuilt", batches=task.made.batches)
    return [" ".join([said, *opening.compared(task.made, language())])]


def _read(told: list[str]) -> None:
    st.session_state[_READ] = told
