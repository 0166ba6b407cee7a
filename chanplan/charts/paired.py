"""Two parts of a whole beside each other for each name: what it is of one, and of another."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from chanplan.charts import canvas, palette
from chanplan.charts.palette import LIGHT, Look

ROW = 40
# Room to the right of the longest bar for its number.
ROOM = 1.18


def paired(
    names: Sequence[str],
    shares: Sequence[tuple[float, float]],
    texts: Sequence[tuple[str, str]],
    hovers: Sequence[str],
    legend: tuple[str, str],
    look: Look = LIGHT,
) -> go.Figure:
    """A pair of bars a name, each with its number; the second of a pair is the strong one.

    Selected points carry the place of the name in `customdata[0]`.
    """
    below = canvas.legend_height(2)
    figure = canvas.canvas(None, ROW * max(len(names), 1) + below, look)
    colours = palette.mixed(look.edge, palette.OTHERS, 0.75), palette.HUES[0]
    for at in (1, 0):
        figure.add_bar(
            orientation="h",
            name=escape(legend[at], quote=False),
            x=[max(pair[at], 0.0) for pair in shares],
            y=list(range(len(names))),
            text=[pair[at] for pair in texts],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": canvas.FONT_SIZE, "color": look.ink},
            customdata=[[str(place), False] for place in range(len(names))],
            hovertext=list(hovers),
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"color": colours[at], "line": {"width": 0}},
        )
    longest = max((max(pair) for pair in shares), default=0.0) or 1.0
    axis = canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[escape(name, quote=False) for name in names],
        range=[len(names) - 0.5, -0.5],
        ticklabelstandoff=6,
    )
    figure.update_layout(
        barmode="group",
        bargap=0.3,
        bargroupgap=0.05,
        showlegend=True,
        legend=canvas.legend(look)
        | {"yref": "container", "y": 0, "yanchor": "bottom", "traceorder": "reversed"},
        margin={"b": below},
        yaxis=axis | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}},
        xaxis=canvas.quiet_axis(look, showticklabels=False, range=[0, longest * ROOM]),
    )
    return figure
