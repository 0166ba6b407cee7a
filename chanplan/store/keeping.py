"""Database files beside each other: one is set aside, another takes its place; none is lost."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from chanplan.store.originals import sync_folder

DATABASE = "chanplan.duckdb"
# Where a store is made anew, until it is complete.
FRESH = "chanplan.fresh.duckdb"
# What stands behind the name of a log, and between a name and the time it was set aside.
LOG = ".wal"
DAMAGED, REPLACED = "damaged", "replaced"


def set_aside(home: Path, name: str, why: str) -> str | None:
    """Rename a database and its log; returns its new name, None where there was none."""
    stem = f"{name}.{why}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    moved = False
    for end in (LOG, ""):
        if (home / f"{name}{end}").exists():
            (home / f"{name}{end}").replace(home / f"{stem}{end}")
            moved = True
    sync_folder(home)
    return stem if moved else None


def take_place(home: Path) -> None:
    """Make the fresh database, closed and without a log, the store's own."""
    with (home / FRESH).open("rb") as file:
        os.fsync(file.fileno())
    (home / FRESH).replace(home / DATABASE)
    sync_folder(home)


def drop(home: Path, name: str) -> None:
    """Delete a database and its log."""
    for end in (LOG, ""):
        (home / f"{name}{end}").unlink(missing_ok=True)


def drop_all_aside(home: Path) -> int:
    """Delete every database that was set aside, also by a restore; returns how many files."""
    found = [file for why in (DAMAGED, REPLACED) for file in home.glob(f"{DATABASE}*.{why}-*")]
    found += home.glob(f"{REPLACED}-*/{DATABASE}*")
    for file in found:
        file.unlink()
    return len(found)
