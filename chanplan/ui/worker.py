"""What takes long is done by one worker of the process, in turn, whoever has asked for it.

A click, a closed tab or another person's task neither breaks nor hides one: tasks live here and
not in anyone's session, so that whoever comes back sees how far they are and what came of them.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Literal, TypeVar

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import faults, session
from chanplan.ui.session import say
from chanplan.workspace import author

# Often enough to look alive, seldom enough to leave the processor to the task.
LOOK_EVERY_SECONDS = 0.15
# Tasks that are done are remembered so far back; a process may live for months.
MOST_DONE = 12

T = TypeVar("T", bound="Task")


@dataclass(kw_only=True)
class Task:
    """Something that takes long. `fault` is why it failed: an error of ours, or a reference
    into the log; `by` the account that asked for it; `seen` whether its end has been told."""

    by: str = field(default_factory=author)
    asked_at: datetime = field(default_factory=lambda: datetime.now().astimezone())
    state: Literal["waiting", "running", "done"] = "waiting"
    fault: ChanplanError | str | None = None
    seen: bool = False

    def work(self) -> None:
        """Do it, in the worker's thread."""
        raise NotImplementedError

    def share(self) -> float:
        """How much of it is done, 0…1."""
        raise NotImplementedError

    def told(self) -> str:
        """What is being done, in the reader's language."""
        raise NotImplementedError

    @property
    def running(self) -> bool:
        """Whether it is still to come or under way."""
        return self.state != "done"

    def run(self) -> None:
        """Do it; whatever happens, its end is known."""
        self.state = "running"
        try:
            self.work()
        except ChanplanError as error:
            self.fault = error
        except Exception:  # noqa: BLE001 - the reference into the log is told on the page
            self.fault = faults.log()
        finally:
            self.state = "done"


class Worker:
    """One thread, and the tasks it was given in the order they came."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "chanplan-worker")
        self._tasks: list[Task] = []
        self._changing = Lock()

    def give(self, task: Task) -> None:
        """Have it done when its turn comes; returns at once."""
        with self._changing:
            done = [one for one in self._tasks if not one.running]
            forgotten = {id(one) for one in done[:-MOST_DONE]}
            self._tasks = [one for one in self._tasks if id(one) not in forgotten] + [task]
            self._thread.submit(task.run)

    def at_work(self) -> Task | None:
        """What is being done now, else what comes next."""
        return next((task for task in list(self._tasks) if task.running), None)

    def before(self, task: Task) -> Task | None:
        """What has to be done before this one can begin."""
        first = self.at_work()
        return None if first is task or task.state != "waiting" else first

    def last(self, kind: type[T]) -> T | None:
        """The newest task of a kind."""
        return next((one for one in reversed(list(self._tasks)) if isinstance(one, kind)), None)

    def rest(self) -> None:
        """Take nothing more; what was given is still done."""
        self._thread.shutdown(wait=False)


def worker() -> Worker:
    """The one of this process."""
    return _worker(session.home())


def watch(task: Task) -> None:
    """Show the progress until it is done; before, whose turn it is."""
    bar = st.progress(0.0)
    while task.running:
        ahead = worker().before(task)
        told = task.told() if ahead is None else say("work.waits", told=ahead.told(), by=ahead.by)
        bar.progress(0.0 if ahead else min(task.share(), 1.0), text=told)
        time.sleep(LOOK_EVERY_SECONDS)
    bar.progress(1.0)
    bar.empty()


# Not an answer that a change of data makes stale, but the place where changes are made.
@st.cache_resource(max_entries=1, show_spinner=False, on_release=Worker.rest)
def _worker(home: str) -> Worker:
    return Worker()
