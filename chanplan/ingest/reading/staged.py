"""Rows lie in a staging file, each line led by its number, so that DuckDB may read in parallel.

DuckDB's CSV reader has no row number of its own, and numbering while it reads takes its
parallelism away (10.7 s against 6.6 s for five million lines). Large plain texts need no copy: see
in_place.py.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from chanplan.ingest.reading.plain import UNKNOWN, Plain
from chanplan.ingest.reading.sheet import TOP_ROWS, Relation, Row

_BEFORE_CUT, _BEHIND_CUT = re.compile(r"^\s*-?\d{1,3}$"), re.compile(r"^\d{3}(?:\.\d+)?$")

# No file contains this, so no cell is ever taken for NULL: an empty cell stays ''.
NO_CELL = "\x02\x1fchanplan\x1f\x03"


@dataclass(frozen=True)
class StagedText:
    """Numbered lines in UTF-8 with `\\n` line ends.

    widest      the most cells of any row
    multiline   some quoted cell holds a line break, which DuckDB reads only one thread at a time
    positional  cells stand in columns of their own (workbooks), so a long row is not a shifted one
    plain       what no cell has
    lines       how many lines there are, where each of them is a row
    """

    path: Path
    separator: str
    quote: str
    widest: int
    multiline: bool = False
    positional: bool = False
    plain: Plain = UNKNOWN
    lines: int | None = None

    def relation(self, header_line: int, top: tuple[Row, ...]) -> Relation:
        """Rows below the header as `Relation` describes; cells beyond the width become extra."""
        far = header_line > TOP_ROWS
        width = self.widest if self.positional or far else usual_width(header_line, top)
        present = [f"c{at}" for at in range(min(width, self.widest))]
        absent = [f"cast(null as varchar) as c{at}" for at in range(self.widest, width)]
        columns = ", ".join(["line", *present, *absent, f"{self._extra(width)} as extra"])
        return Relation(
            sql=f"(select {columns} from {self._scan()} where line > {int(header_line)})",
            width=width,
            rows=None if self.lines is None else max(self.lines - header_line, 0),
            plain=self.plain,
        )

    def _extra(self, width: int) -> str:
        surplus = ", ".join(f"c{at}" for at in range(width, self.widest))
        if not surplus:
            return "cast(null as varchar)"
        joined = f"concat_ws({_literal(self.separator)}, {surplus})"
        return f"case when c{width} is not null then {joined} end"

    def _scan(self) -> str:
        types = ", ".join(f"'c{at}': 'varchar'" for at in range(self.widest))
        quote = _literal(self.quote)
        options = {
            "auto_detect": "false",
            "header": "false",
            "delim": _literal(self.separator),
            "quote": quote,
            "escape": quote,
            "new_line": r"'\n'",
            "null_padding": "true",
            "nullstr": _literal(NO_CELL),
            "parallel": "false" if self.multiline else "true",
            "columns": f"{{'line': 'bigint', {types}}}",
        }
        stated = ", ".join(f"{name} = {value}" for name, value in options.items())
        return f"read_csv({_literal(str(self.path))}, {stated})"


def usual_width(header_line: int, top: tuple[Row, ...]) -> int:
    """Columns of the table: the header's, or what most rows have when that is more.

    A row longer than both is surplus, never a reason to shift the others.
    """
    header = _heads(header_line, top)
    rows = Counter(len(row) for row in top[header_line:] if row)
    usual = rows.most_common(1)[0][0] if rows else 0
    if 1 < header < usual and _filled_beyond(header, top[header_line:]):
        return header
    return max(header, usual, 1)


def _heads(header_line: int, top: tuple[Row, ...]) -> int:
    """Cells of the header line, or of the line above where that goes further."""
    lines = top[max(header_line - 2, 0) : header_line] if header_line <= len(top) else ()
    return len(lines[-1]) if lines and lines[-1] else 0


def _filled_beyond(header: int, rows: tuple[Row, ...]) -> bool:
    """Whether most rows hold something where no heading is: 1,234.50 without quotes."""
    full = [row for row in rows if len(row) > 1]
    beyond = sum(1 for row in full if any(row[header:]))
    return beyond * 2 > len(full) or _cut_numbers([row for row in full if len(row) > header])


def _cut_numbers(rows: list[Row]) -> bool:
    """Whether in nearly all of these rows two cells are one number that its comma cut: 48 | 062.81.

    A quantity beside an amount may look so by chance; such rows are set aside, never shifted.
    """
    pairs = Counter(
        at
        for row in rows
        for at, (one, two) in enumerate(pairwise(row))
        if _BEFORE_CUT.match(one or "") and _BEHIND_CUT.match(two or "")
    )
    return bool(pairs) and max(pairs.values()) * 10 >= len(rows) * 9


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
