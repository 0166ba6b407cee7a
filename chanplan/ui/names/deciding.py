"""A decision on names, from any button of the page; a refusal is told once, where it begins."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.domain.names import Pair, Says
from chanplan.ui.outcome import Outcome
from chanplan.ui.session import say, workspace

# Pairs on one page: as many as a person decides on in one go.
EACH = 10
_SAID = Outcome("names_refused")


def decide(says: Says, pairs: Sequence[Pair]) -> None:
    """What a button does."""
    taken(says, pairs)


def taken(says: Says, pairs: Sequence[Pair]) -> bool:
    """Whether a decision was taken in."""
    try:
        workspace().names.match(says, pairs)
    except ChanplanError as error:
        _SAID.refused(error)
        return False
    return True


def refusal() -> None:
    """Why the last decision was not taken in, if it was not."""
    _SAID.tell()


def page_of(count: int, key: str) -> slice:
    """Which of `count` pairs are on the page that was chosen, see `pages`."""
    last = max(1, -(-count // EACH))
    page = min(int(st.session_state.get(f"{key}_page") or 1), last)
    return slice((page - 1) * EACH, page * EACH)


def pages(count: int, key: str) -> None:
    """The way to the other pages; nothing where there is only one."""
    if count <= EACH:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("names.pages_alt", count=count, each=EACH), width="stretch")
        st.pagination(-(-count // EACH), key=f"{key}_page")
