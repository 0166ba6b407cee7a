"""A table of cells: where each stands, what it says, and that colour is never the only sign."""

from __future__ import annotations

import math
from typing import Any

import pytest

from chanplan.charts import heat, palette
from chanplan.charts.heat import Cell
from chanplan.charts.palette import DARK, LIGHT, Look

CELLS = (
    Cell(0, 0, "150", 0.58, "far above", "0.0"),
    Cell(0, 1, "96", None, "nothing", "0.1"),
    Cell(1, 1, "40", -1.0, "far below", "1.1"),
)


def drawn(chosen: str | None = None) -> Any:
    return heat.heat(["<b>果酒</b>", "米酒"], ["天猫", "京东"], CELLS, LIGHT, chosen)


def test_a_cell_stands_in_its_row_and_column_and_gives_its_code() -> None:
    (bars,) = drawn().data
    middles = [base + heat.FILLED / 2 for base in bars.base]
    assert list(zip(bars.x, middles, strict=True)) == [(0, 0), (1, 0), (1, 1)]
    assert [tuple(each) for each in bars.customdata] == [
        ("0.0", False),
        ("0.1", False),
        ("1.1", False),
    ]
    assert list(bars.hovertext) == ["far above", "nothing", "far below"]


def test_what_says_something_is_bold_too() -> None:
    (bars,) = drawn().data
    assert list(bars.text) == ["<b>150</b>", "96", "<b>40</b>"]
    assert bars.marker.color[1] == palette.quiet(LIGHT)


def test_the_chosen_cell_has_a_frame() -> None:
    (bars,) = drawn(chosen="1.1").data
    assert list(bars.marker.line.width) == [0, 0, 2]


def test_names_from_files_are_no_markup() -> None:
    assert drawn().layout.yaxis.ticktext[0] == "&lt;b&gt;果酒&lt;/b&gt;"


def test_headings_are_broken_where_they_fit_and_stand_upright_where_not() -> None:
    eight = [*["天猫"] * 6, "抖音直播", "商超KA"]
    figure = heat.heat(["x"], eight, [], LIGHT)
    assert figure.layout.xaxis.ticktext[-2:] == ("抖音<br>直播", "商超<br>KA")
    assert figure.layout.xaxis.tickangle == 0
    latin = heat.heat(["x"], [*["Tmall"] * 7, "Livestream"], [], LIGHT)
    assert latin.layout.xaxis.tickangle == -90


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("strength", [-1.0, -0.4, -0.05, 0.05, 0.4, 1.0])
def test_every_ground_leaves_its_number_readable(look: Look, strength: float) -> None:
    """WCAG AA: 4.5 to 1 for text of this size."""
    ground = palette.diverging(strength, look)
    assert palette.contrast(palette.on(ground), ground) >= 4.5
    quiet = palette.quiet(look)
    assert palette.contrast(look.faint, quiet) >= 4.5


def test_contrast_of_black_and_white_is_21() -> None:
    assert math.isclose(palette.contrast("#000000", "#ffffff"), 21)
    assert palette.mixed("#000000", "#ffffff", 0.5) == "#808080"
