"""The curve of Pareto and the course beside its ordinary range."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.analysis import cells, concentration
from chanplan.charts import course, pareto
from chanplan.charts.palette import LIGHT
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter
from tests.charts.test_charts import WORDS

D = Decimal
ZH = Formatter("zh")


def curve(*values: int, told: pd.DataFrame | None = None) -> Any:
    frame = pd.DataFrame({"partner": [f"p{at}" for at in range(len(values))]})
    frame["net_sales"] = pd.Series([D(value) for value in values], dtype=object)
    ranked, found = concentration.members(frame, "partner", told)
    assert found is not None
    return pareto.pareto(ranked, found, ZH, WORDS, "累计占比")


def test_the_curve_by_hand() -> None:
    figure = curve(50, 30, 15, 5)
    (line,) = figure.data
    assert list(line.x) == [0, 1, 2, 3, 4] and list(line.y) == [0, 0.5, 0.8, 0.95, 1.0]
    assert "累计占比 80.0%" in line.hovertext[2]
    assert [tuple(each) for each in line.customdata][:2] == [(None, True), ("p0", False)]
    spans = [(shape.x0, shape.x1) for shape in figure.layout.shapes]
    assert spans == [(0, 2), (2, 3), (3, 4)]  # A, B, C
    assert [note.text for note in figure.layout.annotations] == ["A", "B", "C"]


def test_those_not_listed_are_a_dotted_line_to_the_end() -> None:
    names = ("members", "sales", "hhi", "top", "a_members", "a_share", "b_members", "b_share")
    told = cells.table(names, [(102, D(200), 0.1275, 0.505, 62, 0.8, 30, 0.15)])
    line, rest = curve(50, 50, told=told).data
    assert list(line.y)[-1] == 0.5
    assert (tuple(rest.x), tuple(rest.y)) == ((2, 102), (0.5, 1.0)) and rest.line.dash == "dot"


def test_thousands_are_thinned_and_end_at_1() -> None:
    (line,) = curve(*range(5_000, 0, -1)).data
    assert len(line.x) <= pareto.MOST_MARKS + pareto.MOST_POINTS + 2
    assert (line.x[-1], line.y[-1]) == (5_000, 1.0)


def test_all_points_of_the_least_thinned_curve_are_there() -> None:
    (line,) = curve(*[1] * (pareto.MOST_MARKS + 3)).data
    assert list(line.x) == list(range(pareto.MOST_MARKS + 4))


def test_a_course_with_its_range_and_what_it_is_compared_with() -> None:
    values = {202402: D(120), 202401: D(90)}
    figure = course.course(values, ZH, ZH.count, LIGHT, band=(D(80), D(110)), at=D(100))
    (line,) = figure.data
    assert list(line.x) == [ordinal(202401), ordinal(202402)] and list(line.y) == [90.0, 120.0]
    assert "2024年2月" in line.hovertext[1] and "120" in line.hovertext[1]
    assert [tuple(data) for data in line.customdata] == [("202401", False), ("202402", False)]
    band, dashed = sorted(figure.layout.shapes, key=lambda shape: shape.type, reverse=True)
    assert (band.y0, band.y1) == (80.0, 110.0) and dashed.y0 == 100.0
    assert figure.layout.yaxis.ticktext == ("80", "100", "120")


def test_cells_are_read_and_added() -> None:
    frame = cells.table(("a", "net_sales"), [("x", D(1)), ("x", D(2)), (None, D(4)), ("y", None)])
    assert cells.cells(frame, "a") == {("x",): D(3), (None,): D(4)}
    assert cells.by_size({("x",): D(1), (None,): D(9), ("y",): D(1)}) == ["x", "y"]
