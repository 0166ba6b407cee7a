"""Views by name: kept for everyone, opened with one click, renamed, taken away and brought back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

import streamlit as st

from chanplan.domain.errors import ViewNameError
from chanplan.ui import address, guard, history
from chanplan.ui.plain import plain
from chanplan.ui.session import LANGUAGE_KEY, say, workspace
from chanplan.workspace import SavedView

# A view opens in its reader's language, not in its author's.
KEPT = (LANGUAGE_KEY,)
_NEW, _DROPPED, _REFUSED = "view_new", "view_dropped", "view_refused"


def show() -> None:
    """The views that there are, and a field to keep the one on the page."""
    views = workspace().views.all()
    with st.expander(say("views.title", count=len(views)), key="views"):
        if not views:
            st.caption(say("views.none"))
        for at, view in enumerate(views):
            _row(at, view)
        _dropped()
        with (
            st.form("view_form", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            st.text_input(say("views.name"), key=_NEW, placeholder=say("views.name_hint"))
            st.form_submit_button(say("views.save"), on_click=_save, icon=":material/bookmark_add:")
        refused = st.session_state.pop(_REFUSED, None)
        if refused is not None:
            guard.show(refused)


def _row(at: int, view: SavedView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        told = say("views.of", by=plain(view.by), at=history.moment(view.at))
        st.button(
            plain(view.name),
            f"view_{at}",
            on_click=_open,
            args=(view.query,),
            help=told,
            icon=":material/bookmark:",
        )
        with st.popover(say("views.change"), type="tertiary", icon=":material/edit:"):
            st.text_input(say("views.name"), view.name, key=f"view_name_{at}_{view.name}")
            st.button(
                say("views.rename"), f"view_rename_{at}", on_click=_rename, args=(at, view.name)
            )
            st.button(say("views.drop"), f"view_drop_{at}", on_click=_drop, args=(view,))


def _dropped() -> None:
    """The view just taken away, to be brought back."""
    gone: SavedView | None = st.session_state.get(_DROPPED)
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("views.dropped", name=plain(gone.name)), width="content")
        st.button(
            say("views.back"), "view_back", on_click=_bring_back, args=(gone,), type="tertiary"
        )


def _open(query: str) -> None:
    address.go(parse_qs(query, keep_blank_values=True), KEPT)


def _save() -> None:
    query = urlencode(address.said(KEPT), doseq=True)
    if _may(lambda: workspace().views.save(st.session_state[_NEW], query)):
        st.session_state[_NEW] = ""


def _rename(at: int, name: str) -> None:
    wanted = st.session_state[f"view_name_{at}_{name}"]
    _may(lambda: workspace().views.rename(name, wanted))


def _drop(view: SavedView) -> None:
    workspace().views.drop(view.name)
    st.session_state[_DROPPED] = view


def _bring_back(view: SavedView) -> None:
    st.session_state.pop(_DROPPED, None)
    workspace().views.save(view.name, view.query)


def _may(deed: Callable[[], None]) -> bool:
    """Whether a deed was done; a refusal is told where the views are."""
    try:
        deed()
    except ViewNameError as error:
        st.session_state[_REFUSED] = error
        return False
    return True
