"""Small multiples: one little course per member, side by side, each on its own scale."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.charts import canvas, palette, trend
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import Words
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter

# Three stand side by side on a phone and still show where they go.
COLUMNS = 3
PANEL_HEIGHT = 96
# Of a panel's height, what its name takes; of its width, the gap to the next one.
NAME, GAP = 0.3, 0.06
NAME_COLUMNS = 14


def multiples(
    shown: pd.DataFrame,
    colours: Mapping[Member, str],
    formatter: Formatter,
    words: Words,
    title: str | None = None,
    look: Look = LIGHT,
) -> go.Figure:
    """Panels of `over_time.by_month`, the largest member first; every panel has its own scale, so
    that a small member's course is seen too. Its name stands above it with its last month.

    Selected points carry the member in `customdata[0]`, whether it is others in `customdata[1]`,
    the month in `customdata[2]`.
    """
    panels = trend.parts(shown)
    rows = -(-len(panels) // COLUMNS) or 1
    figure = canvas.canvas(title, PANEL_HEIGHT * rows, look)
    months = [ordinal(int(month)) for month in shown["month"]]
    span = [min(months, default=0) - 0.5, max(months, default=0) + 0.5]
    for at, ((member, is_others, _), part) in enumerate(panels):
        x, y = _domains(at, rows)
        mark = palette.colour_of(member, is_others, colours)
        number = "" if at == 0 else str(at + 1)
        figure.add_scatter(
            **_course(part, mark, formatter, words), xaxis=f"x{number}", yaxis=f"y{number}"
        )
        hidden = canvas.quiet_axis(look, showticklabels=False)
        figure.update_layout(
            {
                f"xaxis{number}": hidden | {"domain": x, "anchor": f"y{number}", "range": span},
                f"yaxis{number}": hidden
                | {"domain": y, "anchor": f"x{number}", "rangemode": "tozero"},
            }
        )
        _name(figure, part, x, y, formatter, words, look)
    return figure


def _domains(at: int, rows: int) -> tuple[list[float], list[float]]:
    """Where a panel stands, in parts of the figure from its lower left."""
    width, height = 1 / COLUMNS, 1 / rows
    left, top = at % COLUMNS * width, 1 - at // COLUMNS * height
    return [left, left + width * (1 - GAP)], [max(0.0, top - height), top - height * NAME]


def _course(part: pd.DataFrame, mark: str, formatter: Formatter, words: Words) -> dict[str, Any]:
    values = [value or ZERO for value in arithmetic.numbers(part, "value")]
    name = words.name(*_who(part))
    hovers = [
        f"<b>{name}</b> · {formatter.month(int(month))}<br>{words.measure} {formatter.exact(value)}"
        for month, value in zip(part["month"], values, strict=True)
    ]
    return {
        "x": [ordinal(int(month)) for month in part["month"]],
        "y": [float(value) for value in values],
        "mode": "lines+markers",
        "line": {"color": mark, "width": 1.6},
        "marker": {"color": mark, "size": 3},
        "fill": "tozeroy",
        "customdata": [
            [member, bool(others), int(month)]
            for member, others, month in zip(
                part["member"], part["is_others"], part["month"], strict=True
            )
        ],
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _name(
    figure: go.Figure,
    part: pd.DataFrame,
    x: list[float],
    y: list[float],
    formatter: Formatter,
    words: Words,
    look: Look,
) -> None:
    """The member and what its last month brought, above its panel."""
    last: Decimal | None = arithmetic.numbers(part, "value")[-1]
    name = words.short_name(*_who(part), widest=NAME_COLUMNS)
    figure.add_annotation(
        text=f"{name} <b>{formatter.money(last)}</b>",
        x=x[0], xref="paper", xanchor="left", y=y[1], yref="paper", yanchor="bottom",
        showarrow=False, align="left", font={"size": 11, "color": look.ink},
    )  # fmt: skip


def _who(part: pd.DataFrame) -> tuple[Member, bool, int]:
    first = part.iloc[0]
    return first["member"], bool(first["is_others"]), int(first["count"])
