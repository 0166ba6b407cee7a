"""A store into one file, and a store out of one file."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chanplan import __version__
from chanplan.domain.errors import BackupError, StoreBusyError, StoreFaultError
from chanplan.settings import Settings
from chanplan.store import checksums, keeping, packing
from chanplan.store.gateway import ENGINE
from chanplan.store.holding import HOLDER, LOCK, Holding
from chanplan.store.originals import sync_folder
from chanplan.store.packing import Progress
from chanplan.workspace.workspace import Workspace

# Settings that change what a store counts: a restored store needs the same.
COUNTING = ("fiscal_year_start_month", "cut_off_day")
# Where a backup is unpacked until it is whole; what a folder held before goes into another.
RESTORING = "restoring"


@dataclass(frozen=True)
class BackedUp:
    """files: kept originals in it; size in bytes; checked: whether it also says what every table
    held, which it does unless another program had the store open or the database is damaged."""

    file: str
    files: int
    size: int
    checked: bool


@dataclass(frozen=True)
class Restored:
    """identical: whether every table holds what it held when the backup was made; None where
    the backup does not say, or another engine's checksums.
    settings: name → value at the backup, where it is another one now; put_aside: the folder in
    which the store that was there lies now."""

    files: int
    imports: int
    identical: bool | None
    differing: tuple[str, ...]
    settings: Mapping[str, object]
    put_aside: str | None


def backup(
    settings: Settings, target: Path, force: bool = False, told: Progress | None = None
) -> BackedUp:
    """Write originals, journal and settings into one zip file; the store may be in use.

    BackupError where the file is there already (unless `force`) or an original is not.
    """
    if target.exists() and not force:
        raise BackupError("backup_exists", file=target)
    if not (settings.home.expanduser() / packing.JOURNAL).exists():
        raise BackupError("backup_no_store", home=settings.home.expanduser().resolve())
    return _written(settings, target, _checksums(settings), told)


def backup_of(workspace: Workspace, target: Path) -> BackedUp:
    """The same of a store that this process has open; what would change it waits meanwhile."""
    with workspace.still():
        return _written(workspace.environment, target, dict(workspace.checksums()), None)


def _written(
    settings: Settings, target: Path, sums: dict[str, str] | None, told: Progress | None
) -> BackedUp:
    home = settings.home.expanduser().resolve()
    about = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "chanplan": __version__,
        "settings": {name: asdict(settings)[name] for name in COUNTING},
        "engine": ENGINE,
        "tables": sums,
    }
    files = packing.pack(home, target.expanduser().resolve(), about, told)
    return BackedUp(str(target), files, target.stat().st_size, sums is not None)


def restore(
    settings: Settings, source: Path, force: bool = False, told: Progress | None = None
) -> Restored:
    """Make the store of a backup in the settings' folder.

    BackupError where the backup is damaged, or the folder is not empty and `force` is not
    given: then nothing has changed. With it, what was there is put aside in the same folder.
    """
    about = packing.manifest(source)
    holding = Holding(settings.home)
    try:
        if _is_used(holding.home) and not force:
            raise BackupError("restore_not_empty", home=holding.home)
        _unpack(holding.home, source, told)
        put_aside = _swap(holding.home)
        with Workspace(settings, holding=holding) as workspace:
            after, imports = workspace.checksums(), len(workspace.imports.all())
    finally:
        holding.release()
    before = about.get("tables") if about.get("engine") == ENGINE else None
    differing = () if before is None else checksums.differing(before, after)
    return Restored(
        len(about["sha256"]) - 1,
        imports,
        None if before is None else not differing,
        differing,
        _other(settings, about.get("settings", {})),
        put_aside,
    )


def _checksums(settings: Settings) -> dict[str, str] | None:
    """What the tables hold; None where another program has the store open, or the database is
    damaged: journal and originals are what a backup is made of."""
    try:
        with Workspace(settings) as workspace:
            return dict(workspace.checksums())
    except (StoreBusyError, StoreFaultError):
        return None


def _is_used(home: Path) -> bool:
    """Whether a store, or anything else, lies in a folder: empty rooms of a store are nothing."""
    ours = {LOCK, HOLDER, RESTORING, "staging", "scratch"}
    others = [found for found in home.iterdir() if found.name not in ours]
    return any(found.is_file() or any(found.iterdir()) for found in others)


def _unpack(home: Path, source: Path, told: Progress | None) -> None:
    into = home / RESTORING
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    try:
        packing.unpack(source, into, told)
        (into / packing.ORIGINALS).mkdir(exist_ok=True)
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        raise


def _swap(home: Path) -> str | None:
    """One renaming, that of the journal, makes the old store the new one: originals only come
    together, and without a database the next start makes the one that the journal tells of."""
    for original in (home / RESTORING / packing.ORIGINALS).glob("*/*"):
        place = home / packing.ORIGINALS / original.parent.name
        place.mkdir(parents=True, exist_ok=True)
        original.replace(place / original.name)
        sync_folder(place)
    aside = home / f"{keeping.REPLACED}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir()
    journal = home / packing.JOURNAL
    if journal.exists() and journal.stat().st_size:
        shutil.copy2(journal, aside / journal.name)
    for end in (keeping.LOG, ""):
        name = f"{keeping.DATABASE}{end}"
        if (home / name).exists():
            (home / name).replace(aside / name)
    (home / RESTORING / packing.JOURNAL).replace(journal)
    sync_folder(home)
    shutil.rmtree(home / RESTORING)
    if any(aside.iterdir()):
        return aside.name
    aside.rmdir()
    return None


def _other(settings: Settings, then: Mapping[str, Any]) -> dict[str, object]:
    now = asdict(settings)
    return {name: then[name] for name in COUNTING if name in then and then[name] != now[name]}
