"""A small line beside a key figure: its course, with the last month marked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from chanplan.charts import canvas
from chanplan.charts.palette import HUES, LIGHT, Look
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter

HEIGHT = 44


def sparkline(
    months: Sequence[int],
    values: Sequence[Decimal | None],
    formatter: Formatter,
    unit: str = "money",
    look: Look = LIGHT,
) -> go.Figure:
    """One measure by month, without axes; unknown months break the line."""
    figure = canvas.canvas(None, HEIGHT, look)
    heights = [None if value is None else float(value) for value in values]
    at = [ordinal(month) for month in months]
    figure.add_scatter(
        x=at,
        y=heights,
        mode="lines",
        line={"color": HUES[0], "width": 1.8},
        hovertext=[
            f"{formatter.month(month)}  {formatter.by_unit(value, unit)}"
            for month, value in zip(months, values, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    end = {"color": HUES[0], "size": 6, "line": {"width": 0}}
    figure.add_scatter(
        x=at[-1:], y=heights[-1:], mode="markers", marker=end, hoverinfo="skip", cliponaxis=False
    )
    figure.update_layout(margin={"l": 4, "r": 8, "t": 8, "b": 6})
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    return figure
