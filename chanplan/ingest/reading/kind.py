"""What a file is, by its first and last bytes; its name proves nothing."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from chanplan.domain.errors import UnreadableFileError

HEAD_BYTES = 4096

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARQUET = b"PAR1"

# Files people drop by mistake, and what they are called in a sentence.
NOT_TABLES = {
    b"%PDF": "PDF",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite format 3": "SQLite",
    b"PK\x05\x06": "ZIP",
    b"MZ\x90\x00": "EXE",
    b"\x00\x01\x00\x00Standard": "Access",
}
# Web pages and XML, which some systems call .xls.
MARKUP = (
    b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta", b"<style", b"<body",
    b"<div", b"<workbook", b"<!--", b"<?mso",
)  # fmt: skip


class Kind(Enum):
    """The ways of reading."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PARQUET = "parquet"
    MARKUP = "markup"


def kind_of(path: Path, name: str) -> Kind:
    """Which way to read; UnreadableFileError for an empty file and for what is no table."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(max(0, path.stat().st_size - len(PARQUET)))
        tail = file.read()
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise UnreadableFileError("file_empty", name=name)
    if head.startswith(PARQUET):
        if tail != PARQUET:
            raise UnreadableFileError("file_truncated", name=name)
        return Kind.PARQUET
    if head.startswith((ZIP, OLE)):
        return Kind.WORKBOOK
    # A web page may come in UTF-16; without its NUL bytes the tag reads the same.
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip().lower()
    _refuse(head, start, name)
    return Kind.MARKUP if start.startswith(MARKUP) else Kind.TEXT


def _refuse(head: bytes, start: bytes, name: str) -> None:
    for magic, what in NOT_TABLES.items():
        if head.startswith(magic):
            raise UnreadableFileError("not_a_table", name=name, kind=what)
    if start.startswith((b'{"', b"[{", b"{\n", b"[\n")):
        raise UnreadableFileError("not_a_table", name=name, kind="JSON")
