"""Where other tables of a sheet begin: above, beside or below the one that was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chanplan.ingest import values
from chanplan.ingest.fitting import Cells, Fit
from chanplan.ingest.header_rows import is_value
from chanplan.ingest.headers import normal, spellings, vocabulary, words
from chanplan.ingest.read import Sheet
from chanplan.ingest.stacked import halves, heads_once, retitled

# Headings that stand twice by chance are fewer.
_SEVERAL = 3
# Fewer rows with values under headings are a remark of the report's own.
_FEWEST_ROWS = 2
_REMARK_CELLS = 2


def other_tables(sheet: Sheet, fit: Fit) -> list[int]:
    """The lines where other tables of the sheet begin: above, beside or below this one."""
    told = [normal(header) for header in fit.headers]
    once = heads_once(sheet, fit.header_line, fit.header_rows, fit.headers)
    if _beside(told, fit) or _again_beside(told, sheet, fit) or halves(once):
        return [fit.header_line]
    top = max(fit.header_line - fit.header_rows, 0)
    above = [line for line, row in enumerate(sheet.top[:top], 1) if _reads_as_line(row, fit)]
    own = _own_words(sheet, fit)
    above += _tables_above(sheet.top[:top], own)
    lines, undated = (fit.header_line, fit.header_rows), bool(fit.undated or fit.layout.wide)
    below = [
        line
        for line, row in enumerate(sheet.top[fit.header_line :], fit.header_line + 1)
        if (heads(row, own) and not _same_again(row, fit, line))
        or retitled(sheet, lines, line, undated)
    ]
    return [*above[:1], *below]


def _tables_above(rows: Cells, own: Sequence[Collection[str]]) -> list[int]:
    """The lines of other headings above this table that have rows of their own below them: months
    that somebody has put under each other, the columns of the first in another order."""
    found = [line for line, row in enumerate(rows, 1) if heads(row, own)]
    return [line for line in found if sum(map(_holds_values, rows[line:])) >= _FEWEST_ROWS]


def _holds_values(row: Sequence[str | None]) -> bool:
    """Several cells, one of them a number or a date."""
    cells = [cell for cell in row if cell and cell.strip()]
    return len(cells) > _REMARK_CELLS and any(map(is_value, cells))


def heads_other(row: Sequence[str | None], sheet: Sheet, fit: Fit) -> bool:
    """Whether a row far below holds the headings of another table."""
    return heads(row, _own_words(sheet, fit))


def _own_words(sheet: Sheet, fit: Fit) -> list[set[str]]:
    """By column what its heading says, and every line of it."""
    top = max(fit.header_line - fit.header_rows, 0)
    own = [{normal(header), *spellings(header)} for header in fit.headers]
    for row in sheet.top[top : fit.header_line]:
        for at, cell in enumerate(row[: len(own)]):
            own[at].add(normal(cell or ""))
    return own


def heads(row: Sequence[str | None], own: Sequence[Collection[str]]) -> bool:
    """A row of headings, and not this table's `own` ones once more in their places."""
    told = [(at, cell) for at, cell in enumerate(row) if cell and cell.strip()]
    if len(told) <= _REMARK_CELLS:
        return False
    known, strange = vocabulary(), 0
    for _, cell in told:
        strange += known.isdisjoint(spellings(cell))
        if strange * 3 > len(told):  # of most rows the first cells tell
            return False
    return not all(at < len(own) and normal(cell) in own[at] for at, cell in told)


def _same_again(row: Sequence[str | None], fit: Fit, line: int) -> bool:
    """Whether the line under the headings says the same in other words: 日期 over date."""
    if line != fit.header_line + 1:
        return False
    columns = fit.table.columns
    return any(
        match.at < len(row) and normal(row[match.at] or "") in words(columns[name])
        for name, match in fit.matches.items()
    ) and not any(is_value(cell) for cell in row if cell)


def _beside(told: list[str], fit: Fit) -> bool:
    """Whether the heading of the dates stands again behind an empty column."""
    at = next((fit.matches[name].at for name in _dates(fit) if name in fit.matches), None)
    if at is None or "" not in told[at:]:
        return False
    return told[at] in told[told.index("", at) :]


def _again_beside(told: list[str], sheet: Sheet, fit: Fit) -> bool:
    """Whether several of the lowest headings stand again behind an empty column."""
    first = next((at for at, head in enumerate(told) if head), 0)
    if fit.layout.wide or "" not in told[first:] or not 0 < fit.header_line <= len(sheet.top):
        return False
    lowest = [normal(cell or "") for cell in sheet.top[fit.header_line - 1]]
    at = told.index("", first)
    return len(set(lowest[:at]) & set(lowest[at:]) - {""}) >= _SEVERAL


def _reads_as_line(row: Sequence[str | None], fit: Fit) -> bool:
    """A row with a date where the dates are and a number where the amounts are."""
    kinds = fit.table.columns
    dates = [row[m.at] for n, m in fit.matches.items() if n in _dates(fit) and m.at < len(row)]
    numbers = [
        row[m.at] for n, m in fit.matches.items() if kinds[n].kind == "amount" and m.at < len(row)
    ]
    dated = any(values.shape_of(cell) for cell in dates)
    return dated and any(values.number_of(cell) is not None for cell in numbers)


def _dates(fit: Fit) -> list[str]:
    return [name for name, column in fit.table.columns.items() if column.kind == "date"]
