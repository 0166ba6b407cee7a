"""A chart of a workbook's own beside its table: it can be edited, and follows the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from chanplan.charts.palette import HUES
from chanplan.reports import native_waterfall
from chanplan.reports.escaping import inert

# How the workbook calls each kind.
_KINDS: Mapping[str, dict[str, str]] = {
    "bar": {"type": "bar"},
    "column": {"type": "column"},
    "line": {"type": "line"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "waterfall": {"type": "column", "subtype": "stacked"},
}
# Pixels: a chart as large as half a screen, taller for bars that carry names.
WIDTH, HEIGHT, BAR_HEIGHT = 720, 400, 26


@dataclass(frozen=True)
class Chart:
    """What of a table is drawn.

    names   the columns that name a row, the leftmost ones
    values  the columns drawn, standing side by side
    rows    the first so many rows are drawn
    by_row  a series for every row, the headings along the axis; else one for every column
    left_out  rows among these that are not drawn: subtotals of others, counted from 0
    totals  of a waterfall of one column of values: the rows that stand from nought, counted from 0
    """

    kind: Literal["bar", "column", "line", "stacked", "waterfall"]
    names: tuple[str, ...]
    values: tuple[str, ...]
    rows: int
    by_row: bool = False
    title: str = ""
    totals: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()

    @property
    def runs(self) -> list[tuple[int, int]]:
        """The rows drawn as runs of rows that stand together: first and last, counted from 0."""
        found: list[tuple[int, int]] = []
        for row in range(self.rows):
            if row in self.left_out:
                continue
            begun = found and found[-1][1] == row - 1
            found[-1:] = [(found[-1][0], row)] if begun else [*found[-1:], (row, row)]
        return found


def draw(
    book: Any,
    page: Any,
    chart: Chart,
    columns: Sequence[str],
    names: Sequence[Sequence[object]],
    moneys: Sequence[Decimal] = (),
) -> None:
    """Put the chart right of the table that stands on `page` with its headings in the first row.

    `names` holds the naming cells of every row, as the page shows them; `moneys` what stands in
    the column that a waterfall is made of.
    """
    if not chart.runs or not chart.values:
        return
    places = [columns.index(name) for name in chart.values]
    made = book.add_chart(_KINDS[chart.kind])
    for told in _series(book, page.name, chart, places, names, moneys):
        made.add_series(told)
    if chart.kind == "waterfall":
        made.show_hidden_data()
    made.set_title({"name": inert(chart.title), "name_font": {"size": 12}})
    made.set_legend(
        {"none": True} if not chart.by_row and len(places) == 1 else {"position": "bottom"}
    )
    tall = max(HEIGHT, BAR_HEIGHT * chart.rows) if chart.kind == "bar" else HEIGHT
    made.set_size({"width": WIDTH, "height": tall})
    if chart.kind == "bar":
        made.set_y_axis({"reverse": True})  # the first row on top, as in the table
    page.insert_chart(1, len(columns) + 1, made)


def _series(
    book: Any,
    sheet: str,
    chart: Chart,
    places: Sequence[int],
    names: Sequence[Sequence[object]],
    moneys: Sequence[Decimal],
) -> list[dict[str, Any]]:
    if chart.kind == "waterfall":
        named = {"categories": [sheet, 1, 0, chart.rows, len(chart.names) - 1]}
        drawn = moneys[: chart.rows]
        made = native_waterfall.series(book, sheet, places[0], drawn, chart.totals)
        return [{"overlap": 100} | named | told for told in made]
    told = (_by_row if chart.by_row else _by_column)(sheet, chart, places, names)
    return [one | _look(chart.kind, HUES[at % len(HUES)]) for at, one in enumerate(told)]


def _by_column(
    sheet: str, chart: Chart, places: Sequence[int], names: Sequence[Sequence[object]]
) -> list[dict[str, Any]]:
    return [
        {
            "name": [sheet, 0, at],
            "categories": _cells(sheet, chart, 0, len(chart.names) - 1),
            "values": _cells(sheet, chart, at, at),
        }
        for at in places
    ]


def _by_row(
    sheet: str, chart: Chart, places: Sequence[int], names: Sequence[Sequence[object]]
) -> list[dict[str, Any]]:
    first, last = places[0], places[-1]
    return [
        {
            "name": [sheet, line, 0] if len(chart.names) == 1 else _joined(names[line - 1]),
            "categories": [sheet, 0, first, 0, last],
            "values": [sheet, line, first, line, last],
        }
        for first_row, last_row in chart.runs
        for line in range(first_row + 1, last_row + 2)
    ]


def _cells(sheet: str, chart: Chart, left: int, right: int) -> list[Any] | str:
    """The drawn rows of some columns; where subtotals stand between them, run by run."""
    runs = chart.runs
    if len(runs) == 1:
        first, last = runs[0]
        return [sheet, first + 1, left, last + 1, right]
    name = quote_sheetname(sheet)
    told = (xl_range_abs(first + 1, left, last + 1, right) for first, last in runs)
    return f"=({','.join(f'{name}!{cells}' for cells in told)})"


def _joined(names: Sequence[object]) -> str:
    """A series named by several cells needs their text: a reference holds one cell only."""
    return inert(" · ".join(str(name) for name in names))


def _look(kind: str, colour: str) -> dict[str, Any]:
    if kind == "line":
        return {"line": {"color": colour, "width": 2}}
    return {"fill": {"color": colour}, "gap": 60}
