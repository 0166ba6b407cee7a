"""What is known of one sheet before it is settled, and the looks at it that several take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chanplan.domain.recipe import Recipe
from chanplan.ingest import values
from chanplan.ingest.fitting import Fit
from chanplan.ingest.matching import Match, cells_of
from chanplan.ingest.naming import source_name
from chanplan.ingest.read import Sheet
from chanplan.ingest.told import Hints
from chanplan.settings import DEFAULT_CURRENCY

Scan = Callable[[Sheet, int, int], Iterable[str]]
DIRECT = ("amount_with_tax", "amount_without_tax")
# A remark fills one or two cells of its row.
LONE = 2
# A longer text above a table is a remark.
LONGEST_TITLE = 30


@dataclass(frozen=True)
class Case:
    """One sheet to settle: its fit, what the person said, what was remembered, the company's
    currency."""

    sheet: Sheet
    fit: Fit
    name: str
    hints: Hints
    old: Recipe | None
    today: date
    company: str = DEFAULT_CURRENCY

    @cached_property
    def source(self) -> str:
        """The hinted source, else a name made of the file's."""
        return self.hints.source or source_name(self.name, self.sheet.name)

    @property
    def sales(self) -> bool:
        """Whether the sheet holds sales lines."""
        return self.fit.table.name == "sales"

    def cells(self, found: Match) -> list[str | None]:
        """The sample cells of one column."""
        return cells_of(self.fit.sample, found.at)


def rows_below(case: Case) -> tuple[tuple[str | None, ...], ...]:
    return case.sheet.top[case.fit.header_line :]


def texts_around(case: Case) -> list[str]:
    """The cells above a table, and remarks among and below its rows."""
    above = case.sheet.top[: max(case.fit.header_line - case.fit.header_rows, 0)]
    lone = (row for row in (*above, *case.fit.sample) if 0 < sum(map(bool, row)) <= LONE)
    return [cell for row in (*above, *lone) for cell in row if cell]


def titles(case: Case) -> list[str]:
    """What stands alone in a line above a table, and is no remark."""
    above = case.sheet.top[: max(case.fit.header_line - case.fit.header_rows, 0)]
    told = [[cell.strip() for cell in row if cell and cell.strip()] for row in above]
    return [cells[0] for cells in told if len(cells) == 1 and len(cells[0]) <= LONGEST_TITLE]


def is_counted(cells: Sequence[str | None]) -> bool:
    """Whether most cells of a quantity tell their unit behind the number."""
    told = [cell for cell in cells if not values.is_none(cell)]
    return sum(1 for cell in told if values.unit_of(cell)) * 2 >= max(len(told), 1)


def says_something(case: Case, found: Match) -> bool:
    return not all(values.is_none(cell) for cell in case.cells(found))
