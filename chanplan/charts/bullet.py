"""Bullets: how much of its target each member has, where it should be today, where it will land."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import plotly.graph_objects as go

from chanplan.charts import canvas, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import shortened
from chanplan.language.numbers import Formatter

ROW: Final = 34
BAR: Final = 0.46
# Beyond this part of its target a bar only says that it is far beyond; its text says how far.
WIDEST: Final = 1.5


@dataclass(frozen=True)
class Bullet:
    """One member, all as parts of its target; None where it is not known.

    attained  达成率; progress: where it should be by now; low, landing, high: of the landing
    band      of its pace: see analysis/pace.py
    """

    name: str
    attained: float | None
    progress: float | None
    low: float | None
    landing: float | None
    high: float | None
    band: str | None
    text: str
    hover: str
    code: str


def bullets(
    rows: Sequence[Bullet],
    formatter: Formatter,
    progress: str,
    landing: str,
    look: Look = LIGHT,
) -> go.Figure:
    """A bar per member, in the order given; a tick where it should be, the landing as a line with
    a dot, 100 % as a line through all. `progress` and `landing` name them in the legend.

    Selected points carry the member's code in `customdata[0]` and False in `customdata[1]`.
    """
    figure = canvas.canvas(None, ROW * max(len(rows), 1) + 28 + canvas.legend_height(2), look)
    at = list(range(len(rows)))
    figure.add_bar(
        orientation="h",
        width=BAR,
        x=[_within(row.attained) for row in rows],
        y=at,
        customdata=[[row.code, False] for row in rows],
        hovertext=[row.hover for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": [_colour(row.band, look) for row in rows], "cornerradius": 2},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )
    _ticks(figure, rows, progress, look)
    _landings(figure, rows, landing, look)
    figure.add_vline(x=1, line={"color": look.ink, "width": 1.5})
    _axes(figure, rows, formatter, look)
    return figure


def _ticks(figure: go.Figure, rows: Sequence[Bullet], name: str, look: Look) -> None:
    known = [(at, row.progress) for at, row in enumerate(rows) if row.progress is not None]
    figure.add_scatter(
        x=[_within(value) for _, value in known],
        y=[at for at, _ in known],
        mode="markers",
        name=name,
        marker={"symbol": "line-ns", "size": 20, "line": {"color": look.ink, "width": 2.5}},
        hoverinfo="skip",
    )


def _landings(figure: go.Figure, rows: Sequence[Bullet], name: str, look: Look) -> None:
    known = [(at, row) for at, row in enumerate(rows) if row.landing is not None]
    figure.add_scatter(
        x=[_within(row.landing) for _, row in known],
        y=[at for at, _ in known],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [(_within(row.high) or 0) - (_within(row.landing) or 0) for _, row in known],
            "arrayminus": [(_within(row.landing) or 0) - (_within(row.low) or 0)
                           for _, row in known],
            "color": look.faint,
            "thickness": 2,
            "width": 4,
        },
        mode="markers",
        name=name,
        marker={"symbol": "circle", "size": 8, "color": look.edge,
                "line": {"color": look.ink, "width": 2}},
        hoverinfo="skip",
    )  # fmt: skip


def _axes(figure: go.Figure, rows: Sequence[Bullet], formatter: Formatter, look: Look) -> None:
    farthest = max(
        (v for row in rows for v in (row.attained, row.high) if v is not None), default=1
    )
    end = min(max(1.1, farthest * 1.05), WIDEST)
    ticks = [0.0, 0.5, 1.0, *([1.5] if end >= WIDEST else [])]
    names = canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[escape(shortened(row.name), quote=False) for row in rows],
        range=[len(rows) - 0.45, -0.55],
        ticklabelstandoff=6,
    )
    figure.update_layout(
        showlegend=True,
        legend=canvas.legend(look) | {"y": 1.0, "yanchor": "bottom"},
        yaxis=names | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}},
        xaxis=canvas.quiet_axis(
            look,
            showgrid=True,
            gridcolor=look.grid,
            tickmode="array",
            tickvals=ticks,
            ticktext=[formatter.percent(tick, 0) for tick in ticks],
            range=[0, end * 1.3],
        ),
    )
    figure.update_layout(
        annotations=[
            {"x": 1, "xref": "paper", "xanchor": "right", "y": at, "showarrow": False,
             "text": f"<b>{escape(row.text)}</b>",
             "font": {"size": canvas.FONT_SIZE, "color": look.ink}}
            for at, row in enumerate(rows)
        ]
    )  # fmt: skip


def _within(value: float | None) -> float | None:
    return None if value is None else max(0.0, min(value, WIDEST))


def _colour(band: str | None, look: Look) -> str:
    """Good from the pace on, bad below nine tenths; between them neither."""
    if band is None:
        return palette.OTHERS
    if band in ("ahead", "on"):
        return look.good
    return look.bad if band in ("behind", "far") else palette.HUES[4]
