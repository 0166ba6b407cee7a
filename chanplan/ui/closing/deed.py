"""Close a month, or open it again: a reason, and one press."""

from __future__ import annotations

from typing import cast

import streamlit as st

from chanplan.domain.closing import SNAP_KINDS, SnapKind
from chanplan.domain.errors import ChanplanError
from chanplan.language import explain
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace

_SAID, _KIND, _REASON, _FORCE = "close_said", "close_kind", "close_reason", "close_force"
_WIDTH = 640


def offer(month: int) -> None:
    """What can be done with the month today; what was just done is said once."""
    if told := st.session_state.pop(_SAID, None):
        kind, sentence = told
        (st.success if kind == "done" else st.error)(sentence)
    with st.container(width=_WIDTH):
        if month in workspace().closings.closed():
            _reopening(month)
        else:
            _closing(month)


def _closing(month: int) -> None:
    why = workspace().closings.refusal(month)
    if why is not None and why.code != "month_not_over":
        st.caption(plain(explain(why, language())))
        return
    with st.expander(say("closing.title_open", month=figures().month(month)), key="close_open"):
        names = {kind: say(f"closing.kind_{kind}") for kind in SNAP_KINDS}
        st.radio(
            say("closing.kind"), SNAP_KINDS, index=len(SNAP_KINDS) - 1, key=_KIND,
            format_func=names.__getitem__,
            captions=[say(f"closing.kind_{kind}_help") for kind in SNAP_KINDS],
        )  # fmt: skip
        st.text_input(say("closing.reason"), key=_REASON, placeholder=say("closing.reason_hint"))
        forced = why is None
        if why is not None:
            forced = st.checkbox(say("closing.force", until=why.values["until"]), key=_FORCE)
        st.button(
            say("closing.close"), key="close_do", type="primary", icon=":material/lock:",
            disabled=not forced, on_click=_close, args=(month,),
        )  # fmt: skip


def _reopening(month: int) -> None:
    with st.expander(say("closing.reopen"), key="close_reopen"):
        st.caption(say("closing.reopen_help"))
        st.text_input(say("closing.reason"), key=_REASON, placeholder=say("closing.reopen_hint"))
        st.button(
            say("closing.reopen"), key="reopen_do", icon=":material/lock_open:",
            on_click=_reopen, args=(month,),
        )  # fmt: skip


def _close(month: int) -> None:
    kind = cast(SnapKind, st.session_state[_KIND])
    reason = _reason()
    try:
        made = workspace().closings.close(month, kind, reason, bool(st.session_state.get(_FORCE)))
    except ChanplanError as fault:
        _say("fault", plain(explain(fault, language())))
        return
    _say("done", say(f"closing.made_{kind}", month=figures().month(month), number=made.id))


def _reopen(month: int) -> None:
    reason = _reason()
    if not reason:
        _say("fault", say("closing.reason_needed"))
        return
    try:
        workspace().closings.reopen([month], reason)
    except ChanplanError as fault:
        _say("fault", plain(explain(fault, language())))
        return
    _say("done", say("closing.reopened", month=figures().month(month)))


def _reason() -> str | None:
    told = str(st.session_state.get(_REASON) or "").strip()
    st.session_state[_REASON] = ""
    return told or None


def _say(kind: str, sentence: str) -> None:
    st.session_state[_SAID] = (kind, sentence)
