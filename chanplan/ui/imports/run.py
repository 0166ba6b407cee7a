"""Loading the files on the desk, one after the other, in a thread of its own.

A click or a closed tab stops the page's script but not an import half way: it finishes or
rolls back in its thread, and the page shows its state when it is next drawn.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Thread

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import guard
from chanplan.ui.imports.desk import Candidate
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.workspace import Outcome, Workspace

_RUN = "import_run"
# Often enough to look alive, seldom enough to leave the processor to the import.
LOOK_EVERY_SECONDS = 0.15


@dataclass
class Job:
    """One file's import: waiting until it has an outcome or a fault."""

    candidate: Candidate
    outcome: Outcome | None = None
    fault: ChanplanError | str | None = None

    @property
    def name(self) -> str:
        """What the person called the file."""
        return self.candidate.name


@dataclass
class Run:
    """All files of one press of the button."""

    jobs: Sequence[Job]
    at: int = 0
    thread: Thread | None = field(default=None, repr=False)

    def start(self, space: Workspace) -> None:
        """Begin, and return at once."""
        self.thread = Thread(target=self._work, args=(space,), name="chanplan-import")
        self.thread.start()

    @property
    def running(self) -> bool:
        """Whether files are still being loaded."""
        return self.thread is not None and self.thread.is_alive()

    def _work(self, space: Workspace) -> None:
        for at, job in enumerate(self.jobs):
            self.at = at
            if job.fault is not None:
                continue
            try:
                job.outcome = _load(space, job.candidate)
            except ChanplanError as error:
                job.fault = error
            except Exception:  # noqa: BLE001 - a failure does not stop the other files
                job.fault = guard.log()
        self.at = len(self.jobs)


def current() -> Run | None:
    """The last run of this session, running or done."""
    run: Run | None = st.session_state.get(_RUN)
    return run


def start(chosen: Sequence[Candidate], space: Workspace) -> None:
    """Load these files; those that cannot be read are told in the result, too."""
    run = Run([Job(candidate, fault=candidate.fault) for candidate in chosen])
    st.session_state[_RUN] = run
    run.start(space)


def forget() -> None:
    """Put the last run's result away."""
    st.session_state.pop(_RUN, None)


def watch(run: Run) -> None:
    """Show the progress until the run is done."""
    bar = st.progress(0.0)
    while run.running:
        at = min(run.at, len(run.jobs) - 1)
        told = say("imports.loading", name=plain(run.jobs[at].name), at=at + 1, count=len(run.jobs))
        bar.progress(run.at / len(run.jobs), text=told)
        time.sleep(LOOK_EVERY_SECONDS)
    bar.empty()


def _load(space: Workspace, candidate: Candidate) -> Outcome:
    """Inspected anew with the same hints: the page may have been open for a long time."""
    proposal = space.inspect(candidate.original, candidate.hints)
    return space.load(candidate.original, proposal, candidate.takes)
