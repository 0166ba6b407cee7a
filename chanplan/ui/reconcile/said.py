"""What came of the last deed on the page, told once, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import guard, undo
from chanplan.ui.session import figures, say, workspace

_SAID = "reconcile_said"


def deed(act: Callable[[], object], word: str, way_back: bool = True) -> None:
    """In a callback: do it; what came of it is told where the page begins, with the way back
    where it was an import."""
    try:
        act()
    except ChanplanError as error:
        st.session_state[_SAID] = error
    else:
        st.session_state[_SAID] = (say(word), way_back)


def told() -> None:
    """What came of it, once, with the way back."""
    refused = st.session_state.pop(undo.REFUSED, None)
    said = st.session_state.pop(_SAID, refused)
    if isinstance(said, ChanplanError):
        guard.show(said)
    elif said is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            sentence, way_back = said
            st.success(sentence, icon=":material/check_circle:")
            if way_back:
                undo.button(workspace().imports.all())


def closed(months: list[int]) -> None:
    """A preview tells of closed months, which nothing may move."""
    if months:
        named = [figures().month(month) for month in sorted(months)]
        st.error(say("reconcile.closed", months=named), icon=":material/lock:")
