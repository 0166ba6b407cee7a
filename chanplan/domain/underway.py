"""How far an import is, told by whoever does it, asked by who watches; and the wish to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from chanplan.domain.errors import CancelledError

# Looked at, its rows put into the store, what is summed up of them.
Stage = Literal["read", "load", "sum"]
STAGES: tuple[Stage, ...] = get_args(Stage)
# Percent that each takes of a text of a million lines.
_PERCENT: dict[Stage, int] = {"read": 15, "load": 45, "sum": 40}
# A wish to stop that falls between two statements is said again so often.
_AGAIN_SECONDS = 0.05


class Underway:
    """One file on its way in. It is told a stage as it begins, and asked by other threads."""

    def __init__(self) -> None:
        self.stage: Stage = "read"
        self.stopped = False
        self._changing = threading.Lock()
        self._interrupt: Callable[[], None] | None = None

    def now(self, stage: Stage) -> None:
        """The stage begins. CancelledError where somebody has wished that it does not."""
        self.check()
        self.stage = stage

    def check(self) -> None:
        """CancelledError where somebody has wished to stop."""
        if self.stopped:
            raise CancelledError("import_cancelled")

    def share(self) -> float:
        """How much of it is done, 0…1: the stages that are over."""
        over = STAGES[: STAGES.index(self.stage)]
        return sum(_PERCENT[stage] for stage in over) / 100

    def stop(self) -> None:
        """Have it stopped and taken back, as long as it is not written down for good."""
        if not self.stopped:
            self.stopped = True
            threading.Thread(target=self._insist, daemon=True).start()

    @contextmanager
    def stoppable(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Within, whoever wishes to stop has a running statement end at once."""
        with self._changing:
            self._interrupt = interrupt
        try:
            self.check()
            yield
        finally:
            with self._changing:
                self._interrupt = None

    def _insist(self) -> None:
        while True:
            with self._changing:
                if self._interrupt is None:
                    return
                self._interrupt()
            time.sleep(_AGAIN_SECONDS)
