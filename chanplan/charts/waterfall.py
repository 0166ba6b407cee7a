"""From one total to another, step by step: rows from the base down to the current period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.bridge import CONTINUING, Bridge
from chanplan.charts import axes, bars, canvas, cuts, palette
from chanplan.charts.movers import SELECTED, UNSELECTED
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import wrapped
from chanplan.language.numbers import Formatter

# A subtotal is paler than the totals it lies between.
SUBTOTAL_PALER = 0.45
# Where all levels lie within this part of the highest, totals are drawn cut off: from zero the
# steps would be too thin to see. Then so much of the steps' span is left below the lowest level.
CUT_WITHIN, LEFT_BELOW = Decimal("0.35"), Decimal("0.5")
# How far from its beginning a cut total has its gap, in parts of the axis.
GAP_AT = 0.07
# Three intervals: more labels would touch on a phone, beside names and figures.
MOST_TICKS = 3
HOVER_COLUMNS = 44


@dataclass(frozen=True)
class BridgeWords:
    """Names of the two periods, and of each step (and `continuing`, the subtotal) its name,
    what it means and how it is worked out."""

    base: str
    now: str
    steps: Mapping[str, str]
    says: Mapping[str, str]
    formulas: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One bar from `start` to `end`; a total stands on the axis and has no step."""

    step: str
    name: str
    start: Decimal
    end: Decimal
    total: bool = False

    @property
    def money(self) -> Decimal:
        """What the bar says: the total, or the step's money."""
        return self.end if self.total else self.end - self.start


def waterfall(
    found: Bridge,
    formatter: Formatter,
    words: BridgeWords,
    title: str | None = None,
    look: Look = LIGHT,
) -> go.Figure:
    """Base, the steps there is something to say of, a subtotal of what goes on, current.

    A step's sign is written beside it and says what its colour says. Selected points carry the
    step in `customdata[0]`; `customdata[1]` is true for a total.
    """  # fmt: skip
    return of_rows(rows_of(found, words), found.base, formatter, words, title, look)


def of_rows(
    rows: Sequence[Row],
    base: Decimal,
    formatter: Formatter,
    words: BridgeWords,
    title: str | None = None,
    look: Look = LIGHT,
) -> go.Figure:
    """The same of any rows from one total to another; steps are told in points of `base`."""
    floor, high = _reach(rows)
    figure = canvas.canvas(title, bars.ROW * len(rows) + 34, look)
    figure.add_bar(**_bars(rows, floor, base, formatter, words, look))
    _connect(figure, rows, look)
    if floor > 0:
        span = float(high - floor)
        for at, row in enumerate(rows):
            if row.total:
                centre = float(floor) + span * GAP_AT
                cuts.mark_gap(figure, at, centre, span * 0.6, bars.BAR_WIDTH, look)
    figure.update_layout(xaxis=_amounts(floor, high, formatter, look), yaxis=_names(rows, look))
    bars.write_beside(figure, _beside(rows, base, formatter, look))
    return figure


def rows_of(found: Bridge, words: BridgeWords) -> list[Row]:
    """The bars from top to bottom; a subtotal only where steps stand on both sides of it."""
    rows = [Row("", words.base, ZERO, found.base, total=True)]
    level = found.base
    going_on = [step for step in found.told if step in CONTINUING]
    for at, step in enumerate(found.told):
        if going_on and at == len(going_on):
            rows.append(Row("continuing", words.steps["continuing"], ZERO, level, total=True))
        rows.append(Row(step, words.steps[step], level, level + found.steps[step]))
        level += found.steps[step]
    return [*rows, Row("", words.now, ZERO, found.current, total=True)]


def _reach(rows: Sequence[Row]) -> tuple[Decimal, Decimal]:
    """The ends of the axis: from zero, or from below the steps where they are small."""
    levels = [row.end for row in rows]
    low, high = min(levels), max(levels)
    span = high - low
    if low > 0 and 0 < span < CUT_WITHIN * high:
        return max(low - span * LEFT_BELOW, ZERO), high
    return min(low, ZERO), max(high, ZERO) or Decimal(1)


