"""One number month by month beside what is ordinary for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from chanplan.charts import axes, canvas, palette
from chanplan.charts.palette import HUES, LIGHT, Look
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter

HEIGHT = 240
# The ground of the ordinary range.
TINT = 0.12
# Air above and below the line, as a part of its reach.
AIR = 0.08


def course(
    values: Mapping[int, Decimal],
    formatter: Formatter,
    write: Callable[[Decimal], str],
    look: Look = LIGHT,
    band: tuple[Decimal, Decimal] | None = None,
    at: Decimal | None = None,
) -> go.Figure:
    """Month → value as a line, the last one marked; `band` shades the ordinary range, `at` is a
    dashed line to compare with. `write` puts a value into words of the hover text and axis.

    Selected points carry the month as text in `customdata[0]`.
    """
    figure = canvas.canvas(None, HEIGHT, look)
    months = sorted(values)
    reach = [*values.values(), *(band or ()), *([] if at is None else [at])]
    figure.add_scatter(**_line(months, values, formatter, write))
    if band is not None:
        ground = palette.mixed(look.edge, HUES[0], TINT)
        low, high = (float(end) for end in band)
        figure.add_hrect(y0=low, y1=high, fillcolor=ground, line_width=0, layer="below")
    if at is not None:
        figure.add_hline(y=float(at), line={"color": look.zero, "width": 1.2, "dash": "dash"})
    ticks = axes.months(months, formatter)
    months_axis = canvas.quiet_axis(
        look, tickmode="array", tickvals=ticks.positions, ticktext=ticks.texts, tickangle=0
    )
    small = {"tickfont": {"size": axes.MONTH_SIZE, "color": look.faint}}
    figure.update_layout(xaxis=months_axis | small, yaxis=_axis(reach, write, look))
    return figure


def _line(
    months: Sequence[int],
    values: Mapping[int, Decimal],
    formatter: Formatter,
    write: Callable[[Decimal], str],
) -> dict[str, Any]:
    return {
        "x": [ordinal(month) for month in months],
        "y": [float(values[month]) for month in months],
        "mode": "lines+markers",
        "line": {"color": HUES[0], "width": 2.2},
        "marker": {"color": HUES[0], "size": [4] * (len(months) - 1) + [9]},
        "hovertext": [
            f"<b>{formatter.month(each)}</b><br>{write(values[each])}" for each in months
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [[str(month), False] for month in months],
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }


def _axis(reach: Sequence[Decimal], write: Callable[[Decimal], str], look: Look) -> dict[str, Any]:
    """Three ticks from the lowest to the highest: the line's reach is what is asked for."""
    low, high = min(reach), max(reach)
    air = (high - low) * Decimal(str(AIR)) or Decimal(1)
    ticks = [low, (low + high) / 2, high] if high > low else [low]
    return canvas.quiet_axis(
        look,
        showgrid=True,
        gridcolor=look.grid,
        tickmode="array",
        tickvals=[float(tick) for tick in ticks],
        ticktext=[write(tick) for tick in ticks],
        range=[float(low - air), float(high + air)],
    )
