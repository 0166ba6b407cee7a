"""Rows by months as a grid of cells: a colour and a sign for the state of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from chanplan.charts import axes, canvas
from chanplan.charts.palette import Look
from chanplan.charts.words import shortened, width
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter

ROW_HEIGHT = 26
MONTHS_HEIGHT = 64
# Two dozen signs side by side on a phone, none touching the next; of few months they are larger.
SIGN_SIZE, FEW_SIGN_SIZE, FEW_MONTHS = 9, 13, 12
# How strongly months that are closed are shaded, whatever their cells say.
CLOSED_SHADE = 0.45
# Labels of months beside the rows' names on a phone.
MOST_LABELS = 8
# Half-width columns of a row's name that leave a phone room for the cells.
WIDEST_NAME = 20
# What stands between a row's name and what is said of it; the least that is left of the name.
BETWEEN = " · "
LEAST_NAME = 8
# The sign of each state; one that has none is not drawn.
SIGNS: Mapping[str, str] = {
    "loaded": "●", "partial": "◐", "restated": "↻", "off": "○", "missing": "✕", "before": "",
}  # fmt: skip
CLOSED = "▣"
# States of which nothing good or bad is to be said.
_PLAIN = ("partial", "before", "both")


def states(
    rows: Sequence[str],
    cells: pd.DataFrame,
    hovers: Sequence[str],
    formatter: Formatter,
    look: Look,
    signs: Mapping[str, str] = SIGNS,
    bad: Collection[str] = ("missing",),
    faint: Collection[str] = ("off",),
) -> go.Figure:
    """A cell for every row of `cells` (columns row, month, state, closed, code), first row on top.

    `signs` holds the sign of every state, in the order of a legend; `bad` and `faint` ones stand
    out, or back. Selected points carry the cell's `code` in `customdata[0]`.
    """
    height = ROW_HEIGHT * len(rows) + MONTHS_HEIGHT
    figure = canvas.canvas(None, height, look)
    months = sorted({int(month) for month in cells["month"]})
    size = FEW_SIGN_SIZE if len(months) <= FEW_MONTHS else SIGN_SIZE
    _shade(figure, cells, look)
    for state, sign in signs.items():
        of_state = (cells["state"] == state).tolist()
        drawn = cells[of_state]
        if sign and not drawn.empty:
            told = [hover for hover, kept in zip(hovers, of_state, strict=True) if kept]
            colour = _colour(state, look, bad, faint)
            figure.add_scatter(**_marks(rows, drawn, told, sign, colour, size))
    ticks = axes.months(months, formatter, MOST_LABELS) if months else axes.Ticks((), ())
    figure.update_layout(
        xaxis=canvas.quiet_axis(
            look,
            tickmode="array",
            tickvals=ticks.positions,
            ticktext=ticks.texts,
            tickangle=0,
            side="bottom",
        )
        | {"tickfont": {"size": axes.MONTH_SIZE, "color": look.faint}},
        yaxis=canvas.quiet_axis(
            look,
            tickmode="array",
            tickvals=list(range(len(rows))),
            ticktext=[escape(_short(row), quote=False) for row in rows],
            range=[len(rows) - 0.5, -0.5],
            showgrid=True,
            gridcolor=look.grid,
        ),
    )
    return figure


def _shade(figure: go.Figure, cells: pd.DataFrame, look: Look) -> None:
    """A band behind every closed month: what its cells say can still be read."""
    for month in sorted({int(month) for month in cells.loc[cells["closed"].astype(bool), "month"]}):
        middle = ordinal(month)
        figure.add_vrect(
            x0=middle - 0.5, x1=middle + 0.5, layer="below", line_width=0,
            fillcolor=look.grid, opacity=CLOSED_SHADE,
        )  # fmt: skip


def _short(row: str) -> str:
    """A row's name, shortened before what is said of it behind a dot: 自营…店 · 订单口径."""
    name, dot, more = row.rpartition(BETWEEN)
    if not dot or width(row) <= WIDEST_NAME:
        return shortened(row, WIDEST_NAME)
    return f"{shortened(name, max(WIDEST_NAME - width(dot + more), LEAST_NAME))}{dot}{more}"


def _marks(
    rows: Sequence[str],
    drawn: pd.DataFrame,
    hovers: list[str],
    sign: str,
    colour: str,
    size: int,
) -> dict[str, Any]:
    place = {name: at for at, name in enumerate(rows)}
    return {
        "x": [ordinal(int(month)) for month in drawn["month"]],
        "y": [place[name] for name in drawn["row"]],
        "mode": "text",
        "text": [
            CLOSED if closed and sign == SIGNS["loaded"] else sign for closed in drawn["closed"]
        ],
        "textfont": {"size": size, "color": colour},
        "customdata": [[code, False] for code in drawn["code"]],
        "selected": {"textfont": {"color": colour}},
        "unselected": {"textfont": {"color": colour}},
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _colour(state: str, look: Look, bad: Collection[str], faint: Collection[str]) -> str:
    if state in bad:
        return look.bad
    if state in faint:
        return look.faint
    return look.ink if state in _PLAIN else look.good
