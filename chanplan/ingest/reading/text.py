"""A text file of any charset and separator becomes one sheet with numbered lines in staging."""

from __future__ import annotations

from pathlib import Path

from chanplan.domain.errors import UnreadableFileError
from chanplan.domain.recipe import Dialect
from chanplan.ingest.reading.charset import UndecodableError, candidates
from chanplan.ingest.reading.cutting import cut, first_lines
from chanplan.ingest.reading.dialect import separator_and_quote
from chanplan.ingest.reading.kind import HEAD_BYTES
from chanplan.ingest.reading.sheet import Sheet


def read(path: Path, name: str, staging: Path, encoding: str | None = None) -> Sheet:
    """The file's one sheet, in the encoding that a person named or by the rule.

    UnreadableFileError names line and byte that are no text.
    """
    with path.open("rb") as file:
        tries = (encoding,) if encoding else candidates(file.read(HEAD_BYTES))
    furthest: UndecodableError | None = None
    for tried in tries:
        try:
            top = first_lines(path, tried, name)
            separator, quote = separator_and_quote(top)
            return cut(path, name, staging, Dialect(tried, separator, quote), top)
        except UndecodableError as fault:
            if furthest is None or (fault.line, fault.byte) > (furthest.line, furthest.byte):
                furthest = fault
            if fault.proven:
                furthest = fault
                break
    assert furthest is not None
    raise _refusal(furthest, name)


def read_as(path: Path, name: str, staging: Path, dialect: Dialect) -> Sheet:
    """The file's one sheet, cut as the dialect says."""
    try:
        top = first_lines(path, dialect.encoding, name)
        return cut(path, name, staging, dialect, top)
    except UndecodableError as fault:
        raise _refusal(fault, name) from None


def _refusal(fault: UndecodableError, name: str) -> UnreadableFileError:
    return UnreadableFileError(
        "text_undecodable",
        name=name,
        encoding=fault.encoding.upper(),
        line=fault.line,
        byte=fault.byte,
    )
