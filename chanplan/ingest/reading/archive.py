"""Is this archive an honest, whole workbook? Asked before anything unpacks it."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from chanplan.domain.errors import UnreadableFileError
from chanplan.settings import MIB, Limits

# Parts smaller than this cannot hurt, however well they pack (empty styled rows pack 300:1).
HARMLESS_PART = 4 * MIB
# How a cell of an xlsx sheet says that its value is an error.
ERROR_MARKS = (b' t="e"', b" t='e'")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True)
class Contents:
    """unpacked: bytes of all parts; errors: a cell may hold an error such as #REF!."""

    unpacked: int
    errors: bool


def checked(path: Path, name: str, limits: Limits) -> Contents:
    """What is in the archive; UnreadableFileError for what is no honest workbook.

    Every part is unpacked once against its checksum, because parsers ignore it: 9 of 3,000
    single flipped bits changed a cell silently.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(members, name, limits)
            seen = [_unpack(archive, member) for member in members]
            return Contents(sum(member.file_size for member in members), any(seen))
    except DAMAGE:
        raise UnreadableFileError("workbook_damaged", name=name) from None


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Reads one part to its checksum; whether it says that it holds error cells.

    Formats other than xlsx do not say so in plain text: for them the answer is yes.
    """
    seen, before = not _in_xlsx(member.filename), b""
    with archive.open(member) as part:
        while chunk := part.read(MIB):
            seen = seen or any(mark in before + chunk for mark in ERROR_MARKS)
            before = chunk[-len(ERROR_MARKS[0]) :]
    return seen


def _in_xlsx(part: str) -> bool:
    return not part.endswith((".bin", "content.xml")) or "printerSettings" in part


def _check_members(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFileError("workbook_encrypted", name=name)
    if not any(_is_workbook(member.filename) for member in members):
        raise UnreadableFileError("archive_not_workbook", name=name)
    if len(members) > limits.workbook_members or any(_bomb(part, limits) for part in members):
        raise UnreadableFileError("workbook_bomb", name=name)
    if sum(member.file_size for member in members) > limits.workbook_unpacked:
        raise UnreadableFileError("workbook_too_large", name=name)


def _is_workbook(member: str) -> bool:
    part = member.replace("\\", "/").lower().rpartition("/")[2]
    return part == "content.xml" or (
        part.startswith("workbook") and part.endswith((".xml", ".bin"))
    )


def _bomb(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size > HARMLESS_PART and member.file_size > limits.workbook_ratio * max(
        member.compress_size, 1
    )
