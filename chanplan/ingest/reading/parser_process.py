"""One child process that parses: asked one workbook after the other, it may die at any of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from chanplan.settings import MIB

CHILD = "chanplan.ingest.reading.child"
PROJECT = Path(__file__).resolve().parents[3]
# Waiting time per second of processor time: other work may keep the processors busy.
PATIENCE = 8
# Bytes that a process holds with its libraries and a few sheets.
SMALL = 192 * MIB
# How long one that has closed what it speaks into may take to end.
LAST_SECONDS = 5
# How often memory is looked at where the system cannot limit it (Windows).
GLANCE_SECONDS = 0.05
HAS_LIMITS = os.name == "posix"
# What a child returns that the system ended at its limit of processor time.
OUT_OF_TIME = -signal.SIGXCPU if HAS_LIMITS else None


class ParserProcess:
    """A running child.

    ran_out_of_time  why it did not answer, where that is why
    """

    def __init__(self, *told: str) -> None:
        self.ran_out_of_time = False
        self._child = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", CHILD, *told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def lives(self) -> bool:
        """Whether it can be asked."""
        return self._child.poll() is None

    def is_small(self) -> bool:
        """Whether it holds no more than its libraries and a few sheets."""
        import psutil

        try:
            return int(psutil.Process(self._child.pid).memory_info().rss) < SMALL
        except psutil.NoSuchProcess:
            return False

    def ask(self, request: str, memory: int, seconds: int) -> bytes | None:
        """Its answer to one line, or None where it died of it: within bytes of memory and seconds
        of processor time."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        done = threading.Event()
        late = threading.Timer(seconds * PATIENCE, self._too_late)
        late.daemon = True
        late.start()
        if not HAS_LIMITS:
            share = (memory, seconds, done)
            threading.Thread(target=self._watch, args=share, daemon=True).start()
        try:
            self._child.stdin.write(request.encode() + b"\n")
            self._child.stdin.flush()
            said = self._child.stdout.readline()
        except OSError:  # it was gone before it was asked
            said = b""
        finally:
            late.cancel()
            done.set()
        if said.endswith(b"\n"):
            return said
        self.ran_out_of_time |= self._ended() == OUT_OF_TIME
        return None

    def end(self) -> None:
        """End it, whatever it does."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it was never told
                    pipe.close()

    def _ended(self) -> int:
        """What it returned: it says nothing any more, and is about to end."""
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(LAST_SECONDS)
        self.end()
        return self._child.returncode

    def _too_late(self) -> None:
        self.ran_out_of_time = True
        self._child.kill()

    def _watch(self, memory: int, seconds: int, done: threading.Event) -> None:
        """Ends a child that takes more than its share."""
        import psutil

        try:
            seen = psutil.Process(self._child.pid)
            before = _worked(seen)
            while not done.wait(GLANCE_SECONDS):
                if seen.memory_info().vms > memory or _worked(seen) - before > seconds:
                    self._child.kill()
        except psutil.NoSuchProcess:
            return


def _worked(seen: Any) -> float:
    """Seconds of processor time."""
    times = seen.cpu_times()
    return float(times.user + times.system)


def _environment() -> dict[str, str]:
    """The parent's, with the project importable and no thread pools that reserve memory."""
    paths = [str(PROJECT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
