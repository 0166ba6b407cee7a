"""Names that people give to groups, and taking the last deed back."""

from __future__ import annotations

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.reports.cluster_names import by_traits
from chanplan.ui.clusters.asking import REFUSED, Shown
from chanplan.ui.session import language, say, workspace
from chanplan.workspace.customers import cluster_names
from chanplan.workspace.customers.cluster_names import LONGEST_NAME


def show(shown: Shown) -> None:
    """A field for every kept group; the button that undoes the last deed."""
    population = shown.asked.population
    last = cluster_names.last(workspace().store, population)
    if last is None:
        return
    st.header(say("clusters.rename"), anchor=False)
    st.caption(say("clusters.rename_says"))
    with st.form(f"clusters_names_{population}", border=False):
        keys = {}
        for one in last.fit.known:
            key = f"clusters_name_{population}_{one.id}_{one.called}"
            traits = by_traits(one.name, language())
            st.text_input(traits, one.called or "", LONGEST_NAME, key=key, placeholder=traits)
            keys[one.id] = key
        st.form_submit_button(
            say("clusters.rename_go"), on_click=_call, args=(population, keys),
            icon=":material/edit:",
        )  # fmt: skip
    if last.undo in ("kept", "renamed"):
        st.button(
            say(f"clusters.back_{last.undo}"), key="clusters_back", on_click=_back,
            args=(population,), icon=":material/undo:", type="tertiary",
        )  # fmt: skip


def _call(population: str, keys: dict[int, str]) -> None:
    """A refusal is told once, where the page begins."""
    try:
        wanted = {which: str(st.session_state[key]) for which, key in keys.items()}
        cluster_names.call_all(workspace(), population, wanted)
    except ChanplanError as error:
        st.session_state[REFUSED] = error


def _back(population: str) -> None:
    cluster_names.take_back(workspace(), population)
