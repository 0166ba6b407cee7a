"""How few members make most of the sales: the running share from the largest down, with A, B, C."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from chanplan.analysis import arithmetic
from chanplan.analysis.concentration import A_TO, B_TO, Classes, Concentration
from chanplan.charts import canvas, palette
from chanplan.charts.palette import HUES, LIGHT, Look
from chanplan.charts.words import Words
from chanplan.language.numbers import Formatter

HEIGHT = 280
# A curve of more points looks the same.
MOST_POINTS = 300
# Members whose points can be told apart, and clicked.
MOST_MARKS = 40
# An area narrower than this part of the axis has no room for its letter.
NARROWEST = 0.035
# How strong the grounds of A, B and C are.
TINTS = {"A": 0.16, "B": 0.09, "C": 0.03}


def pareto(
    ranked: pd.DataFrame,
    found: Concentration,
    formatter: Formatter,
    words: Words,
    running: str,
    look: Look = LIGHT,
) -> go.Figure:
    """The curve of `concentration.members`; those not listed are a straight dotted line to the
    end. `running` names the running share.

    Selected points carry the member in `customdata[0]` and False in `customdata[1]`.
    """
    figure = canvas.canvas(None, HEIGHT, look)
    classes, members = found.classes, found.members
    known = [row for row in _rows(ranked) if row["cumulative"] is not None]
    _areas(figure, [classes[name][0] for name in "ABC"], look)
    figure.add_scatter(**_line(known, formatter, words, running))
    if found.listed < members:
        ends = {"x": [len(known), members], "y": [float(known[-1]["cumulative"]), 1.0]}
        dashed = {"color": HUES[0], "width": 1.6, "dash": "dot"}
        figure.add_scatter(**ends, mode="lines", line=dashed, hoverinfo="skip")
    bounds = [float(bound) for bound in (A_TO, B_TO)]
    figure.update_layout(
        xaxis=canvas.quiet_axis(look, **_counts(classes, members, formatter)),
        yaxis=canvas.quiet_axis(
            look,
            showgrid=True,
            gridcolor=look.grid,
            tickmode="array",
            tickvals=[0, *bounds],
            ticktext=[formatter.percent(bound, 0) for bound in (0, *bounds)],
            range=[0, 1.02],
        ),
    )
    return figure


def _rows(ranked: pd.DataFrame) -> list[dict[str, Any]]:
    names = ("value", "share", "cumulative")
    columns = {name: arithmetic.numbers(ranked, name) for name in names}
    return [
        {"member": member, "rank": at + 1, **{name: columns[name][at] for name in names}}
        for at, member in enumerate(arithmetic.members(ranked, "member"))
    ]


def _line(
    known: Sequence[Mapping[str, Any]], formatter: Formatter, words: Words, running: str
) -> dict[str, Any]:
    drawn = _thinned(known)
    size = 7 if len(known) <= MOST_MARKS else 4
    return {
        "x": [0, *(row["rank"] for row in drawn)],
        "y": [0.0, *(float(row["cumulative"]) for row in drawn)],
        "customdata": [[None, True], *([row["member"], False] for row in drawn)],
        "mode": "lines+markers",
        "line": {"color": HUES[0], "width": 2.2},
        "marker": {
            "color": HUES[0],
            "line": {"width": 0},
            "size": [0, *(size if row["rank"] <= MOST_MARKS else 0 for row in drawn)],
        },
        "hovertext": ["", *(_hover(row, formatter, words, running) for row in drawn)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _thinned(known: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first ones all, then every so many, and the last."""
    first, rest = list(known[:MOST_MARKS]), list(known[MOST_MARKS:])
    step = max(1, -(-len(rest) // MOST_POINTS))
    kept = rest[step - 1 :: step]
    return [*first, *kept, *(rest[-1:] if rest and kept[-1:] != rest[-1:] else [])]


def _hover(row: Mapping[str, Any], formatter: Formatter, words: Words, running: str) -> str:
    return (
        f"<b>{row['rank']} · {words.name(row['member'])}</b>"
        f"<br>{words.measure} {formatter.exact(row['value'])}"
        f"<br>{words.share} {formatter.percent(row['share'])}"
        f"<br>{running} {formatter.percent(row['cumulative'])}"
    )


def _areas(figure: go.Figure, counts: Sequence[int], look: Look) -> None:
    whole, left = sum(counts), 0
    for name, count in zip(TINTS, counts, strict=True):
        if not count:
            continue
        ground = palette.mixed(look.edge, HUES[0], TINTS[name])
        figure.add_shape(
            type="rect", x0=left, x1=left + count, y0=0, y1=1, yref="paper", layer="below",
            line={"width": 0}, fillcolor=ground,
        )  # fmt: skip
        if count / whole >= NARROWEST:
            font = {"size": 15, "color": look.faint}
            figure.add_annotation(
                x=left + count / 2, y=0.02, yref="paper", yanchor="bottom",
                text=name, showarrow=False, font=font,
            )  # fmt: skip
        left += count


def _counts(classes: Classes, members: int, formatter: Formatter) -> dict[str, Any]:
    """Ticks where A and B end, and at the last member; those too near each other are left out."""
    ends = [classes["A"][0], classes["A"][0] + classes["B"][0], members]
    kept: list[int] = []
    for end in reversed(ends):
        if not kept or kept[-1] - end >= members * 0.12:
            kept.append(end)
    shown = sorted(end for end in kept if end)
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [formatter.short_count(end) for end in shown],
        "range": [0, members * 1.02 or 1],
    }
