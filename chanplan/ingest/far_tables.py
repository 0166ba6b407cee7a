"""Tables that begin below the rows which are looked at first: seen by their line of headings.

In most sheets every row is looked at for one. In the largest, where that would cost, it is seen
when the rows are loaded: headings are no line of another table, so they are set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from chanplan.domain.area import Area
from chanplan.ingest.fitting import SAMPLE_ROWS, Fit
from chanplan.ingest.headers import normal, spellings
from chanplan.ingest.other_tables import heads, heads_other
from chanplan.ingest.read import TOP_ROWS, Sheet
from chanplan.ingest.reading.sheet import Row

# The rows of a sheet that meet a condition, in SQL over line and c0…: (line, cells), few of them.
Rows = Callable[[Sheet, int, str], Sequence[tuple[int, Row]]]
# Larger ones come from databases, which write one table each; should one not, see `found_late`.
MOST_LINES = 200_000
# A row that nobody has looked at; never blank, so that no table ends in it.
UNSEEN: Row = ("…",)
# Cells of a line of headings, and lines above it that may be its title.
_FEWEST_CELLS, _TITLES = 3, 3


def lengthened(sheet: Sheet, fit: Fit, rows: Rows | None) -> Sheet:
    """The sheet with the first rows of tables below the others that were looked at, if any."""
    if rows is None or not TOP_ROWS < sheet.line_count <= MOST_LINES or sheet.header is not None:
        return sheet
    likely = rows(sheet, fit.header_line, _not_a_line(fit, sheet.below(fit.header_line).width))
    found = [line for line, row in likely if heads_other(row, sheet, fit)]
    for line in found:
        sheet = _with_rows(sheet, line - _TITLES, rows)
    return sheet


def found_late(headers: Sequence[str | None], aside: Iterable[tuple[int, Row]]) -> int:
    """The first line, of those set aside, that holds the headings of another table; 0 if none.

    headers  the table's own headings, by column
    aside    (line, cells) of what was set aside, in the order of lines
    """
    own = [{normal(header or ""), *spellings(header or "")} for header in headers]
    return next((line for line, row in aside if line > TOP_ROWS and heads(row, own)), 0)


def with_line(sheet: Sheet, line: int, rows: Rows) -> Sheet:
    """The sheet with the first rows of a table whose headings stand in this line."""
    return _with_rows(sheet, line - _TITLES, rows)


def reaching(sheet: Sheet, area: Area, rows: Rows | None) -> Sheet:
    """The sheet with the first rows of an area that begins below those looked at."""
    if rows is None or area.first + SAMPLE_ROWS <= TOP_ROWS or sheet.line_count <= TOP_ROWS:
        return sheet
    return _with_rows(sheet, area.first, rows)


def _with_rows(sheet: Sheet, first: int, rows: Rows) -> Sheet:
    first = max(first, 1)
    last = min(first + SAMPLE_ROWS, sheet.line_count)
    top = [*sheet.top, *[UNSEEN] * (last - len(sheet.top))]
    for line in range(max(first, TOP_ROWS + 1), last + 1):
        top[line - 1] = ()
    for line, row in rows(sheet, 0, f"line between {first:d} and {last:d}"):
        top[line - 1] = _to_the_last(row)
    return replace(sheet, top=tuple(top))


def _to_the_last(row: Row) -> Row:
    """Without the empty cells at its end, which workbooks fill up."""
    filled = [at for at, cell in enumerate(row) if cell]
    return row[: filled[-1] + 1] if filled else ()


def _not_a_line(fit: Fit, width: int) -> str:
    """SQL of rows far below that hold words, or nothing, where lines hold dates and money."""
    months = fit.layout.wide.months[:1] if fit.layout.wide else ()
    kinds = fit.table.columns
    own = [m.at for n, m in fit.matches.items() if kinds[n].kind in ("date", "amount")]
    looked = {at for at in (*own, *(at for at, _ in months)) if at < width}
    words = [f"(c{at} <> '' and not regexp_matches(c{at}, '[0-9０-９]'))" for at in sorted(looked)]
    empty = " and ".join(f"coalesce(c{at}, '') = ''" for at in sorted(looked)) or "true"
    filled = " + ".join(f"coalesce(c{at} <> '', false)::integer" for at in range(width))
    any_word = " or ".join([*words, f"({empty})"])
    return f"line > {TOP_ROWS} and ({any_word}) and {filled} >= {_FEWEST_CELLS}"
