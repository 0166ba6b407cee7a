"""A grid of states: one sign for each, whatever its colour."""

import pandas as pd

from chanplan.charts import grid
from chanplan.charts.palette import LIGHT
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter

CELLS = pd.DataFrame(
    [
        ("a", 202401, "loaded", False, "a1"),
        ("a", 202402, "missing", False, "a2"),
        ("b", 202401, "loaded", True, "b1"),
    ],
    columns=["row", "month", "state", "closed", "code"],
)


def test_every_state_has_its_sign_row_and_month() -> None:
    figure = grid.states(["a", "b"], CELLS, ["x", "y", "z"], Formatter("zh"), LIGHT)
    told = {
        (x, y): (sign, hover)
        for trace in figure.data
        for x, y, sign, hover in zip(trace.x, trace.y, trace.text, trace.hovertext, strict=True)
    }
    assert told == {
        (ordinal(202401), 0): ("●", "x"),
        (ordinal(202402), 0): ("✕", "y"),
        (ordinal(202401), 1): (grid.CLOSED, "z"),
    }
    codes = {hover: data for t in figure.data for hover, data in zip(t.hovertext, t.customdata)}  # noqa: B905
    assert {hover: list(data) for hover, data in codes.items()} == {
        "x": ["a1", False], "y": ["a2", False], "z": ["b1", False]
    }  # fmt: skip
    bands = [(band.x0, band.x1) for band in figure.layout.shapes]
    assert bands == [(ordinal(202401) - 0.5, ordinal(202401) + 0.5)]  # closed, whatever its cells
    assert len(set(grid.SIGNS.values())) == len(grid.SIGNS)


def test_names_from_files_are_no_markup() -> None:
    hostile = CELLS.assign(row="<b>a</b>")
    figure = grid.states(["<b>a</b>"], hostile, ["", "", ""], Formatter("en"), LIGHT)
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;a&lt;/b&gt;",)
