"""Rows of a large sheet lie in staging by columns, packed, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chanplan.ingest.reading.plain import Plain
from chanplan.ingest.reading.sheet import Relation, Row


@dataclass(frozen=True)
class StagedTable:
    """A parquet file of ours with the columns line and c0…, all text.

    lines  the last line with a cell in it
    full   every line has one
    plain  what no cell has
    """

    path: Path
    width: int
    lines: int
    full: bool
    plain: Plain

    def relation(self, header_line: int, top: tuple[Row, ...]) -> Relation:
        """Rows below the header as `Relation` describes; cells have columns of their own, so
        there is no surplus."""
        cells = ", ".join(f"c{at}" for at in range(self.width))
        path = str(self.path).replace("'", "''")
        return Relation(
            sql=(
                f"(select line, {cells}, cast(null as varchar) as extra "
                f"from read_parquet('{path}') "
                f"where line > {int(header_line)} and line <= {self.lines:d})"
            ),
            width=self.width,
            rows=max(self.lines - header_line, 0) if self.full else None,
            plain=self.plain,
        )
