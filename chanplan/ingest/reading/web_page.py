"""In the child: the tables of a web page, which many systems export under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from chanplan.ingest.reading.merging import Range

# What a page may claim and still be a table of a business.
WIDEST_SPAN = 512
LONGEST_SPAN = 100_000
WIDEST_ROW = 16_384
UNSEEN = ("script", "style", "select", "template")


@dataclass
class Grid:
    """One table: its rows, and the ranges of its cells that span several."""

    rows: list[list[str]] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    # column → rows that a cell above still covers
    covered: dict[int, int] = field(default_factory=dict)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)

    def open_row(self) -> None:
        """Begin a row; what a page never closes ends here."""
        self.close_row()
        self.covered = {at: left - 1 for at, left in self.covered.items() if left > 1}
        self.rows.append([])

    def close_row(self) -> None:
        """End the last cell; where cells above reach into the end of the row, it is as long."""
        self.close_cell()
        if self.rows and self.rows[-1]:
            while len(self.rows[-1]) in self.covered and len(self.rows[-1]) < WIDEST_SPAN:
                self.rows[-1].append("")

    def open_cell(self, down: int, right: int) -> None:
        """Begin a cell that spans so many rows and columns."""
        self.close_cell()
        if not self.rows:
            self.open_row()
        self.cell, self.span = [], (down, right)

    def close_cell(self) -> None:
        """Put the cell where the spans above it leave room."""
        if self.cell is None:
            return
        row, number, (down, right) = self.rows[-1], len(self.rows), self.span
        while len(row) in self.covered:
            row.append("")
        at = len(row)
        lines = "".join(self.cell).split("\n")
        row.append("\n".join(" ".join(line.split()) for line in lines).strip())
        row.extend([""] * (right - 1))
        if len(row) > WIDEST_ROW:
            raise ValueError(f"row {number} has more than {WIDEST_ROW} cells")
        if down > 1:
            self.covered |= dict.fromkeys(range(at, at + right), down)
        if down > 1 or right > 1:
            self.ranges.append((number, at, number + down - 1, at + right - 1))
        self.cell = None


class Page(HTMLParser):
    """Collects the grids of a page; a table within a cell is a grid of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._open: list[Grid] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tables, rows, cells and line breaks; all else is how it looks."""
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open.append(Grid())
            self.grids.append(self._open[-1])
        elif self._open and tag == "tr":
            self._open[-1].open_row()
        elif self._open and tag in ("td", "th"):
            told = dict(attrs)
            down, right = _span(told, "rowspan"), _span(told, "colspan")
            self._open[-1].open_cell(min(down, LONGEST_SPAN), min(right, WIDEST_SPAN))
        elif self._open and tag in ("br", "p", "div"):
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of a table ends its last cell too."""
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif self._open and tag in ("td", "th", "tr", "table"):
            self._open[-1].close_cell()
            if tag == "table":
                self._open[-1].close_row()
                self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text counts where it stands in a cell and is shown."""
        if self._open and self._open[-1].cell is not None and not self._unseen:
            kept = data if data == "\n" else data.replace("\r", " ").replace("\n", " ")
            self._open[-1].cell.append(kept)


def tables(text: str) -> Iterator[Grid]:
    """The grids of a page that have a row of at least two filled cells."""
    page = Page()
    page.feed(text)
    page.close()
    for grid in page.grids:
        grid.close_row()
        if any(sum(map(bool, row)) > 1 for row in grid.rows):
            yield grid


def _span(told: dict[str, str | None], name: str) -> int:
    said = (told.get(name) or "1").strip()
    return max(1, int(said)) if said.isdecimal() else 1
