"""Lines over weeks or ages, few enough to tell apart, and two bars side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from chanplan.charts import canvas, palette
from chanplan.charts.axes import Ticks
from chanplan.charts.palette import LIGHT, Look

HEIGHT = 300
# Air beside the lines, as a part of their reach, so that the last label stands under its end.
AIR = 0.03


@dataclass(frozen=True)
class Curve:
    """One line or one set of bars: its name, colour, values by place, and what the pointer is
    told at each; `is_expected`: dashed, for what has not been seen."""

    name: str
    colour: str
    x: Sequence[float]
    y: Sequence[float]
    hovers: Sequence[str]
    is_expected: bool = False


def curves(found: Sequence[Curve], across: Ticks, up: Ticks, look: Look = LIGHT) -> go.Figure:
    """Lines with a legend below; from zero up."""
    figure = _figure(found, across, up, look)
    for one in found:
        dash = "dash" if one.is_expected else "solid"
        figure.add_scatter(
            name=escape(one.name, quote=False), x=list(one.x), y=list(one.y), mode="lines",
            line={"color": one.colour, "width": 2.2, "dash": dash},
            hovertext=list(one.hovers), hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )  # fmt: skip
    ends = [end for one in found for end in one.x]
    air = (max(ends, default=1.0) - min(ends, default=0.0)) * AIR
    reach = [min(ends, default=0.0) - air, max(ends, default=1.0) + air]
    figure.update_layout(xaxis={"range": reach})
    return figure


def beside(found: Sequence[Curve], across: Ticks, up: Ticks, look: Look = LIGHT) -> go.Figure:
    """Bars side by side at each place; what is expected has the page's colour inside."""
    figure = _figure(found, across, up, look)
    for one in found:
        fill = palette.mixed(look.edge, one.colour, 0.3) if one.is_expected else one.colour
        figure.add_bar(
            name=escape(one.name, quote=False), x=list(one.x), y=list(one.y),
            marker={"color": fill, "line": {"color": one.colour, "width": 1.4}},
            hovertext=list(one.hovers), hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="group")
    return figure


def _figure(found: Sequence[Curve], across: Ticks, up: Ticks, look: Look) -> go.Figure:
    figure = canvas.canvas(None, HEIGHT + canvas.legend_height(len(found)), look)
    x = canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=across.positions,
        ticktext=across.texts,
        tickangle=0,
        ticklabelstandoff=6,
    )
    y = canvas.quiet_axis(
        look, showgrid=True, gridcolor=look.grid, tickmode="array", tickvals=up.positions,
        ticktext=up.texts, rangemode="tozero",
    )  # fmt: skip
    figure.update_layout(showlegend=True, legend=canvas.legend(look), xaxis=x, yaxis=y)
    return figure
