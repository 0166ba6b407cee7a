"""Two names set by hand: a member, and the one it goes by."""

from __future__ import annotations

import streamlit as st

from chanplan.domain.names import MATCHED, Pair
from chanplan.ui import figure, session
from chanplan.ui.names.deciding import taken
from chanplan.ui.names.shown import shown
from chanplan.ui.session import say

# Members offered in a list; any other name can be typed.
MOST_OFFERED = 5_000
NARROWEST_INPUT = 220
_DIMENSION, _NAME, _MASTER = "names_dimension", "names_name", "names_master"


def show() -> None:
    """Three inputs and a button; only dimensions that the files name are offered."""
    offered = {name: figure.dimension_name(name) for name in MATCHED if session.members(name)}
    if not offered:
        return
    with st.grid(3, min_column_width=NARROWEST_INPUT, gap="small"):
        dimension = st.selectbox(
            say("names.dimension"),
            list(offered),
            key=_DIMENSION,
            format_func=offered.__getitem__,
        )
        members = session.members(dimension)[:MOST_OFFERED]
        name = _choice(_NAME, dimension, members, "names.name", "names.name_hint")
        master = _choice(_MASTER, dimension, members, "names.master", "names.master_hint")
    st.button(
        say("names.set"),
        key="names_set",
        icon=":material/link:",
        disabled=not (name and master) or name == master,
        on_click=_set,
        args=(Pair(dimension, name or "", master or ""),),
    )


def _set(pair: Pair) -> None:
    """Once taken in, both inputs are empty for the next two names."""
    if taken("accept", [pair]):
        for key in (_NAME, _MASTER):
            st.session_state[f"{key}_{pair.dimension}"] = None


def _choice(key: str, dimension: str, members: list[str], label: str, hint: str) -> str | None:
    """A member of the list, or a name that is typed."""
    labels = session.labels(dimension)

    def told(one: str) -> str:
        """A code with its name; who is shown masked, masked alone."""
        name = shown(dimension, one)
        return name if name != one or one not in labels else f"{one} {labels[one]}"

    return st.selectbox(
        say(label),
        members,
        index=None,
        key=f"{key}_{dimension}",
        format_func=told,
        placeholder=say(hint),
        accept_new_options=True,
    )
