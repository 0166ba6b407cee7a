"""Imports killed at random moments: the batch is whole or absent, and a retry lands it once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from benchmarks.company import write_export
from chanplan.domain.errors import ChanplanError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

LINES = 60_000
SCOPE = Scope(Period(202101, 202312))
Result = tuple[str, int, int]


def prove(folder: Path, kills: int) -> Iterator[Result]:
    """Kill an import `kills` times, spread over the time a whole one takes."""
    export = folder / "killed.csv"
    write_export(export, LINES)
    whole, total = _undisturbed(folder, export)
    draw = random.Random(2024)
    partial = failed = lost = killed = 0
    for turn in range(kills):
        home = folder / f"kill{turn}"
        killed += _kill_after(draw.uniform(0.1, whole), export, home)
        try:
            with Workspace.open(home) as workspace:
                partial += _total(workspace) not in (None, total)
                original = workspace.receive(export.name, export)
                workspace.load(original, workspace.inspect(original))
                lost += _total(workspace) != total
        except ChanplanError:
            failed += 1
    yield "after kill -9 in an import, the store opens", killed, failed
    yield "after kill -9 in an import, its lines are all there or none", killed, partial
    yield "after kill -9, the same import again gives the exact total once", killed, lost


def _undisturbed(folder: Path, export: Path) -> tuple[float, Decimal | None]:
    """Seconds and total of an import that nobody kills."""
    home, start = folder / "whole", time.perf_counter()
    subprocess.run(_command(export, home), check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - start
    with Workspace.open(home) as workspace:
        return took, _total(workspace)


def _kill_after(seconds: float, export: Path, home: Path) -> bool:
    """Whether the process was still running when it was killed."""
    process = subprocess.Popen(_command(export, home), stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    running = process.poll() is None
    if running:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return running


def _command(export: Path, home: Path) -> list[str]:
    return [sys.executable, "-m", "chanplan", "import", str(export), "--home", str(home)]


def _total(workspace: Workspace) -> Decimal | None:
    found: Decimal | None = workspace.ask(MetricQuery(("net_sales",), SCOPE)).frame["net_sales"][0]
    return found
