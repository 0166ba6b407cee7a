"""Cumulated sales beside the cumulated target, and the fan of where they may land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import plotly.graph_objects as go

from chanplan.analysis.tracking_course import Curve, Point
from chanplan.charts import axes, canvas, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.domain.period import from_ordinal
from chanplan.language.numbers import Formatter

HEIGHT: Final = 300
# Widest first, so that the narrower lie upon them; with how much of the hue each has.
BANDS: Final = (("95", 0.16), ("80", 0.30), ("50", 0.48))


@dataclass(frozen=True)
class FanWords:
    """Names in the legend: of the target, of what was sold, of the landing and its intervals."""

    target: str
    actual: str
    expected: str
    intervals: Mapping[str, str]


@dataclass(frozen=True)
class Mark:
    """A day to be seen on the curve: a milestone, with what the pointer is told."""

    at: float
    value: float
    name: str
    done: bool


def fan(
    curve: Curve,
    formatter: Formatter,
    words: FanWords,
    look: Look = LIGHT,
    marks: Sequence[Mark] = (),
) -> go.Figure:
    """The target dashed, sales drawn full, the expected landing dotted in its fan."""
    entries = 6 if curve.expected else 2
    figure = canvas.canvas(None, HEIGHT + canvas.legend_height(entries), look)
    for share, part in BANDS:
        low, high = curve.ends.get(f"low{share}"), curve.ends.get(f"high{share}")
        if low and high:
            colour = palette.mixed(look.edge, palette.HUES[0], part)
            _band(figure, low, high, words.intervals[share], colour)
    _line(figure, curve.target, words.target, look.ink, "dash", formatter)
    _line(figure, curve.actual, words.actual, palette.HUES[0], "solid", formatter)
    if curve.expected:
        _line(figure, curve.expected, words.expected, palette.HUES[0], "dot", formatter)
    if marks:
        _marks(figure, marks, look)
    _axes(figure, curve, formatter, look)
    return figure


def _band(
    figure: go.Figure, low: Sequence[Point], high: Sequence[Point], name: str, colour: str
) -> None:
    around = [*high, *reversed(low)]
    figure.add_scatter(
        x=[point.at for point in around],
        y=[point.value for point in around],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=colour,
        name=name,
        hoverinfo="skip",
    )


def _line(
    figure: go.Figure,
    points: Sequence[Point],
    name: str,
    colour: str,
    dash: str,
    formatter: Formatter,
) -> None:
    figure.add_scatter(
        x=[point.at for point in points],
        y=[point.value for point in points],
        mode="lines+markers" if dash == "solid" else "lines",
        line={"color": colour, "width": 2.4, "dash": dash},
        marker={"color": colour, "size": 5},
        name=name,
        hovertext=[_hover(point, name, formatter) for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(point: Point, name: str, formatter: Formatter) -> str:
    month = formatter.month(from_ordinal(int(-(-point.at // 1))))
    return f"<b>{name}</b> · {month}<br>{formatter.money(_amount(point))}"


def _marks(figure: go.Figure, marks: Sequence[Mark], look: Look) -> None:
    figure.add_scatter(
        x=[mark.at for mark in marks],
        y=[mark.value for mark in marks],
        mode="markers",
        showlegend=False,
        marker={"symbol": "diamond", "size": 10,
                "color": [look.good if mark.done else look.bad for mark in marks],
                "line": {"color": look.edge, "width": 1}},
        hovertext=[mark.name for mark in marks],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _axes(figure: go.Figure, curve: Curve, formatter: Formatter, look: Look) -> None:
    points = [*curve.target, *curve.actual, *(p for way in curve.ends.values() for p in way)]
    values = [_amount(point) for point in points] or [Decimal(0)]
    money = axes.amounts(min(values), max(values), formatter)
    months = axes.months(curve.months, formatter)
    figure.update_layout(
        showlegend=True,
        legend=canvas.legend(look),
        xaxis=canvas.quiet_axis(
            look,
            tickmode="array",
            tickvals=months.positions,
            ticktext=months.texts,
            tickangle=0,
            range=_around(curve),
        )
        | {"tickfont": {"size": axes.MONTH_SIZE, "color": look.faint}},
        yaxis=canvas.quiet_axis(
            look,
            showgrid=True,
            gridcolor=look.grid,
            zeroline=True,
            zerolinecolor=look.zero,
            tickmode="array",
            tickvals=money.positions,
            ticktext=money.texts,
        ),
    )


def _amount(point: Point) -> Decimal:
    return Decimal(repr(round(float(point.value), 2)))


def _around(curve: Curve) -> list[float]:
    """Room for the first and the last label, which stand at the ends of the curve."""
    first, last = curve.target[0].at, curve.target[-1].at
    air = (last - first) * 0.03
    return [first - air, last + air]