def _bars(
    rows: Sequence[Row],
    floor: Decimal,
    base: Decimal,
    formatter: Formatter,
    words: BridgeWords,
    look: Look,
) -> dict[str, Any]:
    starts = [max(floor, ZERO) if row.total else row.start for row in rows]
    return {
        "orientation": "h",
        "width": bars.BAR_WIDTH,
        "base": [float(start) for start in starts],
        "x": [float(row.end - start) for row, start in zip(rows, starts, strict=True)],
        "y": list(range(len(rows))),
        "customdata": [[row.step, row.total] for row in rows],
        "hovertext": [_hover(row, base, formatter, words) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [_colour(row, look) for row in rows],
            "opacity": [1.0] * len(rows),
            "line": {"width": 0},
            "cornerradius": 2,
        },
        "selected": SELECTED,
        "unselected": UNSELECTED,
    }  # fmt: skip


def _colour(row: Row, look: Look) -> str:
    if not row.total:
        return look.good if row.money >= 0 else look.bad
    return palette.lighter(palette.HUES[0], SUBTOTAL_PALER) if row.step else palette.HUES[0]


def _hover(row: Row, base: Decimal, formatter: Formatter, words: BridgeWords) -> str:
    lines = [f"<b>{wrapped(row.name, HOVER_COLUMNS)}</b>", formatter.exact(row.money)]
    if not row.total:
        part = formatter.points(arithmetic.contribution(row.money, base))
        lines[1] = f"{formatter.signed_money(row.money)} · {formatter.exact(row.money)} · {part}"
    for told in (words.says, words.formulas):
        if row.step in told:
            lines.append(wrapped(told[row.step], HOVER_COLUMNS))
    return "<br>".join(lines)


def _connect(figure: go.Figure, rows: Sequence[Row], look: Look) -> None:
    """A thin line from where one bar ends to where the next begins, through a row of nothing."""
    half, lines = bars.BAR_WIDTH / 2, []
    for at, row in enumerate(rows[:-1]):
        level, above = float(row.end), half if row.money else -half
        lines.append({
            "type": "line", "x0": level, "x1": level, "y0": at + above, "y1": at + 1 - half,
            "line": {"color": look.zero, "width": 1},
        })  # fmt: skip
    canvas.add_all(figure, shapes=lines)


def _amounts(floor: Decimal, high: Decimal, formatter: Formatter, look: Look) -> dict[str, Any]:
    ticks = axes.between(floor, high, formatter, MOST_TICKS)
    below = float(high - floor) * 0.02
    return canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=list(ticks.positions),
        ticktext=list(ticks.texts),
        tickangle=0,
        range=[float(floor) - (below if floor < 0 else 0), float(high) + below],
    ) | {"showgrid": True, "gridcolor": look.grid}


def _names(rows: Sequence[Row], look: Look) -> dict[str, Any]:
    axis = canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[wrapped(row.name, HOVER_COLUMNS) for row in rows],
        range=[len(rows) - 0.45, -0.55],
        ticklabelstandoff=6,
    )
    return axis | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}}


def _beside(
    rows: Sequence[Row], base: Decimal, formatter: Formatter, look: Look
) -> list[list[bars.Cell]]:
    """The money of each row, and a step's part of the growth in points."""
    moneys = [
        (formatter.money(row.money), look.ink)
        if row.total
        else (formatter.signed_money(row.money), _colour(row, look) if row.money else look.faint)
        for row in rows
    ]
    parts = [arithmetic.contribution(None if row.total else row.money, base) for row in rows]
    if all(part is None for part in parts):
        return [moneys]
    return [
        moneys,
        [("" if part is None else formatter.points(part), look.faint) for part in parts],
    ]
