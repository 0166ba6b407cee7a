"""Rows of a table as series over its columns: bars beside each other, stacked, or lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any, Literal

import plotly.graph_objects as go

from chanplan.analysis.arithmetic import ZERO
from chanplan.charts import axes, canvas
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import WIDEST_IN_LEGEND, WIDEST_NAME, shortened
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter

Kind = Literal["bars", "lines", "stacked"]
HEIGHT = 320
ROW = 30
# Labels that find room, aslant where the page is narrow.
MOST_LABELS = 13
_HUNDRED = Decimal(100)
_HOVER = "%{hovertext}<extra></extra>"


@dataclass(frozen=True)
class Series:
    """One row of the table: its name, colour, and a value for every place along the axis."""

    name: str
    colour: str
    values: tuple[Decimal | None, ...]


def crossed(
    kind: Kind,
    series: Sequence[Series],
    places: Sequence[str],
    unit: str,
    formatter: Formatter,
    look: Look = LIGHT,
    months: Sequence[int] = (),
) -> go.Figure:
    """The series over the named places; `unit` is the measure's in the catalogue, `months` the
    places as 202403 where they are months.

    One series of bars lies on its side, its names in full and its figures beside it. Selected
    points carry "series.place", counted from 0, in `customdata[0]` and False in `customdata[1]`.
    """
    if kind == "bars" and len(series) == 1:
        return _lying(series[0], places, unit, formatter, look)
    many = len(series) > 1
    figure = canvas.canvas(None, HEIGHT + (canvas.legend_height(len(series)) if many else 0), look)
    for at, one in enumerate(series):
        trace = _trace(kind, one, places, unit, formatter)
        figure.add_trace(trace.update(customdata=_codes(at, places)))
    figure.update_layout(
        barmode="relative" if kind == "stacked" else "group",
        showlegend=many,
        legend=canvas.legend(look),
        xaxis=canvas.quiet_axis(look, **_labels(places, months, formatter)),
        yaxis=_values(_reach(kind, series), unit, formatter, look),
    )
    return figure


def _trace(
    kind: Kind, one: Series, places: Sequence[str], unit: str, formatter: Formatter
) -> go.Scatter | go.Bar:
    told = {
        "name": escape(shortened(one.name, WIDEST_NAME), quote=False),
        "x": list(range(len(places))),
        "y": [None if value is None else float(value) for value in one.values],
        "hovertext": _hovers(one, places, unit, formatter),
        "hovertemplate": _HOVER,
    }
    if kind == "lines":
        marks = {"line": {"color": one.colour, "width": 2}, "marker": {"size": 5}}
        return go.Scatter(mode="lines+markers", connectgaps=False, **told, **marks)
    return go.Bar(marker={"color": one.colour, "line": {"width": 0}}, **told)


def _lying(
    one: Series, places: Sequence[str], unit: str, formatter: Formatter, look: Look
) -> go.Figure:
    figure = canvas.canvas(None, ROW * max(len(places), 1) + 12, look)
    figure.add_bar(
        orientation="h",
        x=[float(value or ZERO) for value in one.values],
        y=list(range(len(places))),
        customdata=_codes(0, places),
        text=[formatter.by_unit(value, unit) for value in one.values],
        textposition="outside",
        textfont={"color": look.ink},
        cliponaxis=False,
        marker={"color": one.colour, "line": {"width": 0}, "cornerradius": 2},
        hovertext=_hovers(one, places, unit, formatter),
        hovertemplate=_HOVER,
    )
    low, high = _reach("bars", [one])
    room = float(high - low) * 0.18 or 1.0
    names = [escape(shortened(place, WIDEST_NAME), quote=False) for place in places]
    ticks = {"tickmode": "array", "tickvals": list(range(len(places))), "ticktext": names}
    span = [float(low) - (room if low < 0 else 0), float(high) + room]
    figure.update_layout(
        xaxis=canvas.quiet_axis(look, showticklabels=False, range=span),
        yaxis=canvas.quiet_axis(look, range=[len(places) - 0.45, -0.55], **ticks)
        | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}},
    )
    return figure


def _codes(series: int, places: Sequence[str]) -> list[list[object]]:
    return [[f"{series}.{place}", False] for place in range(len(places))]


def _hovers(one: Series, places: Sequence[str], unit: str, formatter: Formatter) -> list[str]:
    return [
        f"<b>{escape(one.name, quote=False)}</b><br>{escape(place, quote=False)} "
        f"{formatter.exact_by_unit(value, unit)}"
        for place, value in zip(places, one.values, strict=True)
    ]


def _labels(places: Sequence[str], months: Sequence[int], formatter: Formatter) -> dict[str, Any]:
    """Months in a row as on every chart; else every label where there is room, or every second,
    third …, beginning with the first."""
    if months and ordinal(months[-1]) - ordinal(months[0]) == len(months) - 1:
        ticks = axes.months(months, formatter)
        at = [position - ordinal(months[0]) for position in ticks.positions]
        font = {"size": axes.MONTH_SIZE}
        return {
            "tickmode": "array",
            "tickvals": at,
            "ticktext": list(ticks.texts),
            "tickfont": font,
        }
    every = -(-len(places) // MOST_LABELS) or 1
    shown = range(0, len(places), every)
    texts = [escape(shortened(places[place], WIDEST_IN_LEGEND), quote=False) for place in shown]
    return {"tickmode": "array", "tickvals": list(shown), "ticktext": texts}


def _reach(kind: Kind, series: Sequence[Series]) -> tuple[Decimal, Decimal]:
    """The least and the most that is drawn; stacked, the rises and the falls of a place add up."""
    if kind != "stacked":
        known = [value for one in series for value in one.values if value is not None]
        return min([ZERO, *known]), max([ZERO, *known])
    piles = list(zip(*(one.values for one in series), strict=True))
    ups = [sum((value for value in pile if value and value > 0), ZERO) for pile in piles]
    downs = [sum((value for value in pile if value and value < 0), ZERO) for pile in piles]
    return min([ZERO, *downs]), max([ZERO, *ups])


def _values(
    reach: tuple[Decimal, Decimal], unit: str, formatter: Formatter, look: Look
) -> dict[str, Any]:
    low, high = reach
    if unit == "rate":
        ticks = axes.amounts(low * _HUNDRED, high * _HUNDRED, formatter)
        positions = [position / float(_HUNDRED) for position in ticks.positions]
        texts = [f"{text}%" for text in ticks.texts]
    else:
        ticks = axes.amounts(low, high, formatter)
        positions, texts = list(ticks.positions), list(ticks.texts)
    return canvas.quiet_axis(
        look,
        showgrid=True,
        gridcolor=look.grid,
        zeroline=True,
        zerolinecolor=look.zero,
        tickmode="array",
        tickvals=positions,
        ticktext=texts,
    )
