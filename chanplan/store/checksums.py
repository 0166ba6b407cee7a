"""What a store holds, told as one checksum a table, whatever order its rows lie in."""

from __future__ import annotations

from collections.abc import Mapping

from chanplan.domain.ports import Writer

# Says how far the journal was taken in: two stores with the same rows may differ in it.
POSITION = "position"

# Table → "rows:sum of the rows' hashes". The engine's hash is the same within one version of it.
Checksums = Mapping[str, str]


def of(reader: Writer) -> Checksums:
    """The checksum of every table, summaries included."""
    columns: dict[str, list[str]] = {}
    for table, column in reader.rows(
        "select table_name, column_name from duckdb_columns()"
        " where schema_name = 'main' and not internal and database_name = current_database()"
        " and table_name in (select table_name from duckdb_tables() where not temporary)"
        " order by table_name, column_name"
    ):
        columns.setdefault(table, []).append(column)
    return {table: _of(reader, table, names) for table, names in columns.items()}


def differing(before: Checksums, after: Checksums) -> tuple[str, ...]:
    """Tables that hold something else, or are in one of the two only."""
    both = (before.keys() | after.keys()) - {POSITION}
    return tuple(sorted(name for name in both if before.get(name) != after.get(name)))


def _of(reader: Writer, table: str, names: list[str]) -> str:
    """A row that stands twice is counted twice: the hashes are added, not combined."""
    listed = ", ".join(f'"{name}"' for name in names)
    [(rows, total)] = reader.rows(
        f'select count(*), coalesce(sum(hash({listed})::hugeint), 0) from "{table}"'
    )
    return f"{rows}:{total}"
