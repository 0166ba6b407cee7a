"""The import page from top to bottom."""

from __future__ import annotations

import streamlit as st

from chanplan.domain.tables import all_tables
from chanplan.language import Language
from chanplan.reports import templates
from chanplan.ui.imports import again, ask, card, desk, late, pick, results, run, underway, units
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.session import language, say

# What stood on the page before does not stand greyed below the progress until it ends.
_LEFT_BEHIND = (
    "<style>[data-testid=stMain] :is([data-stale=true], [data-testid=stExpander])"
    " { display: none }</style><i></i>"
)
# So few files are shown opened; more would push the button off the screen.
OPENED = 1


def show() -> None:
    """A running import and its result take the page; else the desk."""
    active = run.current()
    if active is not None:
        if active.running:
            gone, place = st.empty(), st.empty()
            gone.html(_LEFT_BEHIND)
            with place:
                underway.stop_button(active)
            run.watch(active)
            place.empty()
            gone.empty()
        active.seen = True
        results.show(active)
        return
    underway.banner()
    desk.take(pick.arrivals())
    found = desk.candidates()
    if found:
        _desk(found)
    pick.inbox()
    _templates()


def _desk(found: list[Candidate]) -> None:
    ask.questions(found)
    units.questions(found)
    again.settle(found)
    late.settle(found)
    ready = [candidate for candidate in found if candidate.ready]
    st.markdown(_state(found, len(ready)))
    with st.container(horizontal=True):
        label = say(_button(len(ready), len(found)), count=len(ready))
        st.button(
            label,
            key="import_load",
            type="primary",
            disabled=not ready,
            icon=":material/download_done:",
            on_click=_load,
        )
        st.button(say("imports.clear"), on_click=_clear, icon=":material/delete_sweep:")
    for candidate in found:
        card.card(candidate, expanded=len(found) <= OPENED or _asks(candidate))


def _button(ready: int, found: int) -> str:
    """Which words tell what the button loads: the file, all of them, or those that are ready."""
    if not ready:
        return "imports.load_none"
    if ready < found:
        return "imports.load_some"
    return "imports.load" if ready > 1 else "imports.load_one"


def _asks(candidate: Candidate) -> bool:
    """Whether a person has something to decide in its card."""
    return candidate.undecided or bool(candidate.closed)


def _clear() -> None:
    pick.release([candidate.key for candidate in desk.candidates()])
    desk.clear()


def _load() -> None:
    """Everything that is ready; what cannot be read goes along to be told in the result."""
    found = desk.candidates()
    run.start([each for each in found if each.ready or (each.fault and not each.stopped)])


def _state(found: list[Candidate], ready: int) -> str:
    """3 个文件：2 个可以导入，1 个需要回答。"""
    asking = sum(bool(each.open_questions()) or each.undecided or each.shut_out for each in found)
    stopped = sum(candidate.stopped for candidate in found)
    known = sum(candidate.known is not None for candidate in found)
    faulty = sum(candidate.fault is not None for candidate in found) - stopped
    parts = [say("imports.count", count=len(found)), say("imports.count_ready", count=ready)]
    if asking:
        parts.append(say("imports.count_asking", count=asking))
    if known:
        parts.append(say("imports.count_known", count=known))
    if stopped:
        parts.append(say("imports.count_stopped", count=stopped))
    if faulty:
        parts.append(say("imports.count_faulty", count=faulty))
    return say("imports.count_join").join(parts)


def _templates() -> None:
    with st.expander(say("templates.title")):
        st.caption(say("templates.help"))
        with st.container(horizontal=True):
            for name, declared in all_tables().items():
                st.download_button(
                    templates.title(declared, language()),
                    _made(name, language()),
                    templates.file_name(name, language()),
                    key=f"template_{name}",
                    on_click="ignore",
                    icon=":material/download:",
                )


@st.cache_data(max_entries=64, show_spinner=False)
def _made(name: str, reader: Language) -> bytes:
    return templates.template(name, reader)
