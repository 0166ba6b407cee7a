"""The first screen of an empty store: two doors, one's own files and a sample company."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import guard, navigation
from chanplan.ui.session import say, workspace
from chanplan.workspace import Workspace, sample_company

_RUN = "sample_run"
# Often enough to look alive, seldom enough to leave the processor to the import.
LOOK_EVERY_SECONDS = 0.15
# Pixels. Both doors are as high as the taller one needs, whichever is being entered; both
# stand in sight of each other on the widest screen.
DOOR_HEIGHT = 230
DOORS_WIDTH = 980


@dataclass
class Run:
    """The sample company on its way in, in a thread of its own: a click does not stop it."""

    done: int = 0
    steps: int = 1
    fault: ChanplanError | str | None = None
    thread: Thread | None = field(default=None, repr=False)

    def start(self, space: Workspace) -> None:
        """Begin, and return at once."""
        self.thread = Thread(target=self._work, args=(space,), name="chanplan-sample")
        self.thread.start()

    @property
    def running(self) -> bool:
        """Whether files are still coming in."""
        return self.thread is not None and self.thread.is_alive()

    def _work(self, space: Workspace) -> None:
        try:
            sample_company.take_in(space, self._tell)
        except ChanplanError as error:
            self.fault = error
        except Exception:  # noqa: BLE001 - the reference into the log is told on the page
            self.fault = guard.log()

    def _tell(self, done: int, steps: int) -> None:
        self.done, self.steps = done, steps


def doors() -> None:
    """Upload your files, or look around; while the sample comes in, its door shows how far."""
    with st.container(width=DOORS_WIDTH):
        left, right = st.columns(2, gap="medium")
    with left, _door("upload", ":material/upload_file:"):
        if st.button(say("welcome.upload_go"), key="door_upload", type="primary", width="stretch"):
            st.switch_page(navigation.path(navigation.IMPORTS))
    with right, _door("sample", ":material/storefront:"):
        _sample()


@contextmanager
def _door(name: str, icon: str) -> Iterator[None]:
    """A card: what is behind it at the top, the handle at the bottom."""
    count = sample_company.file_count()
    with st.container(
        border=True, height=DOOR_HEIGHT, vertical_alignment="distribute", key=f"card_{name}"
    ):
        with st.container():
            st.header(f"{icon} {say(f'welcome.{name}_title')}", anchor=False)
            st.markdown(say(f"welcome.{name}_says", files=count))
        with st.container():
            yield


def _sample() -> None:
    run: Run | None = st.session_state.get(_RUN)
    if run is not None and run.running:
        _watch(run)
        st.rerun()
    if run is not None and run.fault is not None:
        fault = run.fault
        if isinstance(fault, ChanplanError):
            guard.show(fault)
        else:
            st.error(say("errors.unexpected", reference=fault), icon=":material/error:")
    st.button(say("welcome.sample_go"), key="door_sample", width="stretch", on_click=_start)


def _start() -> None:
    run = Run()
    st.session_state[_RUN] = run
    run.start(workspace())


def _watch(run: Run) -> None:
    bar = st.progress(0.0)
    while run.running:
        files = run.steps // 2
        read = run.done < files
        at = min(files, run.done % files + 1 if files else 1)
        told = say("welcome.sample_read" if read else "welcome.sample_kept", at=at, of=files)
        bar.progress(run.done / run.steps, text=told)
        time.sleep(LOOK_EVERY_SECONDS)


def sample_notice() -> None:
    """In the sidebar while the sample company counts: what one is looking at, and the way out."""
    if not _in_sample(str(workspace().settings.home), workspace().version):
        return
    with st.sidebar, st.container(border=True):
        st.markdown(f":material/storefront: {say('welcome.in_sample')}")
        with st.popover(say("welcome.leave"), width="stretch"):
            st.markdown(say("welcome.leave_says"))
            if st.button(say("welcome.leave_go"), key="leave_sample", type="primary"):
                sample_company.leave(workspace())
                st.switch_page(navigation.path(navigation.OVERVIEW))


@st.cache_data(max_entries=8, show_spinner=False)
def _in_sample(home: str, version: int) -> bool:
    return bool(sample_company.taken_in(workspace()))
