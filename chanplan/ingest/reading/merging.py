"""In the child: what a merged cell says is noted in every row that it covers.

A cell below a merged one says the same as the merged one when it is a name or a date, and
nothing when it is a number, which would count twice. Which it is only recognition knows: so
the covered cell carries the text behind a mark, and `Sheet.below` takes one or the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Stands in no file: it is the first sign of no cell that a person typed.
COVERED = "\x02\x1f"
# Where headings are: ranges that begin further down are no headings.
HEADING_ROWS = 60

# First row, first column, last row, last column; rows count from 1, columns from 0.
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Merges:
    """The merged ranges of one sheet, sorted by their first row."""

    ranges: tuple[Range, ...] = ()

    def headings(self) -> list[Range]:
        """The ranges that begin where headings may stand."""
        return [one for one in self.ranges if one[0] <= HEADING_ROWS]

    def columns(self) -> list[int]:
        """The columns with a cell that covers cells below it."""
        return sorted({left for top, left, bottom, _ in self.ranges if bottom > top})

    def noted(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """The rows, a covered cell filled with `COVERED` and the text it is covered by."""
        coming = iter(self.ranges)
        following = next(coming, None)
        active: list[tuple[Range, str]] = []
        for number, cells in rows:
            active = [one for one in active if one[0][2] >= number]
            for (_, left, _, _), said in active:
                _put(cells, left, COVERED + said)
            while following and following[0] <= number:
                said = cells[following[1]] if following[1] < len(cells) else ""
                if following[0] == number and following[2] > number and said:
                    active.append((following, said))
                following = next(coming, None)
            yield number, cells


def _put(cells: list[str], at: int, said: str) -> None:
    if at >= len(cells):
        cells.extend([""] * (at + 1 - len(cells)))
    if not cells[at]:
        cells[at] = said
