"""How far a long command is: one line that is written over, for a person who is watching."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, TextIO

from chanplan.commands import frame
from chanplan.language.words import text

Progress = Callable[[int, int], None]
Stage = Literal["keep", "read", "load"]

# Tenths of the time that a text of five million lines takes: its copy, its cells, its rows.
_TENTHS: dict[Stage, tuple[int, int]] = {"keep": (0, 1), "read": (1, 3), "load": (4, 6)}
# Often enough to be seen moving, seldom enough to cost nothing.
_SECONDS = 0.2
# Back to the line's beginning, and nothing left of what stood there.
_OVER = "\r\x1b[K"


def shown(quiet: bool = False) -> Progress | None:
    """Takes (steps done, steps in all); None where nobody watches the error stream."""
    return None if quiet or not sys.stderr.isatty() else _Line(sys.stderr).steps


def of_files(sizes: Sequence[int], staged: Callable[[], int], quiet: bool) -> Files:
    """The progress of an import of files of so many bytes.

    staged  how many bytes of the file at hand have been cut into cells so far
    """
    watched = not quiet and sys.stderr.isatty()
    return Files(_Line(sys.stderr) if watched else None, sizes, staged)


class Files:
    """How far an import is: the file at hand, its stage, and the share of all bytes done.

    A stage counts once it is over; while a text is read, as much of it as lies in staging.
    """

    def __init__(self, line: _Line | None, sizes: Sequence[int], staged: Callable[[], int]) -> None:
        self._line = line
        self._sizes = sizes
        self._staged = staged
        self._at, self._name, self._started = 0, "", time.monotonic()
        self._stage: Stage = "keep"
        self._done = threading.Event()

    @contextmanager
    def watching(self) -> Iterator[Files]:
        """Say how far it is until the block ends; then nothing of it stays on the screen."""
        if self._line is None:
            yield self
            return
        teller = threading.Thread(target=self._tell, daemon=True)
        teller.start()
        try:
            yield self
        finally:
            self._done.set()
            teller.join()
            self._line.clear()

    def begin(self, at: int, name: str) -> None:
        """The file `at` (from 0) is at hand."""
        self._at, self._name, self._stage = at, name, "keep"
        self._started = time.monotonic()

    def now(self, stage: Stage) -> None:
        """What becomes of it next."""
        self._stage = stage

    def share(self) -> float:
        """How much of all bytes is done, 0 to 1; it never goes back."""
        size = self._sizes[self._at] if self._at < len(self._sizes) else 0
        before, tenths = _TENTHS[self._stage]
        read = min(self._staged() / size, 1.0) if self._stage == "read" and size else 0.0
        done = sum(self._sizes[: self._at]) + size * (before + tenths * read) / 10
        return done / max(sum(self._sizes), 1)

    def sentence(self) -> str:
        """2/5 orders.csv · reading · 43 % · 12 s."""
        return text(
            frame.language(),
            "commands.progress",
            at=self._at + 1,
            of=len(self._sizes),
            file=self._name,
            stage=text(frame.language(), f"commands.stage_{self._stage}"),
            share=f"{self.share():.0%}",
            seconds=int(time.monotonic() - self._started),
        )

    def _tell(self) -> None:
        assert self._line is not None
        while not self._done.wait(_SECONDS):
            self._line.write(self.sentence())


class _Line:
    """One line of a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, told: str) -> None:
        self._stream.write(f"{_OVER}{told}")
        self._stream.flush()

    def clear(self) -> None:
        self.write("")

    def steps(self, done: int, steps: int) -> None:
        self.write(f"{done / max(steps, 1):4.0%}")
        if done >= steps:
            self.clear()
