"""What reading gives: sheets of text whose rows know their line in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from chanplan.domain.area import Area
from chanplan.domain.recipe import Dialect
from chanplan.ingest.reading.merging import COVERED
from chanplan.ingest.reading.plain import UNKNOWN, Plain

# Rows of text shown to whoever recognises the sheet; enough to see past any title block.
TOP_ROWS = 500

Row = tuple[str | None, ...]
Cells = Literal["placed", "in_order", "all"]


@dataclass(frozen=True)
class Relation:
    """The data rows below a header, ready for DuckDB.

    sql    a table expression in brackets with the columns
           line bigint   1-based line of the text file, row of the sheet
           c0…c{n-1}     varchar; NULL where the row ends early, '' where the cell is empty
           extra varchar the surplus cells of a row that is too long, NULL in every other row
    width  n
    lent   what to lend under these names before the sql runs, as often as it does: a table of
           Arrow's, or what gives a stream of one
    rows   how many there are, where reading has counted them
    plain  what no cell of c0… has
    """

    sql: str
    width: int
    lent: Mapping[str, Any] = field(default_factory=dict)
    rows: int | None = None
    plain: Plain = UNKNOWN


class Source(Protocol):
    """Where a sheet's rows lie after reading."""

    @property
    def path(self) -> Path:
        """The file the relation reads."""

    def relation(self, header_line: int, top: tuple[Row, ...]) -> Relation:
        """The rows below `header_line`."""


@dataclass(frozen=True)
class Sheet:
    """One table of text.

    name        the workbook sheet's name; None for text and parquet
    dialect     how text was cut; None for workbooks and parquet
    top         the first rows, at most TOP_ROWS; top[0] is line 1, a blank line is ()
    line_count  lines or rows in all, title and header included
    header      the column names, where the format itself states them (parquet): then the rows
                start at line 1 and the header line is 0
    hidden      the workbook hides this sheet
    merges      ranges of merged cells where headings may stand: first line, first column, last
                line, last column
    covered     columns in which a merged cell covers cells below it
    area        the part of the sheet that is looked at, where it holds several tables
    shown       column → how many of its numbers show what by their format ("USD", "10000", "" for
                nothing); columns that show nothing are not in it
    cells       "placed" in columns of their own (workbooks, parquet); "in_order" one after the
                other, so that a row with one too many has shifted; "all" where those at the end
                are told too, so that a row with one too few has shifted as well
    """

    name: str | None
    dialect: Dialect | None
    top: tuple[Row, ...]
    line_count: int
    header: tuple[str, ...] | None = None
    hidden: bool = False
    source: Source | None = None
    merges: tuple[tuple[int, int, int, int], ...] = ()
    covered: tuple[int, ...] = ()
    area: Area | None = None
    shown: Mapping[int, Counter[str]] = field(default_factory=dict)
    cells: Cells = "placed"

    def within(self, area: Area) -> Sheet:
        """The sheet as if nothing else stood in it than this area; lines keep their numbers."""
        last = min(area.last or self.line_count, self.line_count)
        top = tuple(
            _cut(row, area) if area.first <= line <= last else ()
            for line, row in enumerate(self.top[:last], 1)
        )
        return replace(self, top=top, line_count=last, area=area)

    def below(self, header_line: int, filled: tuple[int, ...] = ()) -> Relation:
        """The rows under the header; 0 where there is no header line in the file.

        filled  columns in which a cell covered by a merged one says the same; in others it is
                empty, since a merged number would count twice
        """
        if self.source is None:
            raise ValueError("a sheet made by hand has no rows to read")
        found = _within(self.source.relation(header_line, self.top), self.area)
        marked = [at for at in self.covered if at < found.width]
        if not marked:
            return found
        replaced = ", ".join(_uncovered(at, at in filled) for at in marked)
        sql = f"(select * replace ({replaced}) from {found.sql})"
        return replace(found, sql=sql, plain=UNKNOWN)


def _cut(row: Row, area: Area) -> Row:
    kept = row if area.right is None else row[: area.right + 1]
    blank = ("",) * min(area.left, len(kept))
    return (*blank, *kept[len(blank) :])


def _within(found: Relation, area: Area | None) -> Relation:
    """The rows of an area; what stands beside it is nothing of theirs, so no surplus either."""
    if area is None:
        return found
    width = found.width if area.right is None else min(found.width, area.right + 1)
    cells = [f"'' as c{at}" if at < area.left else f"c{at}" for at in range(width)]
    extra = "extra" if area.right is None else "cast(null as varchar) as extra"
    until = f" where line <= {area.last:d}" if area.last is not None else ""
    sql = f"(select {', '.join(['line', *cells, extra])} from {found.sql}{until})"
    return replace(found, sql=sql, width=width, rows=None)


def _uncovered(at: int, filled: bool) -> str:
    said = f"substr(c{at}, {len(COVERED) + 1})" if filled else "''"
    mark = " || ".join(f"chr({ord(sign)})" for sign in COVERED)
    return f"case when prefix(c{at}, {mark}) then {said} else c{at} end as c{at}"


@dataclass(frozen=True)
class Book:
    """All sheets of one file, in the file's order; empty sheets are not among them."""

    sheets: tuple[Sheet, ...]
