"""When files come: of every source the days after a month's end on which it usually comes, and the
day on which it came this time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import plotly.graph_objects as go

from chanplan.charts import canvas
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import shortened

ROW: Final = 30
# What comes later stands at the edge; its hover says when.
LAST_DAY: Final = 31
_TICKS: Final = (1, 5, 10, 15, 20, 25, LAST_DAY)
_WIDEST_NAME: Final = 20
_SIGNS: Final = {
    "came": "circle",
    "partial": "circle-open-dot",
    "late": "x",
    "awaited": "circle-open",
}


@dataclass(frozen=True)
class Arrival:
    """One source. Days are counted from the month's end, 1 the first after it.

    state  of analysis/month_end/expected: "stopped" sources are not drawn
    """

    name: str
    state: str
    usual: int
    earliest: int | None
    latest: int | None
    arrived: int | None
    hover: str


def arrivals(
    rows: Sequence[Arrival],
    today: int | None,
    day: str,
    usual: str,
    today_word: str,
    look: Look = LIGHT,
) -> go.Figure:
    """A row per source, the first on top: a bar from its earliest to its latest file of before, a
    tick on its usual day, and a mark of this month's. `today` None: it is not in view.

    `day` names the axis, `usual` the tick; where a file is late or awaited its mark stands at
    today, else at the usual day.
    """
    figure = canvas.canvas(None, ROW * max(len(rows), 1) + 72, look)
    _habits(figure, rows, look)
    _usual(figure, rows, usual, look)
    _marks(figure, rows, today, look)
    if today is not None and 0 <= today <= LAST_DAY:
        figure.add_vline(x=today, line={"color": look.faint, "width": 1, "dash": "dot"})
        figure.add_annotation(x=today, y=-0.75, text=today_word, showarrow=False,
                              font={"size": 11, "color": look.faint}, yanchor="bottom")  # fmt: skip
    figure.update_layout(
        xaxis=canvas.quiet_axis(
            look, range=[-0.5, LAST_DAY + 1], tickmode="array", tickvals=list(_TICKS),
            ticktext=[*map(str, _TICKS[:-1]), f"{LAST_DAY}+"], side="bottom", showgrid=True,
            gridcolor=look.grid, title={"text": day, "font": {"size": 11, "color": look.faint}},
        ),
        yaxis=canvas.quiet_axis(
            look, tickmode="array", tickvals=list(range(len(rows))),
            ticktext=[escape(shortened(row.name, _WIDEST_NAME), quote=False) for row in rows],
            range=[len(rows) - 0.5, -1.1],
        ),
    )  # fmt: skip
    return figure


def _habits(figure: go.Figure, rows: Sequence[Arrival], look: Look) -> None:
    for at, row in enumerate(rows):
        if row.earliest is None or row.latest is None:
            continue
        figure.add_scatter(
            x=[row.earliest - 0.4, min(row.latest, LAST_DAY) + 0.4], y=[at, at], mode="lines",
            line={"color": look.grid, "width": 12}, hoverinfo="skip", showlegend=False,
        )  # fmt: skip


def _usual(figure: go.Figure, rows: Sequence[Arrival], name: str, look: Look) -> None:
    figure.add_scatter(
        x=[row.usual for row in rows], y=list(range(len(rows))), mode="markers", name=name,
        marker={"symbol": "line-ns", "size": 14, "line": {"width": 2, "color": look.faint}},
        hoverinfo="skip",
    )  # fmt: skip


def _marks(figure: go.Figure, rows: Sequence[Arrival], today: int | None, look: Look) -> None:
    colours = {"came": look.good, "partial": look.bad, "late": look.bad, "awaited": look.faint}
    figure.add_scatter(
        x=[_day(row, today) for row in rows],
        y=list(range(len(rows))),
        mode="markers",
        hovertext=[row.hover for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "symbol": [_SIGNS[row.state] for row in rows],
            "size": 12,
            "color": [colours[row.state] for row in rows],
            "line": {"width": 1.5, "color": [colours[row.state] for row in rows]},
        },
        showlegend=False,
    )


def _day(row: Arrival, today: int | None) -> int:
    day = row.arrived if row.arrived is not None else today
    return min(max(row.usual if day is None else day, 0), LAST_DAY)
