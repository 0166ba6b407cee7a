"""An import that somebody has started: how far it is, for everyone, and what came of the last."""

from __future__ import annotations

import streamlit as st

from chanplan.ui import navigation
from chanplan.ui.imports import run
from chanplan.ui.imports.run import Run
from chanplan.ui.session import figures, say
from chanplan.ui.worker import Task, worker
from chanplan.workspace import author

# Others need not see every file; once a second is often enough.
LOOK_EVERY = "1s"


def banner() -> None:
    """On the import page: what the worker is at for somebody else, else the last result."""
    task = worker().at_work()
    if task is not None:
        with st.container(border=True, key="import_underway"):
            st.fragment(_progress, run_every=LOOK_EVERY)(task, "work.others")
            if isinstance(task, Run) and task.by == author():
                stop_button(task)
        return
    done = run.last()
    if done is not None and not done.seen:
        with st.container(border=True, key="import_last"):
            st.markdown(_last(done))
            st.button(
                say("work.show_result"),
                key="show_last_run",
                icon=":material/receipt_long:",
                on_click=run.show_again,
                args=(done,),
            )


def stop_button(task: Run) -> None:
    """Whoever has started an import may stop it, in this tab or when coming back."""
    st.button(
        say("imports.stop"),
        key="import_stop",
        icon=":material/stop_circle:",
        disabled=task.stopping,
        on_click=task.stop,
        help=say("imports.stop_help"),
    )


def sign(page: str) -> None:
    """In the sidebar of every other page: that something is under way, or that it has ended."""
    if page == navigation.IMPORTS:
        return
    task, own = worker().at_work(), run.current()
    with st.sidebar:
        if task is not None:
            with st.container(border=True, key="work_sign"):
                st.fragment(_progress, run_every=LOOK_EVERY)(task, "work.sign")
        elif own is not None and not own.seen:
            with st.container(border=True, key="work_sign"):
                st.markdown(f":material/check_circle: {say('work.ended')}")
                navigation.link(navigation.IMPORTS)


def _progress(task: Task, words: str) -> None:
    """Drawn anew by itself; when the task ends, the whole page is."""
    if not task.running:
        st.rerun()
    told = say(words, told=task.told(), by=task.by, at=task.asked_at.strftime("%H:%M"))
    st.progress(min(task.share(), 1.0), text=told)


def _last(done: Run) -> str:
    return say(
        "work.last",
        at=done.asked_at.strftime("%H:%M"),
        by=done.by,
        files=len(done.jobs),
        rows=figures().count(done.rows()),
    )
