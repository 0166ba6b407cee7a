"""Stacks of counts: parts to the right, what is gone to the left, numbers where there is room."""

from __future__ import annotations

from typing import Any

from chanplan.charts import palette, stacks
from chanplan.charts.palette import DARK
from chanplan.charts.stacks import Part

HOVERS = ["天猫: 60", "<b>x</b>: 5"]
PARTS = (
    Part("新客", palette.HUES[0], [40, 5], ["40", "5"], HOVERS),
    Part("未知", palette.HUES[2], [None, 20], ["—", "20"], HOVERS),
    Part("流失", palette.HUES[1], [30, 3], ["30", "3"], HOVERS, is_gone=True),
)


def drawn(parts: tuple[Part, ...] = PARTS) -> Any:
    return stacks.stacks(["天猫", "<b>x</b>"], ["天猫", None], parts, DARK)


def test_what_is_gone_goes_to_the_left_and_unknown_takes_no_room() -> None:
    new, unknown, gone = drawn().data
    assert (list(new.x), list(unknown.x), list(gone.x)) == ([40, 5], [0, 20], [-30, -3])
    assert drawn().layout.barmode == "relative"


def test_a_number_is_written_where_its_part_has_room() -> None:
    """The bars reach 40 to the right and 30 to the left: 7 % of 70 is 4.9."""
    new, unknown, gone = drawn().data
    assert [list(one.text) for one in (new, unknown, gone)] == [["40", "5"], ["", "20"], ["30", ""]]
    assert list(new.hovertext) == HOVERS


def test_a_click_tells_the_member_and_names_are_inert() -> None:
    figure = drawn()
    assert [list(one) for one in figure.data[0].customdata] == [["天猫", False], [None, False]]
    assert list(figure.layout.yaxis.ticktext) == ["天猫", "&lt;b&gt;x&lt;/b&gt;"]
    assert [one.name for one in figure.data] == ["新客", "未知", "流失"]


def test_a_part_s_text_can_be_read_on_its_colour() -> None:
    for one, part in zip(drawn().data, PARTS, strict=True):
        assert palette.contrast(one.insidetextfont.color, part.colour) >= 4.5


def test_nobody_at_all_is_drawn_as_an_empty_canvas() -> None:
    figure = stacks.stacks([], [], [Part("新客", palette.HUES[0], [], [], [])])
    assert list(figure.data[0].x) == [] and figure.layout.height > 0
