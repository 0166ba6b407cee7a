"""Who moved the total: bars to both sides of zero, rises on top, others last."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO
from chanplan.charts import bars, canvas, cuts
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import Words, width
from chanplan.language.numbers import Formatter

# Others are a sum of many: paler, so that they do not compete with a member.
OTHERS_PALER = 0.5


# How a clicked bar stands out. plotly draws it by itself only where all bars are of one opacity;
# where each has its own, a click fails unless this is said.
SELECTED = {"marker": {"opacity": 1}}
UNSELECTED = {"marker": {"opacity": 0.3}}

# Room beyond a bar's end for its text, per half-width character, as a part of the axis of a
# phone, where the bars have about 230 px.
ROOM_PER_COLUMN = 0.031


def movers(
    shown: pd.DataFrame,
    formatter: Formatter,
    words: Words,
    title: str | None = None,
    look: Look = LIGHT,
    better: Literal["up", "down"] = "up",
) -> go.Figure:
    """Bars of `movers.movers(…)`: the signed change beside each, coloured good or bad.

    The sign and the side say what the colour says. Selected points carry the member in
    `customdata[0]` and whether it is others in `customdata[1]`.
    """
    changes = [change or ZERO for change in arithmetic.numbers(shown, "change")]
    drawn, cut = cuts.cut_others(shown, changes)
    texts = bars.amounts(bars.rows(shown), "change", formatter, signed=True)
    figure = bars.rows_canvas(shown, words, title, look)
    trace = bars.bar(shown, drawn, _marks(changes, better, look), formatter, words)
    trace |= {"text": texts, "textposition": "outside", "textangle": 0, "cliponaxis": False}
    trace["marker"]["opacity"] = [OTHERS_PALER if others else 1 for others in shown["is_others"]]
    trace |= {"selected": SELECTED, "unselected": UNSELECTED}
    figure.add_bar(**trace)
    figure.update_layout(xaxis=canvas.quiet_axis(look, showticklabels=False))
    figure.update_xaxes(
        range=_reach(drawn, texts), zeroline=True, zerolinecolor=look.zero, zerolinewidth=1
    )
    cuts.mark_cuts(figure, drawn, cut, bars.BAR_WIDTH, look)
    return figure


def _marks(changes: list[Decimal], better: str, look: Look) -> list[str]:
    """Good or bad for each change, by the measure's better way."""
    return [look.good if (change >= 0) == (better == "up") else look.bad for change in changes]


def _reach(changes: list[Decimal], texts: list[str]) -> list[float]:
    """The axis range that leaves room for the texts at the ends of the bars."""
    low, high = float(min([*changes, ZERO])), float(max([*changes, ZERO]))
    room = {True: 0.0, False: 0.0}
    for change, text in zip(changes, texts, strict=True):
        room[change >= 0] = max(room[change >= 0], width(text) * ROOM_PER_COLUMN)
    whole = ((high - low) or 1.0) / (1 - room[True] - room[False])
    return [low - whole * room[False], high + whole * room[True]]
