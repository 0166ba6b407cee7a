"""Looking at the files on the desk: how far that is, and a way to stop it.

In a thread of its own, so that a click or a slow file breaks nothing: the page watches, and finds
the same look when it is drawn anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from chanplan.domain.underway import Underway
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.ui.worker import Task

_LOOKING = "import_looking"
# Small files are seen at once; what takes longer can be stopped.
SOON_SECONDS = 0.05
LONG_SECONDS = 1.5


@dataclass
class Looking(Task):
    """The files that are looked at in one go."""

    unseen: Sequence[Candidate]
    # Which file is at hand and how far it is: changed at once, so that the share never goes back.
    hand: tuple[int, Underway] = field(default_factory=lambda: (0, Underway()))
    stopping: bool = False
    since: float = field(default_factory=time.monotonic)
    thread: threading.Thread | None = None

    def work(self) -> None:
        """One after the other; what comes after a wish to stop is not looked at."""
        for at, candidate in enumerate(self.unseen):
            underway = Underway()
            self.hand = (at, underway)
            if self.stopping:
                underway.stop()
            candidate.inspect(underway)

    def share(self) -> float:
        """Bytes looked at, of all: files that are over, and of the one at hand its stages."""
        sizes = [1 + (one.original.size if one.original else 0) for one in self.unseen]
        at, underway = self.hand
        return (sum(sizes[:at]) + sizes[at] * underway.share()) / sum(sizes)

    def told(self) -> str:
        """Which file, what is done with it, and for how long all has taken."""
        at, underway = self.hand
        return say(
            "imports.reading",
            name=plain(self.unseen[at].name),
            at=at + 1,
            count=len(self.unseen),
            stage=say(f"imports.look_{underway.stage}"),
            seconds=int(time.monotonic() - self.since),
        )

    def stop(self) -> None:
        """Leave the file at hand, and those after it."""
        self.stopping = True
        self.hand[1].stop()


def current() -> Looking | None:
    """The look that this session has begun and not yet taken in."""
    task: Looking | None = st.session_state.get(_LOOKING)
    return task


def start(unseen: Sequence[Candidate]) -> Looking:
    """Look at these, in the order given."""
    task = Looking(unseen)
    task.thread = threading.Thread(target=task.run, name="chanplan-look", daemon=True)
    task.thread.start()
    st.session_state[_LOOKING] = task
    return task


def watch(task: Looking) -> None:
    """Show how far it is until it is over; what takes long can be stopped."""
    place = st.empty()
    while task.running and task.thread is not None:
        if time.monotonic() - task.since < LONG_SECONDS:
            place.progress(min(task.share(), 1.0), text=task.told())
            task.thread.join(SOON_SECONDS)
            continue
        with place.container():
            _watch_long(task, task.thread)
    place.empty()


def _watch_long(task: Looking, thread: threading.Thread) -> None:
    bar = st.progress(0.0)
    st.button(
        say("imports.look_stop"),
        key=f"look_stop_{task.since}",
        icon=":material/stop_circle:",
        disabled=task.stopping,
        on_click=task.stop,
    )
    while task.running:
        bar.progress(min(task.share(), 1.0), text=task.told())
        thread.join(3 * SOON_SECONDS)


def forget() -> None:
    """It is over, and what came of it stands on the desk."""
    st.session_state.pop(_LOOKING, None)
