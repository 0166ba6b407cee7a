"""Loading the files on the desk, one after the other, by the worker of the process.

A click or a closed tab stops the page's script but not an import half way: it finishes or
rolls back in its turn, and the page shows its state when it is next drawn.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.domain.underway import Underway
from chanplan.ui import faults, session
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.ui.worker import Task, watch, worker
from chanplan.workspace import Outcome, Workspace

__all__ = ["Job", "Run", "current", "forget", "last", "show_again", "start", "watch"]

_RUN = "import_run"


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

    @property
    def size(self) -> int:
        """Bytes; an empty file counts, too."""
        return 1 + (self.candidate.original.size if self.candidate.original else 0)


@dataclass
class Run(Task):
    """All files of one press of the button."""

    jobs: Sequence[Job]
    # Which job is at hand and how far it is: changed at once, so that the share never goes back.
    hand: tuple[int, Underway] = field(default_factory=lambda: (0, Underway()))
    stopping: bool = False
    since: float = field(default_factory=time.monotonic)

    def work(self) -> None:
        """Every file in turn; a failure does not stop the others, a person does."""
        self.since = time.monotonic()
        for at, job in enumerate(self.jobs):
            underway = Underway()
            self.hand = (at, underway)
            if self.stopping:
                underway.stop()
            if job.fault is None:
                _do(session.workspace(), job, underway)
        self.hand = (len(self.jobs), Underway())

    def share(self) -> float:
        """Bytes done, of all: files that are over, and of the one at hand its stages."""
        sizes = [job.size for job in self.jobs]
        at, underway = self.hand
        at_hand = sizes[at] * underway.share() if at < len(sizes) else 0
        return (sum(sizes[:at]) + at_hand) / max(sum(sizes), 1)

    def told(self) -> str:
        """Which file is being loaded, what is done with it, and for how long all has taken."""
        at, underway = self.hand
        at = min(at, len(self.jobs) - 1)
        return say(
            "imports.loading",
            name=plain(self.jobs[at].name),
            at=at + 1,
            count=len(self.jobs),
            stage=say(f"imports.stage_{underway.stage}"),
            seconds=int(time.monotonic() - self.since),
        )

    def stop(self) -> None:
        """Take back the file at hand, and leave out those that would come after it."""
        self.stopping = True
        self.hand[1].stop()

    def rows(self) -> int:
        """Rows loaded, of files that were not there before."""
        done = [job.outcome.whole() for job in self.jobs if job.outcome]
        made = [outcome for outcome in done if not outcome.already]
        return sum(outcome.counts.loaded for outcome in made)


def current() -> Run | None:
    """The run this session looks at, running or done."""
    run: Run | None = st.session_state.get(_RUN)
    return run


def last() -> Run | None:
    """The newest run of the process, whoever has started it."""
    return worker().last(Run)


def start(chosen: Sequence[Candidate]) -> Run:
    """Load these files; those that cannot be read are told in the result, too."""
    run = give(chosen)
    show_again(run)
    return run


def give(chosen: Sequence[Candidate]) -> Run:
    """The same, to be looked at elsewhere than on the import page."""
    run = Run([Job(candidate, fault=candidate.fault) for candidate in chosen])
    worker().give(run)
    return run


def show_again(run: Run) -> None:
    """Look at a run that another session may have started."""
    st.session_state[_RUN] = run


def forget() -> None:
    """Put the last run's result away."""
    st.session_state.pop(_RUN, None)


def _do(space: Workspace, job: Job, underway: Underway) -> None:
    """Inspected anew with the same hints: the page may have been open for a long time."""
    original, candidate = job.candidate.original, job.candidate
    try:
        underway.check()
        proposal = space.inspect(original, candidate.hints)
        job.outcome = space.load(
            original, proposal, candidate.takes, late=candidate.late, underway=underway
        )
    except ChanplanError as error:
        job.fault = error
    except Exception:  # noqa: BLE001 - a failure does not stop the other files
        job.fault = faults.log()
