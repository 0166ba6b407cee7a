"""A workbook (xlsx, xls, xlsb, ods) becomes its sheets, parsed where it can do no harm."""

from __future__ import annotations

import errno
import os
import struct
from pathlib import Path
from typing import Any
from uuid import uuid4

from chanplan.domain.errors import StoreFaultError, UnreadableFileError
from chanplan.ingest.reading import guard
from chanplan.ingest.reading.archive import checked
from chanplan.ingest.reading.damaged import damaged_sheet
from chanplan.ingest.reading.kind import ZIP
from chanplan.ingest.reading.plain import Plain
from chanplan.ingest.reading.sheet import Sheet, Source
from chanplan.ingest.reading.staged import StagedText
from chanplan.ingest.reading.staged_table import StagedTable
from chanplan.settings import Limits

# An encrypted xlsx is an OLE file with a stream of this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# How the stream of an old workbook begins, and the record that says that the rest is encrypted.
# It stands right behind the first record, or behind a word on who may write.
OLD_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
LOCKED, LOOKED_AT = 0x2F, 4
# Bytes of markup become several times as many objects while they are read.
MARKUP_GROWTH = 4
# Streams that make an OLE file something else than an old workbook.
NOT_WORKBOOKS = {
    "WordDocument": "Word",
    "PowerPoint Document": "PowerPoint",
    "__substg1.0_": "Outlook",
}


def read(path: Path, name: str, staging: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Every sheet with a cell in it, hidden ones marked; UnreadableFileError says why not."""
    if _starts_with(path, ZIP):
        unpacked = checked(path, name, limits)
    else:
        _check_old(path, name)
        unpacked = path.stat().st_size
    return _sheets(path, name, staging, limits, unpacked, "whole")


def read_markup(path: Path, name: str, staging: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Every table of a web page, every sheet of SpreadsheetML; errors as in `read`."""
    unpacked = path.stat().st_size * MARKUP_GROWTH
    return _sheets(path, name, staging, limits, unpacked, "markup")


def _sheets(
    path: Path, name: str, staging: Path, limits: Limits, unpacked: int, engine: str
) -> tuple[Sheet, ...]:
    memory, seconds = allowance(unpacked, limits)
    request = {
        "path": str(path),
        "staging": str(staging),
        "engine": engine,
        "memory": memory,
        "seconds": seconds,
    }
    sheets = tuple(_sheet(facts) for facts in _parsed(request, name, _starts_with(path, ZIP)))
    if not sheets:
        raise UnreadableFileError("workbook_empty", name=name)
    return sheets


def _starts_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _check_old(path: Path, name: str) -> None:
    data = path.read_bytes()
    if ENCRYPTED in data or _locked(data):
        raise UnreadableFileError("workbook_encrypted", name=name)
    for stream, what in NOT_WORKBOOKS.items():
        if stream.encode("utf-16-le") in data:
            raise UnreadableFileError("not_a_table", name=name, kind=what)


def _locked(data: bytes) -> bool:
    """Whether the records of an old workbook say that it is encrypted."""
    at = data.find(OLD_START)
    for _ in range(LOOKED_AT):
        if at < 0 or at + 4 > len(data):
            return False
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == LOCKED:
            return True
        at += 4 + size
    return False


def _parsed(request: dict[str, Any], name: str, zipped: bool) -> list[dict[str, Any]]:
    answer = ask(request)
    short_of_memory = answer.died or answer.fault == "workbook_too_large"
    if zipped and short_of_memory and not answer.slow:
        # A stray cell far below or to the right asks for gigabytes; row by row it does not.
        answer = ask({**request, "engine": "streaming"})
    if answer.died:
        raise UnreadableFileError("workbook_too_large", name=name)
    if answer.fault == guard.NO_ROOM:
        raise StoreFaultError(guard.NO_ROOM, detail=os.strerror(errno.ENOSPC))
    if answer.fault:
        damaged = zipped and answer.fault == "workbook_damaged"
        where = damaged_sheet(Path(request["path"])) if damaged else {}
        if answer.sheet:
            where = {"in_sheet": answer.sheet}
        raise UnreadableFileError(answer.fault, name=name, **where)
    for blank in (facts for facts in answer.sheets if not facts["line_count"]):
        Path(blank["path"]).unlink(missing_ok=True)
    return [facts for facts in answer.sheets if facts["line_count"]]


def ask(request: dict[str, Any]) -> guard.Answer:
    """What the child says to a request; of one that failed nothing stays in staging."""
    stem = f"{Path(request['path']).stem[:16]}-{uuid4().hex[:12]}"
    answer = guard.parse({**request, "stem": stem})
    if answer.died or answer.fault:
        for left in Path(request["staging"]).glob(f"{stem}-*"):
            left.unlink(missing_ok=True)
    return answer


def allowance(unpacked: int, limits: Limits) -> tuple[int, int]:
    """Memory and processor seconds: the standard, or more in proportion for a large workbook."""
    times = max(1.0, unpacked / limits.large_workbook_unpacked)
    memory = min(int(limits.workbook_memory * times), limits.large_workbook_memory)
    return max(memory, limits.workbook_memory), int(limits.workbook_seconds * times)


def _sheet(facts: dict[str, Any]) -> Sheet:
    return Sheet(
        name=facts["name"],
        dialect=None,
        top=tuple(tuple(row) for row in facts["top"]),
        line_count=facts["line_count"],
        hidden=facts["hidden"],
        merges=tuple(tuple(one) for one in facts.get("merges", ())),
        covered=tuple(facts.get("covered", ())),
        source=_source(facts),
        cells=facts.get("cells", "placed"),
    )


def _source(facts: dict[str, Any]) -> Source:
    """Where the child has put the rows: in columns, or line by line."""
    if "plain" in facts:
        return StagedTable(
            path=Path(facts["path"]),
            width=facts["widest"],
            lines=facts["line_count"],
            full=facts["full"],
            plain=Plain(**facts["plain"]),
        )
    return StagedText(
        path=Path(facts["path"]),
        separator=",",
        quote='"',
        widest=facts["widest"],
        multiline=facts["multiline"],
        positional="cells" not in facts,
    )
