"""One process at a time holds a store's folder; the next one is told which."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from chanplan.domain.errors import StoreBusyError, StoreFaultError

LOCK = "chanplan.lock"
HOLDER = "chanplan.pid"


class Holding:
    """A folder that is ours until `release`; work that opens the store twice keeps it between."""

    def __init__(self, home: Path) -> None:
        """Raises StoreBusyError when another process has it, StoreFaultError when it is none."""
        self.home = home.expanduser().resolve()
        # The engine takes what follows "?" for no part of a name, and would put its log elsewhere.
        if "?" in str(self.home):
            raise StoreFaultError("home_unusable", home=self.home, detail="?")
        make_folders(self.home)
        self._lock = FileLock(self.home / LOCK)
        holder = self.home / HOLDER
        try:
            self._lock.acquire(timeout=0)
            holder.write_text(str(os.getpid()))
        except Timeout:
            pid = holder.read_text() if holder.exists() else "?"
            raise StoreBusyError("store_busy", pid=pid, home=str(self.home)) from None
        except OSError as fault:
            self._lock.release()
            raise _unusable(self.home, fault) from fault
        # What cut files into cells may have been cut off; it can be made again from the originals.
        self.staging, self.originals = self.home / "staging", self.home / "originals"
        _emptied(self.staging)

    def release(self) -> None:
        """Let the next process in; of what was cut into cells nothing stays."""
        _emptied(self.staging)
        (self.home / HOLDER).unlink(missing_ok=True)
        self._lock.release()


def make_folders(*folders: Path) -> None:
    """Make what is missing; StoreFaultError where the system refuses."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise _unusable(folder.parent, fault) from fault


def _emptied(folder: Path) -> None:
    for leftover in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):  # held by another program: then it goes the next time
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _unusable(home: Path, fault: OSError) -> StoreFaultError:
    return StoreFaultError("home_unusable", home=home, detail=fault.strerror or str(fault))
