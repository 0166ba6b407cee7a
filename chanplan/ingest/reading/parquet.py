"""A parquet file is one sheet whose typed columns are read as text from a sound copy."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chanplan.domain.errors import StoreFaultError, UnreadableFileError
from chanplan.ingest.reading import guard
from chanplan.ingest.reading.cells import TOO_LONG, text
from chanplan.ingest.reading.sheet import TOP_ROWS, Relation, Row, Sheet
from chanplan.ingest.reading.workbook import allowance, ask
from chanplan.settings import Limits

# Columns of repeated values pack well; a reader holds them unpacked.
UNPACKED = 10


def read(path: Path, name: str, staging: Path, limits: Limits) -> Sheet:
    """The one sheet; its header is stated by the format, so its rows start at line 1."""
    path = _copied(path, name, staging, limits)
    try:
        with pq.ParquetFile(path) as file:
            schema, count = file.schema_arrow, file.metadata.num_rows
            first = next(file.iter_batches(batch_size=TOP_ROWS), None)
            top = _rows(first) if first is not None else ()
    except (pa.ArrowException, OSError, ValueError, OverflowError):  # days beyond all calendars
        path.unlink(missing_ok=True)
        raise UnreadableFileError("parquet_damaged", name=name) from None
    if not count or not len(schema):
        raise UnreadableFileError("file_empty", name=name)
    return Sheet(
        name=None,
        dialect=None,
        top=top,
        line_count=count,
        header=tuple(schema.names),
        source=StagedParquet(
            path, tuple(_as_text(f"r{at}", f.type) for at, f in enumerate(schema))
        ),
    )


def _copied(path: Path, name: str, staging: Path, limits: Limits) -> Path:
    """The copy that a process of its own has made, which a damaged file may end."""
    memory, seconds = allowance(path.stat().st_size * UNPACKED, limits)
    answer = ask(
        {
            "engine": "parquet",
            "path": str(path),
            "staging": str(staging),
            "memory": memory,
            "seconds": seconds,
        }
    )
    if answer.fault == guard.NO_ROOM:
        raise StoreFaultError(guard.NO_ROOM, detail=os.strerror(errno.ENOSPC))
    if answer.slow or answer.fault == "workbook_too_large":
        raise UnreadableFileError("workbook_too_large", name=name)
    if answer.died or answer.fault:
        raise UnreadableFileError("parquet_damaged", name=name)
    return Path(answer.sheets[0]["path"])


@dataclass(frozen=True)
class StagedParquet:
    """columns: one SQL expression per column over r0, r1, … that gives its text."""

    path: Path
    columns: tuple[str, ...]

    def relation(self, header_line: int, top: tuple[Row, ...]) -> Relation:
        """All rows, as `Relation` describes; there is nothing above them and no surplus."""
        named = ", ".join(f"{text} as c{at}" for at, text in enumerate(self.columns))
        raw = ", ".join(f"r{at}" for at in range(len(self.columns)))
        path = str(self.path).replace("'", "''")
        return Relation(
            sql=(
                f"(select r_number + 1 as line, {named}, cast(null as varchar) as extra "
                f"from read_parquet('{path}', file_row_number = true) as t({raw}, r_number))"
            ),
            width=len(self.columns),
        )


def _rows(batch: pa.RecordBatch) -> tuple[Row, ...]:
    columns = [[_text(cell) for cell in column.to_pylist()] for column in batch.columns]
    return tuple(zip(*columns, strict=True))


def _text(value: object) -> str | None:
    if value is None or value != value:
        return None
    return text(value)


def _as_text(column: str, kind: pa.DataType) -> str:
    """The SQL twin of `cells.text` for one column."""
    if pa.types.is_floating(kind):
        return _number(f"cast({column} as double)")
    if pa.types.is_boolean(kind):
        return f"upper(cast({column} as varchar))"
    if pa.types.is_timestamp(kind):
        moment = f"{column} at time zone 'UTC'" if kind.tz else column
        return _moment(f"cast({moment} as timestamp)")
    return f"cast({column} as varchar)"


def _number(value: str) -> str:
    """15 digits without an exponent; NaN is nothing; what has lost its last digits shows it, and
    what no decimal can hold keeps its form.

    NaN is found in the text: over parquet, isnan() is answered from statistics that know no NaN.
    """
    digits = f"format('{{:.15g}}', {value})"
    small = f"rtrim(rtrim(cast(try_cast({digits} as decimal(38, 30)) as varchar), '0'), '.')"
    return (
        f"case when contains({digits}, 'nan') then null when {digits} = '-0' then '0' "
        f"when abs({value}) >= {TOO_LONG:.0f} then format('{{:.15G}}', {value}) "
        f"when not contains({digits}, 'e') then {digits} else coalesce({small}, {digits}) end"
    )


def _moment(value: str) -> str:
    """ISO date, with the time only where there is one."""
    return (
        f"case when {value} = date_trunc('day', {value}) "
        f"then strftime({value}, '%Y-%m-%d') else strftime({value}, '%Y-%m-%d %H:%M:%S') end"
    )
