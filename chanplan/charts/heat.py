"""A table of cells: the ground says how far each is from ordinary, and its text says it too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from chanplan.charts import canvas, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import shortened, width

ROW_HEIGHT = 32
LINE_HEIGHT = 15
TEXT_SIZE = 12
# The part of its place that a cell fills; the rest is a gap.
FILLED = 0.95
# Pixels of a phone that the columns share, and what a half-width character takes of them.
PHONE_PIXELS, COLUMN_PIXELS = 262, 6.4
# A heading of more lines leaves no room for the cells.
MOST_LINES = 3
# Half-width columns of a row's name that leave a phone room for the cells.
WIDEST_ROW = 16
# A run of Latin signs, or one sign of any other writing.
_PIECES = re.compile(r"[\x00-\x7f]+|.")


@dataclass(frozen=True)
class Cell:
    """One cell: what is written, how far from ordinary (−1 to 1; None = nothing to say), what
    the pointer is told, and the code that a click on it gives."""

    row: int
    column: int
    text: str
    strength: float | None
    hover: str
    code: str


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Cell],
    look: Look = LIGHT,
    chosen: str | None = None,
    lines: int = 1,
) -> go.Figure:
    """Names of rows and columns as they are, and the cells; `lines` of text in each.

    A cell that says something is coloured and its text bold: colour is never the only sign.
    The chosen one has a frame. Selected points carry the code in `customdata[0]`.
    """
    height = (ROW_HEIGHT + LINE_HEIGHT * (lines - 1)) * len(rows)
    headings = [_heading(name, len(columns)) for name in columns]
    upright = any(heading is None for heading in headings)
    above = 8 + (_upright_height(columns) if upright else LINE_HEIGHT * _most_lines(headings))
    figure = canvas.canvas(None, height + above, look)
    figure.add_bar(**_bars(cells, chosen, look))
    texts = [escape(name, quote=False) for name in map(_upright, columns)] if upright else headings
    figure.update_layout(
        barmode="overlay",
        margin={"t": above, "l": 4, "r": 4, "b": 4},
        xaxis=canvas.quiet_axis(
            look,
            side="top",
            tickmode="array",
            tickvals=list(range(len(columns))),
            ticktext=texts,
            tickangle=-90 if upright else 0,
            range=[-0.5, len(columns) - 0.5],
        ),
        yaxis=canvas.quiet_axis(
            look,
            tickmode="array",
            tickvals=list(range(len(rows))),
            ticktext=[escape(shortened(name, WIDEST_ROW), quote=False) for name in rows],
            range=[len(rows) - 0.5, -0.5],
            ticklabelstandoff=6,
        )
        | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}},
    )
    return figure


def _bars(cells: Sequence[Cell], chosen: str | None, look: Look) -> dict[str, Any]:
    """Cells as bars that float: a heat map of Plotly's own knows no clicks."""
    grounds = [_ground(cell, look) for cell in cells]
    return {
        "x": [cell.column for cell in cells],
        "y": [FILLED] * len(cells),
        "base": [cell.row - FILLED / 2 for cell in cells],
        "width": FILLED,
        "customdata": [[cell.code, False] for cell in cells],
        "text": [cell.text if cell.strength is None else f"<b>{cell.text}</b>" for cell in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {
            "size": TEXT_SIZE,
            "color": [
                look.faint if cell.strength is None else palette.on(ground)
                for cell, ground in zip(cells, grounds, strict=True)
            ],
        },
        "hovertext": [cell.hover for cell in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": grounds,
            "line": {
                "color": look.ink,
                "width": [2 if cell.code == chosen else 0 for cell in cells],
            },
        },
        # The frame says which one is chosen; the others stay readable.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _ground(cell: Cell, look: Look) -> str:
    return palette.quiet(look) if cell.strength is None else palette.diverging(cell.strength, look)


def _heading(name: str, columns: int) -> str | None:
    """A name in lines that fit side by side on a phone; None where it does not."""
    widest = max(int(PHONE_PIXELS / max(columns, 1) / COLUMN_PIXELS), 1)
    lines: list[str] = []
    for word in name.split():
        if lines and width(lines[-1]) + 1 + width(word) <= widest:
            lines[-1] += f" {word}"
        else:
            lines += _broken(word, widest)
    fits = all(width(line) <= widest for line in lines) and len(lines) <= MOST_LINES
    return "<br>".join(escape(line, quote=False) for line in lines) if fits else None


def _broken(word: str, widest: int) -> list[str]:
    """A Chinese word may be broken anywhere, a Latin one nowhere."""
    lines = [""]
    for piece in _PIECES.findall(word):
        if lines[-1] and width(lines[-1] + piece) > widest:
            lines.append("")
        lines[-1] += piece
    return lines


def _most_lines(headings: Sequence[str | None]) -> int:
    return max((heading.count("<br>") + 1 for heading in headings if heading), default=1)


def _upright(name: str) -> str:
    return shortened(name, WIDEST_ROW)


def _upright_height(names: Sequence[str]) -> int:
    return int(max((width(_upright(name)) for name in names), default=0) * COLUMN_PIXELS)
