"""A statement's rows: totals from nought, steps from where the row above ended."""

from __future__ import annotations

from decimal import Decimal

from chanplan.charts.palette import LIGHT
from chanplan.charts.statement import Line, statement
from chanplan.language.numbers import Formatter

D = Decimal


def test_steps_lead_from_one_total_to_the_next() -> None:
    rows = [("sales", 1000, True), ("goods", -600, False), ("fee", -90, False), ("left", 310, True)]
    lines = [Line(name, D(amount), total, "", name) for name, amount, total in rows]
    [bars] = statement(lines, Formatter("en")).data
    assert list(bars.base) == [0, 1000, 400, 0]
    assert list(bars.x) == [1000, -600, -90, 310]
    assert bars.marker.color[1] == LIGHT.bad and bars.marker.color[0] == bars.marker.color[3]


def test_a_loss_is_bad_even_as_a_total_and_names_are_inert() -> None:
    figure = statement([Line("<b>x</b>", D(-5), True, "", "", "x")], Formatter("zh"))
    assert figure.data[0].marker.color[0] == LIGHT.bad
    assert figure.layout.yaxis.ticktext[0].startswith("&lt;b&gt;")
    assert list(figure.data[0].customdata[0]) == ["x", False]
