"""Originals and journal in one zip file, each named with its sha256, and out of it again.

The store need not stand still for it: originals never change, the journal only grows, and what
came together without its last entry counts as not having come. Only a "forget" takes an
original away meanwhile; then the packing begins again.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chanplan.domain.errors import BackupError
from chanplan.store import deeds
from chanplan.store.journal import Journal
from chanplan.store.originals import CHUNK, sync_folder

MANIFEST, JOURNAL, ORIGINALS = "manifest.json", "journal.jsonl", "originals"
FORMAT = 1
# How often a packing begins again because an original was forgotten meanwhile.
TRIES = 3
_ORIGINAL = re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, ValueError,
    NotImplementedError,
)  # fmt: skip

# Told (files done, files in all).
Progress = Callable[[int, int], None]


def pack(home: Path, target: Path, about: Mapping[str, Any], told: Progress | None = None) -> int:
    """Write the backup of a store's folder; returns how many files are in it.

    about  goes into the manifest, beside every file's sha256. The target appears whole or not
           at all. BackupError where an original is gone or damaged.
    """
    for _ in range(TRIES - 1):
        try:
            return _pack(home, target, about, told)
        except BackupError as fault:
            if fault.code != "backup_lacks":
                raise
    return _pack(home, target, about, told)


def _pack(home: Path, target: Path, about: Mapping[str, Any], told: Progress | None) -> int:
    part = target.with_name(f"{target.name}.part")
    try:
        journal = _whole_lines(home / JOURNAL)
        needed = _needed(journal, part.with_name(f"{part.name}.journal"))
        sums = {JOURNAL: hashlib.sha256(journal).hexdigest()}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(JOURNAL, journal)
            for done, sha in enumerate(needed):
                if told:
                    told(done, len(needed))
                name = f"{ORIGINALS}/{sha[:2]}/{sha}"
                sums[name] = _add(archive, home / name, name)
            manifest = {"format": FORMAT, **about, "sha256": sums}
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
        return len(needed)
    except OSError as fault:
        raise BackupError("backup_failed", file=target, detail=fault.strerror or fault) from fault
    finally:
        part.unlink(missing_ok=True)


def manifest(source: Path) -> dict[str, Any]:
    """What a backup says of itself. BackupError where it is none, or a newer program's."""
    try:
        with zipfile.ZipFile(source) as archive:
            told: dict[str, Any] = json.loads(archive.read(MANIFEST))
            known = told["format"] <= FORMAT and isinstance(told["sha256"], dict)
    except OSError as fault:
        detail = fault.strerror or fault
        raise BackupError("backup_unreadable", file=source, detail=detail) from fault
    except _DAMAGE as fault:
        raise BackupError("backup_damaged", file=source, part=MANIFEST) from fault
    if not known:
        raise BackupError("backup_newer", file=source)
    return told


def unpack(source: Path, into: Path, told: Progress | None = None) -> None:
    """Write journal and originals of a backup into an empty folder, every byte checked.

    BackupError names the part that is not as the manifest says, or the original that lacks.
    """
    sums: dict[str, str] = manifest(source)["sha256"]
    with zipfile.ZipFile(source) as archive:
        _check_room(archive, source, into)
        for done, (name, sha) in enumerate(sums.items()):
            if told:
                told(done, len(sums))
            found = _ORIGINAL.fullmatch(name)
            if name != JOURNAL and (found is None or found[2] != sha):
                raise BackupError("backup_damaged", file=source, part=name)
            _extract(archive, source, name, sha, into)
    lacking = _shas(Journal(into / JOURNAL)) - {Path(name).name for name in sums}
    if lacking:
        raise BackupError("backup_damaged", file=source, part=min(lacking))


def _whole_lines(path: Path) -> bytes:
    """The journal up to its last whole line: another process may be writing the next."""
    content = path.read_bytes() if path.exists() else b""
    return content[: content.rfind(b"\n") + 1]


def _needed(journal: bytes, beside: Path) -> list[str]:
    """The originals that standing entries are made from, in order."""
    beside.write_bytes(journal)
    try:
        return sorted(_shas(Journal(beside)))
    finally:
        beside.unlink()


def _shas(journal: Journal) -> set[str]:
    return {deeds.sha_now(journal, entry) for entry in deeds.imports(journal)}


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as packed:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                packed.write(chunk)
    except FileNotFoundError:
        raise BackupError("backup_lacks", path=path) from None
    if digest.hexdigest() != path.name:
        raise BackupError("backup_lacks", path=path)
    return path.name


def _extract(archive: zipfile.ZipFile, source: Path, name: str, sha: str, into: Path) -> None:
    target = into / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with archive.open(name) as packed, target.open("wb") as file:
            for chunk in _chunks(packed):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except _DAMAGE as fault:
        raise BackupError("backup_damaged", file=source, part=name) from fault
    if digest.hexdigest() != sha:
        raise BackupError("backup_damaged", file=source, part=name)
    sync_folder(target.parent)


def _chunks(packed: Any) -> Iterator[bytes]:
    while chunk := packed.read(CHUNK):
        yield chunk


def _check_room(archive: zipfile.ZipFile, source: Path, into: Path) -> None:
    needed = sum(member.file_size for member in archive.infolist())
    free = shutil.disk_usage(into).free
    if free < needed:
        raise BackupError("backup_no_room", file=source, needed=needed, free=free)
