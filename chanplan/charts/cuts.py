"""Bars of others, drawn cut off where their length would leave nothing to see of the members."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from chanplan.analysis.arithmetic import ZERO
from chanplan.charts.palette import Look

# Others longer than the longest member by more than this are drawn cut off.
CUT_AT = 1.12
# The gap that marks a cut bar: where along the bar, how wide (parts of the bar), how slanted.
GAP_AT, GAP_WIDE, GAP_SLANT = 0.86, 0.016, 0.018


def cut_others(shown: pd.DataFrame, values: list[Decimal]) -> tuple[list[Decimal], list[int]]:
    """Lengths to draw, and the rows whose bar is cut.

    Others sum up many members: drawn at their length they would leave nothing to see of them.
    """
    sums = [bool(others) for others in shown["is_others"]]
    members = [abs(value) for value, others in zip(values, sums, strict=True) if not others]
    most = max(members, default=ZERO) * Decimal(str(CUT_AT))
    cut = [at for at, others in enumerate(sums) if others and abs(values[at]) > most > 0]
    drawn = list(values)
    for at in cut:
        drawn[at] = most.copy_sign(values[at])
    return drawn, cut


def mark_cuts(
    figure: go.Figure, drawn: list[Decimal], cut: list[int], bar_width: float, look: Look
) -> None:
    """A slanted gap in the colour of the page across each cut bar."""
    for at in cut:
        mark_gap(figure, at, float(drawn[at]) * GAP_AT, float(drawn[at]), bar_width, look)


def mark_gap(
    figure: go.Figure, at: int, centre: float, length: float, bar_width: float, look: Look
) -> None:
    """One slanted gap across the bar in row `at`; `length` says how wide it looks."""
    half = bar_width / 2 + 0.06
    left, right = centre - length * GAP_WIDE, centre + length * GAP_WIDE
    lean = length * GAP_SLANT
    corners = [(left - lean, half), (right - lean, half), (right + lean, -half)]
    path = " L ".join(f"{x} {at + y}" for x, y in [*corners, (left + lean, -half)])
    figure.add_shape(type="path", path=f"M {path} Z", fillcolor=look.edge, line={"width": 0})
