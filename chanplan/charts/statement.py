"""A statement as steps from a total to what is left: one row a step, read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import plotly.graph_objects as go

from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.charts import bars, canvas, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import shortened
from chanplan.language.numbers import Formatter

# A total stands in the first hue; what it is made of judges by colour, and by its sign.
TOTAL = palette.HUES[0]


@dataclass(frozen=True)
class Line:
    """One row: its name, signed amount, whether it stands from nought, what stands beside the
    amount, what it explains when pointed at, and the member that a click on it means."""

    name: str
    amount: Decimal
    is_total: bool
    beside: str
    hover: str
    member: Member = None


def statement(
    lines: Sequence[Line], formatter: Formatter, title: str | None = None, look: Look = LIGHT
) -> go.Figure:
    """Totals stand from nought, the other rows from where the one above ended.

    Selected points carry the member in `customdata[0]` and False in `customdata[1]`.
    """
    figure = canvas.canvas(title, bars.ROW * max(len(lines), 1) + 12, look)
    figure.add_bar(
        orientation="h",
        width=bars.BAR_WIDTH,
        base=[float(start) for start in _starts(lines)],
        x=[float(line.amount) for line in lines],
        y=list(range(len(lines))),
        customdata=[[line.member, False] for line in lines],
        hovertext=[line.hover for line in lines],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": [_mark(line, look) for line in lines],
            "line": {"width": 0},
            "cornerradius": 2,
        },
    )
    axis = canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=list(range(len(lines))),
        ticktext=[escape(shortened(line.name), quote=False) for line in lines],
        range=[len(lines) - 0.45, -0.55],
        ticklabelstandoff=6,
    )
    figure.update_layout(
        yaxis=axis | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}},
        xaxis=canvas.quiet_axis(look, showticklabels=False)
        | {"zeroline": True, "zerolinecolor": look.zero, "zerolinewidth": 1},
    )
    bars.write_beside(figure, _beside(lines, formatter, look))
    return figure


def _starts(lines: Sequence[Line]) -> list[Decimal]:
    """Where each bar begins: a total at nought, a step where the row above ended."""
    starts, end = [], ZERO
    for line in lines:
        starts.append(ZERO if line.is_total else end)
        end = line.amount if line.is_total else end + line.amount
    return starts


def _mark(line: Line, look: Look) -> str:
    if line.amount < 0:
        return look.bad
    return TOTAL if line.is_total else look.good


def _beside(lines: Sequence[Line], formatter: Formatter, look: Look) -> list[list[bars.Cell]]:
    """The amount, a step's with its sign, and what the caller puts beside it."""
    amounts = [line.amount for line in lines]
    plain, signed = formatter.moneys(amounts), formatter.moneys(amounts, signed=True)
    texts = [p if line.is_total else s for p, s, line in zip(plain, signed, lines, strict=True)]
    return [
        [(text, look.ink) for text in texts],
        [(line.beside, look.faint) for line in lines],
    ]
