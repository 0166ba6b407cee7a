"""The first screen of an empty store: two doors, one's own files and a sample company."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from chanplan.ui import guard, navigation, session
from chanplan.ui.session import say, workspace
from chanplan.ui.worker import Task, watch, worker
from chanplan.workspace import sample_company

# Pixels. Both doors are as high as the taller one needs, whichever is being entered; both
# stand in sight of each other on the widest screen.
DOOR_HEIGHT = 230
DOORS_WIDTH = 980


@dataclass
class Sample(Task):
    """The sample company on its way in: a click does not stop it, and everyone sees it come."""

    done: int = 0
    steps: int = 1

    def work(self) -> None:
        """All its files in one commit."""
        sample_company.take_in(session.workspace(), self._tell)

    def share(self) -> float:
        """Files looked at and loaded, of twice their number."""
        return self.done / self.steps

    def told(self) -> str:
        """Which file is being read or stored."""
        files = self.steps // 2
        at = min(files, self.done % files + 1 if files else 1)
        read = self.done < files
        return say("welcome.sample_read" if read else "welcome.sample_kept", at=at, of=files)

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
    task = worker().last(Sample)
    if task is not None and task.running:
        watch(task)
        st.rerun()
    if task is not None and task.fault is not None:
        guard.show(task.fault)
    st.button(say("welcome.sample_go"), key="door_sample", width="stretch", on_click=_start)


def _start() -> None:
    worker().give(Sample())


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
