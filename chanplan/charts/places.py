"""Where very many lie in a plane: squares, in the colour of the group most there, the stronger
the more; as quick for a million as for a hundred."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from chanplan.charts import canvas
from chanplan.charts.palette import LIGHT, Look

HEIGHT = 340
# How strong the emptiest square is: still seen against the page.
LEAST = 0.3
SIZE = 7


@dataclass(frozen=True)
class Place:
    """A square: where, which of the groups is most there, how many in all, what the pointer is
    told."""

    x: float
    y: float
    group: int
    count: int
    hover: str


def places(
    found: Sequence[Place],
    names: Sequence[tuple[int, str, str]],
    axes: tuple[str, str],
    look: Look = LIGHT,
) -> go.Figure:
    """`names`: group, name and colour, in the order of the legend; `axes`: what grows to the
    right and upwards."""
    figure = canvas.canvas(None, HEIGHT, look)
    most = math.log1p(max((one.count for one in found), default=1))
    for group, name, colour in names:
        ours = [one for one in found if one.group == group]
        figure.add_scatter(
            x=[one.x for one in ours],
            y=[one.y for one in ours],
            name=name,
            mode="markers",
            marker={
                "symbol": "square",
                "size": SIZE,
                "color": colour,
                "opacity": [LEAST + (1 - LEAST) * math.log1p(one.count) / most for one in ours],
                "line": {"width": 0},
            },
            hovertext=[one.hover for one in ours],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    title = {"size": canvas.FONT_SIZE, "color": look.faint}
    across, up = ({"title": {"text": told, "font": title}} for told in axes)
    figure.update_layout(
        showlegend=True,
        legend=canvas.legend(look),
        xaxis=canvas.quiet_axis(look, showticklabels=False, **across),
        yaxis=canvas.quiet_axis(look, showticklabels=False, **up),
    )
    return figure
