"""Counts as bars: a bar a member, a colour a part, what is gone goes to the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from chanplan.charts import bars, canvas, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import shortened

# A number is written into a part at least this wide, of the longest bar.
WRITTEN_FROM = 0.07
TEXT_SIZE = 11
# Two names stand side by side below the bars on a phone.
ENTRIES_A_ROW = 2


@dataclass(frozen=True)
class Part:
    """One part of every bar, in the order of the names: its colour, counts (None = unknown),
    their texts, what the pointer is told, and whether it goes to the left."""

    name: str
    colour: str
    counts: Sequence[int | None]
    texts: Sequence[str]
    hovers: Sequence[str]
    is_gone: bool = False


def stacks(
    names: Sequence[str], members: Sequence[str | None], parts: Sequence[Part], look: Look = LIGHT
) -> go.Figure:
    """Bars with their numbers in them where there is room; the pointer tells them all.

    Selected points carry the member in `customdata[0]` and False in `customdata[1]`.
    """
    below = canvas.LEGEND_ROW * -(-len(parts) // ENTRIES_A_ROW) + 8
    figure = canvas.canvas(None, bars.ROW * max(len(names), 1) + 12 + below, look)
    longest = _longest(parts)
    for part in parts:
        figure.add_bar(**_bar(part, members, longest))
    axis = canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[escape(shortened(name), quote=False) for name in names],
        range=[len(names) - 0.45, -0.55],
        ticklabelstandoff=6,
    )
    figure.update_layout(
        barmode="relative",
        showlegend=True,
        legend=canvas.legend(look) | {"yref": "container", "y": 0, "yanchor": "bottom"},
        margin={"b": below},
        yaxis=axis | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}},
        xaxis=canvas.quiet_axis(look, showticklabels=False)
        | {"zeroline": True, "zerolinecolor": look.zero, "zerolinewidth": 1},
    )
    return figure


def _longest(parts: Sequence[Part]) -> int:
    """How far the bars reach, to both sides together."""
    reach = [0, 0]
    for is_gone in (False, True):
        every = [part.counts for part in parts if part.is_gone is is_gone]
        sums = [sum(count or 0 for count in row) for row in zip(*every, strict=True)]
        reach[is_gone] = max(sums, default=0)
    return sum(reach)


def _bar(part: Part, members: Sequence[str | None], longest: int) -> dict[str, object]:
    sign = -1 if part.is_gone else 1
    written = [
        text if count and count >= WRITTEN_FROM * longest else ""
        for count, text in zip(part.counts, part.texts, strict=True)
    ]
    return {
        "orientation": "h",
        "name": escape(part.name, quote=False),
        "width": bars.BAR_WIDTH,
        "x": [sign * (count or 0) for count in part.counts],
        "y": list(range(len(part.counts))),
        "customdata": [[member, False] for member in members],
        "text": written,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": TEXT_SIZE, "color": palette.on(part.colour)},
        "hovertext": list(part.hovers),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": part.colour, "line": {"width": 0}},
    }
