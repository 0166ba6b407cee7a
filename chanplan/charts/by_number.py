"""How good groupings are by their number of groups: two measures from nought to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from chanplan.charts import canvas
from chanplan.charts.palette import HUES, LIGHT, Look

HEIGHT = 250
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Measure:
    """A line: its name, a value for every number of groups, and what the pointer is told."""

    name: str
    values: Sequence[float]
    hovers: Sequence[str]


def by_number(
    numbers: Sequence[int],
    measures: Sequence[Measure],
    chosen: int,
    at: tuple[float, str],
    look: Look = LIGHT,
) -> go.Figure:
    """A line per measure, its name at its end; the chosen number has the large marks, and `at`
    is a dashed line with its words."""
    figure = canvas.canvas(None, HEIGHT, look)
    level, told = at
    figure.add_hline(y=level, line={"color": look.zero, "width": 1.2, "dash": "dash"})
    figure.add_annotation(
        x=0, xref="paper", y=level, text=told, showarrow=False, xanchor="left", yanchor="bottom",
        font={"size": canvas.FONT_SIZE - 1, "color": look.faint},
    )  # fmt: skip
    for place, measure in enumerate(measures):
        figure.add_scatter(**_line(numbers, measure, chosen, HUES[place]))
    low = min([0.0, *(value for measure in measures for value in measure.values)])
    figure.update_layout(
        showlegend=True,
        legend=canvas.legend(look),
        xaxis=canvas.quiet_axis(look, tickmode="array", tickvals=list(numbers)),
        yaxis=canvas.quiet_axis(
            look,
            showgrid=True,
            gridcolor=look.grid,
            tickmode="array",
            tickvals=list(TICKS),
            ticktext=[f"{tick:g}" for tick in TICKS],
            range=[low - 0.03, 1.05],
        ),
    )
    return figure


def _line(numbers: Sequence[int], measure: Measure, chosen: int, hue: str) -> dict[str, Any]:
    return {
        "x": list(numbers),
        "y": list(measure.values),
        "name": measure.name,
        "mode": "lines+markers",
        "line": {"color": hue, "width": 2.2},
        "marker": {"color": hue, "size": [11 if one == chosen else 5 for one in numbers]},
        "hovertext": list(measure.hovers),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
