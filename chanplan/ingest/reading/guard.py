"""Runs the workbook parser as a child process with a limit on memory, on time and on harm."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chanplan.ingest.reading.kind import ZIP
from chanplan.settings import MIB

# Workbooks of more bytes take longer to read than their parser takes to start.
WORTH_A_START = MIB
# What the child says when the disk is full: no fault of the file.
NO_ROOM = "store_no_room"
CHILD = "chanplan.ingest.reading.child"
PROJECT = Path(__file__).resolve().parents[3]
# Waiting time per second of processor time: other work may keep the processors busy.
PATIENCE = 8
# How often memory is looked at where the system cannot limit it (Windows).
GLANCE_SECONDS = 0.05
HAS_LIMITS = os.name == "posix"
# What a child returns that the system ended at its limit of processor time.
OUT_OF_TIME = -signal.SIGXCPU if HAS_LIMITS else None


@dataclass(frozen=True)
class Answer:
    """What the child said.

    died  it could not even say what was wrong; slow  because its time was over
    sheet the one that it was looking at when something was wrong
    """

    sheets: tuple[dict[str, Any], ...] = ()
    fault: str | None = None
    died: bool = False
    slow: bool = False
    sheet: str | None = None


# A child that has been started before there is a request for it.
_waiting: list[subprocess.Popen[bytes]] = []


def expect(path: Path) -> None:
    """This file will be read soon: the child that a large workbook is worth starts now, and loads
    what it needs while others are busy.

    Where no request comes, it ends with this process, which closes what it listens to.
    """
    try:
        with path.open("rb") as file:
            starts = path.stat().st_size >= WORTH_A_START and file.read(len(ZIP)) == ZIP
    except OSError:  # said where it is read
        return
    if starts and not _waiting:
        _waiting.append(_started("--ahead"))


def parse(request: dict[str, Any]) -> Answer:
    """The child's answer to one request, or that it died at its limits."""
    child = _taken()
    if not HAS_LIMITS:
        share = (child, request["memory"], request["seconds"])
        threading.Thread(target=_watch, args=share, daemon=True).start()
    try:
        said, _ = child.communicate(
            json.dumps(request).encode(), timeout=request["seconds"] * PATIENCE
        )
    except subprocess.TimeoutExpired:
        return Answer(died=True, slow=True)
    finally:
        child.kill()
        child.wait()
    if child.returncode != 0 or not said:
        return Answer(died=True, slow=child.returncode == OUT_OF_TIME)
    answer = json.loads(said)
    told = tuple(answer.get("sheets", ()))
    return Answer(sheets=told, fault=answer.get("fault"), sheet=answer.get("sheet"))


def _taken() -> subprocess.Popen[bytes]:
    try:
        return _waiting.pop()
    except IndexError:
        return _started()


def _started(*told: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", CHILD, *told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """The parent's, with the project importable and no thread pools that reserve memory."""
    paths = [str(PROJECT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }


def _watch(child: subprocess.Popen[bytes], memory: int, seconds: int) -> None:
    """Ends a child that takes more than its share."""
    import psutil

    try:
        seen = psutil.Process(child.pid)
        while child.poll() is None:
            times = seen.cpu_times()
            if seen.memory_info().vms > memory or times.user + times.system > seconds:
                child.kill()
            time.sleep(GLANCE_SECONDS)
    except psutil.NoSuchProcess:
        return
