"""Is this archive an honest, whole workbook? What it says of itself is asked before anything
unpacks it; then, in the child, every part is unpacked once against its checksum."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Set
from pathlib import Path

from chanplan.domain.errors import UnreadableFileError
from chanplan.settings import MIB, Limits

# Parts smaller than this cannot hurt, however well they pack (empty styled rows pack 300:1).
HARMLESS_PART = 4 * MIB
# What a part of an xlsx says in plain text about cells that need a second look: values that
# are errors; cells merged into one; formulas whose value nobody has worked out, or that the
# program which wrote them left at 0 for Excel to work out ("fullCalcOnLoad").
MARKS = {
    "errors": re.compile(rb" t=[\"']e[\"']"),
    "merges": re.compile(rb"<mergeCell "),
    "uncomputed": re.compile(
        rb"(?:</f>|<f[^>]*/>)(?:<v ?/>|<v></v>)?</c>|fullCalcOnLoad=[\"'](?:1|true)"
    ),
    "formulas": re.compile(rb"<f[ >]"),
}
# What a part must hold for a mark to be looked for: bytes are found far sooner than a pattern.
HINTS = {
    "errors": (b't="e"', b"t='e'"),
    "merges": (b"<mergeCell ",),
    "uncomputed": (b"<f", b"</f>", b"fullCalcOnLoad"),
    "formulas": (b"<f ", b"<f>"),
}
# A mark may lie across two chunks; none is longer than this.
OVERLAP = 256
MANIFEST = "META-INF/manifest.xml"
DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    NotImplementedError,
)  # fmt: skip


def checked(path: Path, name: str, limits: Limits) -> int:
    """Bytes of all parts, as it says of itself; UnreadableFileError for no honest workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(members, name, limits)
            _check_manifest(archive, name)
            return sum(member.file_size for member in members)
    except DAMAGE:
        raise UnreadableFileError("workbook_damaged", name=name) from None


def marks_in(path: Path, but: Set[str] = frozenset()) -> frozenset[str]:
    """In the child: which of MARKS any part has. One of DAMAGE for a part that is not whole.

    Every part is unpacked once against its checksum, because parsers ignore it: 9 of 3,000
    single flipped bits changed a cell silently. Parts of the names `but` have been, elsewhere.
    """
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if member.filename not in but]
        return frozenset().union(*(_unpack(archive, member) for member in members))


def marks_of(text: bytes) -> frozenset[str]:
    """Which of MARKS stand in this text of an xlsx."""
    return frozenset(name for name, mark in MARKS.items() if _marked(name, mark, text))


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> frozenset[str]:
    """Reads one part to its checksum; which marks it has.

    Formats other than xlsx do not say so in plain text: they may have any.
    """
    if _in_xlsx(member.filename):
        seen, wanted = frozenset[str](), True
    else:
        seen, wanted = frozenset({"errors", "merges"}), False
    before = b""
    with archive.open(member) as part:
        while chunk := part.read(MIB):
            if wanted:
                seen |= marks_of(before + chunk)
                before = chunk[-OVERLAP:]
    return seen


def _marked(name: str, mark: re.Pattern[bytes], text: bytes) -> bool:
    return any(hint in text for hint in HINTS[name]) and mark.search(text) is not None


def _in_xlsx(part: str) -> bool:
    return not part.endswith((".bin", "content.xml")) or "printerSettings" in part


def _check_members(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFileError("workbook_encrypted", name=name)
    if not any(is_workbook(member.filename) for member in members):
        raise UnreadableFileError("archive_not_workbook", name=name)
    if len(members) > limits.workbook_members or any(_bomb(part, limits) for part in members):
        raise UnreadableFileError("workbook_bomb", name=name)
    if sum(member.file_size for member in members) > limits.workbook_unpacked:
        raise UnreadableFileError("workbook_too_large", name=name)


def _check_manifest(archive: zipfile.ZipFile, name: str) -> None:
    """An OpenDocument with a password says so in its manifest; its parts are noise."""
    if MANIFEST not in archive.namelist() or archive.getinfo(MANIFEST).file_size > HARMLESS_PART:
        return
    if b"encryption-data" in archive.read(MANIFEST):
        raise UnreadableFileError("workbook_encrypted", name=name)


def is_workbook(member: str) -> bool:
    """Whether an archive with a part of this name is a workbook."""
    part = member.replace("\\", "/").lower().rpartition("/")[2]
    return part == "content.xml" or (
        part.startswith("workbook") and part.endswith((".xml", ".bin"))
    )


def _bomb(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size > HARMLESS_PART and member.file_size > limits.workbook_ratio * max(
        member.compress_size, 1
    )
