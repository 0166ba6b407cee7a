"""Rows over columns: months are written as on every chart, other places by their names."""

from __future__ import annotations

from decimal import Decimal

from chanplan.charts.crossed import Series, crossed
from chanplan.language.numbers import Formatter


def test_months_in_a_row_are_written_as_on_every_chart() -> None:
    one = Series("天猫", "#123456", tuple(Decimal(value) for value in (1, 2, 3)))
    names = ["2023年12月", "2024年1月", "2024年2月"]
    drawn = crossed(
        "lines", [one], names, "money", Formatter("zh"), months=(202312, 202401, 202402)
    )
    assert list(drawn.layout.xaxis.tickvals) == [0, 1, 2]
    assert list(drawn.layout.xaxis.ticktext) == ["12月<br>2023年", "1月<br>2024年", "2月"]
    assert drawn.data[0].hovertext[1].startswith("<b>天猫</b><br>2024年1月")


def test_months_with_a_gap_keep_their_full_names() -> None:
    one = Series("天猫", "#123456", (Decimal(1), Decimal(2)))
    names = ["2024年1月", "2024年3月"]
    drawn = crossed("lines", [one], names, "money", Formatter("zh"), months=(202401, 202403))
    assert list(drawn.layout.xaxis.ticktext) == names
