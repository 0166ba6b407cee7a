"""A file packed as gzip, or alone in a zip, is unpacked to staging before anything looks at it."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast
from uuid import uuid4

from chanplan.domain.errors import UnreadableFileError
from chanplan.domain.writing import is_full, writing
from chanplan.ingest.reading.archive import DAMAGE, HARMLESS_PART, is_workbook
from chanplan.ingest.reading.kind import ZIP
from chanplan.settings import MIB, Limits

GZIP = b"\x1f\x8b"
# What systems put into a zip beside the file that a person packed.
LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
# A part that every Office file has: such an archive is one file, not a folder of files.
OFFICE = "[Content_Types].xml"
# What a part of Apple's own spreadsheets is called.
NUMBERS = ".iwa"
SHOWN = 5


def unpacked(path: Path, name: str, staging: Path, limits: Limits) -> Path:
    """The file itself: `path`, or what was packed in it, in staging.

    UnreadableFileError for an archive of several files, a locked or damaged one, a bomb, and
    an archive within an archive.
    """
    with path.open("rb") as file:
        head = file.read(len(ZIP))
    if head.startswith(GZIP):
        return _copied(path, lambda: cast(IO[bytes], gzip.open(path)), name, staging, limits)
    if head != ZIP:
        return path
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE:
        return path  # whoever reads workbooks says what is wrong with it
    with archive:
        member = _only_member(archive, name)
        if member is None:
            return path
        return _copied(path, lambda: archive.open(member), name, staging, limits)


def _only_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """The one file in a zip; None where the zip is a workbook or another Office file."""
    inside = archive.infolist()
    if any(is_workbook(one.filename) or one.filename == OFFICE for one in inside):
        return None
    if any(one.filename.endswith(NUMBERS) for one in inside):
        raise UnreadableFileError("not_a_table", name=name, kind="Apple Numbers")
    files = [one for one in inside if not one.is_dir() and not _litter(one.filename)]
    if len(files) != 1:
        shown = [_written(one) for one in files[:SHOWN]] + ["…"] * (len(files) > SHOWN)
        code = "archive_many" if files else "file_empty"
        raise UnreadableFileError(code, name=name, count=len(files), files=", ".join(shown))
    if files[0].flag_bits & 1:
        raise UnreadableFileError("archive_encrypted", name=name)
    return files[0]


def _litter(member: str) -> bool:
    return member.startswith(LITTER[0]) or member.rpartition("/")[2] in LITTER[1:]


def _written(member: zipfile.ZipInfo) -> str:
    """The name as it was typed: Chinese Windows writes GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _copied(
    path: Path, opened: Callable[[], IO[bytes]], name: str, staging: Path, limits: Limits
) -> Path:
    target = staging / f"{path.stem[:16]}-{uuid4().hex[:12]}.unpacked"
    try:
        with opened() as source, target.open("wb") as out:
            _copy(source, out, name, path.stat().st_size, limits)
        with target.open("rb") as file:
            head = file.read(len(ZIP))
        if head.startswith(GZIP) or (head == ZIP and not _is_book(target)):
            raise UnreadableFileError("archive_nested", name=name)
        return target
    except DAMAGE as fault:
        target.unlink(missing_ok=True)
        if is_full(fault):
            with writing():
                raise
        raise UnreadableFileError("archive_damaged", name=name) from None
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _copy(source: IO[bytes], out: IO[bytes], name: str, packed: int, limits: Limits) -> None:
    size = 0
    while chunk := source.read(MIB):
        size += len(chunk)
        bomb = size > HARMLESS_PART and size > limits.workbook_ratio * packed
        if bomb or size > limits.unpacked_bytes:
            raise UnreadableFileError("archive_bomb", name=name)
        out.write(chunk)


def _is_book(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(is_workbook(one) or one == OFFICE for one in archive.namelist())
