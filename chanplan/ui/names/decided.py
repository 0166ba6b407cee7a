"""What was decided on names, by whom and when; every decision can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chanplan.ui import figure, history
from chanplan.ui.names.deciding import decide, page_of, pages
from chanplan.ui.names.shown import keyed, shown
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.workspace import Decision


def show(done: Sequence[Decision]) -> None:
    """Names taken together, the newest first; those told apart behind a fold."""
    together = [one for one in done if one.says == "accept"]
    apart = [one for one in done if one.says == "refuse"]
    if together:
        _listed(together, "names_together")
    else:
        st.markdown(say("names.none_decided"))
    if apart:
        with st.expander(say("names.apart", count=len(apart))):
            _listed(apart, "names_apart")


def _listed(decisions: Sequence[Decision], key: str) -> None:
    if len(decisions) > 1:
        st.button(
            say("names.back_all", count=len(decisions)),
            key=f"{key}_back",
            icon=":material/undo:",
            on_click=decide,
            args=("back", [one.pair for one in decisions]),
        )
    for one in decisions[page_of(len(decisions), key)]:
        _row(one)
    pages(len(decisions), key)


def _row(said: Decision) -> None:
    pair, names = said.pair, (said.pair.name, said.pair.master)
    when = say(
        "names.when",
        dimension=figure.dimension_name(pair.dimension),
        day=history.moment(said.at),
        by=plain(said.by),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{_told(said)}  \n:small[{when}]", width="stretch")
        st.button(
            say("names.back"),
            key="_".join(["back", pair.dimension, *(keyed(pair.dimension, one) for one in names)]),
            icon=":material/undo:",
            on_click=decide,
            args=("back", [pair]),
        )


def _told(one: Decision) -> str:
    of = one.pair.dimension
    names = {"name": plain(shown(of, one.pair.name)), "master": plain(shown(of, one.pair.master))}
    if one.says == "refuse":
        return say("names.told_apart", **names)
    if one.stands_for != one.pair.master:
        return say("names.told_chain", top=plain(shown(of, one.stands_for or "")), **names)
    return say("names.told", **names)
