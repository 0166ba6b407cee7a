"""What a store holds, told as one checksum a table, whatever order its rows lie in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from chanplan.domain.ports import Writer
from chanplan.store.narrow import KEPT

# Says how far the journal was taken in: two stores with the same rows may differ in it.
POSITION = "position"

# What a table without rows holds.
EMPTY = "0:0"
# Table → "rows:sum of the rows' hashes". The engine's hash is the same within one version of it.
Checksums = Mapping[str, str]


def of(reader: Writer) -> Checksums:
    """The checksum of every table, summaries included."""
    names = _columns(reader)
    filled = _filled(reader, names)
    return {
        table: _of(reader, table, columns) if table in filled else EMPTY
        for table, columns in names.items()
    }


def of_rows(reader: Writer, table: str, which: str, without: Collection[str]) -> str:
    """The checksum of some rows of a table, some of its columns left out."""
    columns = [name for name in _columns(reader)[table] if name not in without]
    return _of(reader, table, columns, which)


def differing(before: Checksums, after: Checksums) -> tuple[str, ...]:
    """Tables that hold something else, or are in one of the two only."""
    both = (before.keys() | after.keys()) - {POSITION}
    return tuple(sorted(name for name in both if before.get(name) != after.get(name)))


def _columns(reader: Writer) -> dict[str, list[str]]:
    """Table → its columns by name, so that the order in which they were added says nothing; of a
    narrow table those of its view, so that it does not count either which of them it keeps."""
    columns: dict[str, list[str]] = {}
    for table, column in reader.rows(
        "select table_name, column_name from duckdb_columns()"
        " where schema_name = 'main' and not internal and database_name = current_database()"
        f" and table_name in (select regexp_replace(table_name, '{KEPT}$', '')"
        "  from duckdb_tables() where not temporary)"
        " order by table_name, column_name"
    ):
        columns.setdefault(table, []).append(column)
    return columns


def _filled(reader: Writer, tables: Iterable[str]) -> set[str]:
    """Those with a row, asked for all at once: most of a store's tables have none."""
    asked = " union all ".join(
        f"select '{table}' as filled where exists (select 1 from \"{table}\")" for table in tables
    )
    return {table for (table,) in reader.rows(asked)}


def _of(reader: Writer, table: str, names: Sequence[str], which: str = "true") -> str:
    """A row that stands twice is counted twice: the hashes are added, not combined."""
    listed = ", ".join(f'"{name}"' for name in names)
    [(rows, total)] = reader.rows(
        f'select count(*), coalesce(sum(hash({listed})::hugeint), 0) from "{table}" where {which}'
    )
    return f"{rows}:{total}"
