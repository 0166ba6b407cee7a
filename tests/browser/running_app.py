"""Starts the real app as a person would, on a free port and a home of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
# Seconds; a start takes about three on two idle cores.
START_LIMIT = 90
STOP_LIMIT = 15
# A proxy of this computer's has no say in reaching this computer.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class RunningApp:
    """A served app: its address, its store's home, what it wrote to the terminal, its process."""

    url: str
    home: Path
    log: Path
    pid: int


@contextmanager
def served(folder: Path) -> Iterator[RunningApp]:
    """Serve the app with its home and log in `folder`, and end exactly that process at the end."""
    home, log, port = folder / "home", folder / "app.log", free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "CHANPLAN_HOME": str(home)}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        url = f"http://{HOST}:{port}"
        wait_until_healthy(url, process, log)
        yield RunningApp(url, home, log, process.pid)
    finally:
        stop(process)


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers; RuntimeError with its log when it does not."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and process.poll() is None:
        try:
            with DIRECT.open(f"{url}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not start:\n{log.read_text(errors='replace')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End exactly this process."""
    process.terminate()
    try:
        process.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
