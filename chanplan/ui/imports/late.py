"""A file has lines of closed months: leave it out, or have them count in the first open month."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from chanplan.domain.period import ordinal
from chanplan.domain.posted import Posted
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.session import figures, say

_REFUSE, _POST = "refuse", "post"


def settle(found: Iterable[Candidate]) -> None:
    """What has been chosen, known before the button above the files is drawn."""
    for candidate in found:
        if candidate.closed:
            candidate.late = "post" if st.session_state.get(_key(candidate)) == _POST else None


def decision(candidate: Candidate) -> None:
    """Which closed months, and the choice, with what either does."""
    if not candidate.closed:
        return
    st.markdown(f"**{say('closing.late_title')}**")
    for one in candidate.closed:
        month, lines = figures().month(one.month_from), figures().count(one.lines)
        st.markdown(say("closing.late_found", months=month, lines=lines))
    to = figures().month(max((one.month_to for one in candidate.closed), key=ordinal))
    show = {
        _REFUSE: say("closing.late_refuse"),
        _POST: say("closing.late_post", to=to),
    }
    st.radio(
        say("closing.late_ask"), list(show), index=1 if candidate.late else 0,
        key=_key(candidate), format_func=show.__getitem__,
        captions=[say("closing.late_refuse_help"), say("closing.late_post_help")],
    )  # fmt: skip


def told(one: Posted) -> str:
    """Where late lines count, for the result."""
    return say(
        "closing.posted", month=figures().month(one.month_from), to=figures().month(one.month_to),
        lines=figures().count(one.lines), money=figures().exact(one.money),
    )  # fmt: skip


def _key(candidate: Candidate) -> str:
    return f"late_{candidate.key}"
