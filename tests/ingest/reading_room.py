"""What the tests of reading share: bytes in, rows out of a connection hardened as the store's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from chanplan.ingest.read import Book, Sheet, read
from chanplan.settings import Limits


def read_bytes(
    folder: Path, data: bytes, name: str = "file.csv", limits: Limits | None = None
) -> Book:
    """Read bytes kept under a name that says nothing, as the store keeps originals."""
    original, staging = folder / "original", folder / "staging"
    original.write_bytes(data)
    staging.mkdir(exist_ok=True)
    return read(original, name, staging, limits or Limits())


def only(book: Book) -> Sheet:
    """The one sheet of a book that must have one."""
    (sheet,) = book.sheets
    return sheet


def rows(sheet: Sheet, header_line: int, *folders: Path) -> list[tuple[Any, ...]]:
    """(line, c0, …, extra) of every row below the header, in the order of their lines."""
    relation = sheet.below(header_line)
    assert sheet.source is not None
    listed = [sheet.source.path.parent, *folders]
    allowed = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in listed)
    with duckdb.connect() as connection:
        connection.execute(f"set allowed_directories = [{allowed}]")
        connection.execute("set enable_external_access = false")
        for name, lent in relation.lent.items():
            connection.register(name, lent)
        return connection.execute(f"select * from {relation.sql} order by line").fetchall()


def counted(sheet: Sheet, header_line: int) -> tuple[Any, ...]:
    """(rows, first line, last line, distinct lines, rows with surplus cells)."""
    relation = sheet.below(header_line)
    sql = f"""select count(*), min(line), max(line), count(distinct line), count(extra)
              from {relation.sql}"""
    with duckdb.connect() as connection:
        found = connection.execute(sql).fetchone()
    assert found is not None
    return found
