"""Runs the workbook parser as a child process with a limit on memory, on time and on harm."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chanplan.ingest.reading.kind import ZIP
from chanplan.ingest.reading.parser_process import ParserProcess
from chanplan.settings import MIB

# Workbooks of more bytes take longer to read than their parser takes to start.
WORTH_A_START = MIB
# What the child says when the disk is full: no fault of the file.
NO_ROOM = "store_no_room"
# How long a child waits for another workbook, and how many do: as many as are read side by side.
IDLE_SECONDS, MOST_IDLE = 30, 2


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


class _Waiting:
    """Children that have been started, and have nothing to do."""

    def __init__(self) -> None:
        self._free: list[tuple[float, ParserProcess]] = []
        self._changing = threading.Lock()

    def __len__(self) -> int:
        return len(self._free)

    def take(self) -> ParserProcess:
        """One of them, else a new one."""
        with self._changing:
            while self._free:
                _, child = self._free.pop()
                if child.lives():
                    return child
        return ParserProcess()

    def keep(self, child: ParserProcess) -> None:
        """It waits for the next workbook, for a while."""
        with self._changing:
            self._free.append((time.monotonic(), child))
            over, self._free = self._free[:-MOST_IDLE], self._free[-MOST_IDLE:]
        for _, one in over:
            one.end()
        late = threading.Timer(IDLE_SECONDS, self._end_idle)
        late.daemon = True
        late.start()

    def _end_idle(self) -> None:
        since = time.monotonic() - IDLE_SECONDS
        with self._changing:
            over = [child for put, child in self._free if put <= since]
            self._free = [(put, child) for put, child in self._free if put > since]
        for child in over:
            child.end()


_waiting = _Waiting()


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
    if starts and not len(_waiting):
        _waiting.keep(ParserProcess("--ahead"))


def parse(request: dict[str, Any]) -> Answer:
    """The child's answer to one request, or that it died at its limits.

    A child that has read a workbook reads the next one, too; none that has met a fault, which may
    have left anything, or that has grown.
    """
    child = _waiting.take()
    said = child.ask(json.dumps(request), request["memory"], request["seconds"])
    if said is None:
        child.end()
        return Answer(died=True, slow=child.ran_out_of_time)
    answer = json.loads(said)
    _waiting.keep(child) if "fault" not in answer and child.is_small() else child.end()
    told = tuple(answer.get("sheets", ()))
    return Answer(sheets=told, fault=answer.get("fault"), sheet=answer.get("sheet"))
