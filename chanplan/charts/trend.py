"""Month by month: stacked columns, lines, or shares of 100 %, a colour per member."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.charts import axes, canvas, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import WIDEST_IN_LEGEND, Words
from chanplan.domain.period import ordinal
from chanplan.language.numbers import Formatter

# The columns and their month labels; the legend comes on top of it.
PLOT_HEIGHT = 280
# Air beyond the tallest column, as a part of the axis.
AIR = 0.04
# A single month in a chart made for many would be one block: it gets the room of one among these.
FEWEST_MONTHS = 6
SHARE_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def columns(
    shown: pd.DataFrame,
    colours: Mapping[Member, str],
    formatter: Formatter,
    words: Words,
    title: str | None = None,
    look: Look = LIGHT,
) -> go.Figure:
    """Stacked columns of `over_time.by_month`; the hover text has the month's total too.

    Selected points carry the member in `customdata[0]`, whether it is others in
    `customdata[1]`, the month in `customdata[2]`.
    """
    figure = _figure(shown, title, look, formatter)
    for member, part in parts(shown):
        figure.add_bar(**_bar(part, "value", member, colours, formatter, words, look))
    low, high = _reach(shown)
    axis = _value_axis(axes.amounts(low, high, formatter), look)
    if low < high:
        air = float(high - low) * AIR
        axis["range"] = [float(low) - (air if low < 0 else 0), float(high) + air]
    figure.update_layout(barmode="relative", yaxis=axis)
    return figure


def lines(
    shown: pd.DataFrame,
    colours: Mapping[Member, str],
    formatter: Formatter,
    words: Words,
    title: str | None = None,
    look: Look = LIGHT,
) -> go.Figure:
    """One line per member, for comparing their courses; a missing month breaks the line."""
    figure = _figure(shown, title, look, formatter)
    at = [ordinal(int(month)) for month in shown["month"]]
    every = range(min(at, default=0), max(at, default=-1) + 1)
    for member, part in parts(shown):
        trace = _bar(part, "value", member, colours, formatter, words, look)
        figure.add_scatter(**_as_line(trace, every))
    known = [value for value in arithmetic.numbers(shown, "value") if value is not None]
    ticks = axes.amounts(min(known, default=ZERO), max(known, default=ZERO), formatter)
    figure.update_layout(yaxis=_value_axis(ticks, look) | {"rangemode": "tozero"})
    return figure


def shares(
    shown: pd.DataFrame,
    colours: Mapping[Member, str],
    formatter: Formatter,
    words: Words,
    title: str | None = None,
    look: Look = LIGHT,
) -> go.Figure:
    """The mix over time: each month is 100 %. Months whose total is not positive stay empty."""
    figure = _figure(shown, title, look, formatter)
    for member, part in parts(shown):
        figure.add_bar(**_bar(part, "share", member, colours, formatter, words, look))
    texts = tuple(formatter.percent(tick, 0) for tick in SHARE_TICKS)
    known = [share for share in arithmetic.numbers(shown, "share") if share is not None]
    axis = _value_axis(axes.Ticks(SHARE_TICKS, texts), look)
    if min(known, default=ZERO) >= 0:  # returns may push a member below zero: then show it
        axis["range"] = [0, 1.001]
    figure.update_layout(barmode="relative", bargap=0.12, yaxis=axis)
    return figure


def _figure(shown: pd.DataFrame, title: str | None, look: Look, formatter: Formatter) -> go.Figure:
    entries = len(set(zip(shown["member"], shown["is_others"], strict=True)))
    figure = canvas.canvas(title, PLOT_HEIGHT + canvas.legend_height(entries), look)
    months = sorted({int(month) for month in shown["month"]})
    ticks = axes.months(months, formatter) if months else axes.Ticks((), ())
    few = {"range": _room(months)} if 0 < len(months) < FEWEST_MONTHS else {}
    figure.update_layout(
        showlegend=True,
        legend=canvas.legend(look),
        xaxis=canvas.quiet_axis(
            look,
            tickmode="array",
            tickvals=ticks.positions,
            ticktext=ticks.texts,
            tickangle=0,
            **few,
        )
        | {"tickfont": {"size": axes.MONTH_SIZE, "color": look.faint}},
    )
    return figure


def _room(months: list[int]) -> list[float]:
    """An axis around a few months that keeps their columns slim."""
    first, last = ordinal(months[0]), ordinal(months[-1])
    half = max(FEWEST_MONTHS, last - first + 1) / 2
    middle = (first + last) / 2
    return [middle - half, middle + half]


def _value_axis(ticks: axes.Ticks, look: Look) -> dict[str, Any]:
    return canvas.quiet_axis(
        look,
        showgrid=True,
        gridcolor=look.grid,
        gridwidth=1,
        zeroline=True,
        zerolinecolor=look.zero,
        zerolinewidth=1,
        tickmode="array",
        tickvals=ticks.positions,
        ticktext=ticks.texts,
    )


def parts(shown: pd.DataFrame) -> list[tuple[tuple[Member, bool, int], pd.DataFrame]]:
    """(member, is_others, count) → its rows, the largest member first, others last."""
    keys: dict[tuple[Member, bool], list[int]] = {}
    for at, key in enumerate(zip(shown["member"], shown["is_others"], strict=True)):
        keys.setdefault((key[0], bool(key[1])), []).append(at)
    sizes = {key: sum(_known(shown, rows), ZERO) for key, rows in keys.items()}
    order = sorted(keys, key=lambda key: (key[1], -sizes[key], key[0] or ""))
    return [
        ((*key, int(shown["count"].iloc[keys[key][0]])), shown.iloc[keys[key]]) for key in order
    ]


def _known(shown: pd.DataFrame, rows: list[int]) -> list[Decimal]:
    return [v for v in arithmetic.numbers(shown.iloc[rows], "value") if v is not None]


def _bar(
    part: pd.DataFrame,
    column: str,
    member: tuple[Member, bool, int],
    colours: Mapping[Member, str],
    formatter: Formatter,
    words: Words,
    look: Look,
) -> dict[str, Any]:
    name = words.name(*member)
    heights = arithmetic.numbers(part, column)
    colour = palette.colour_of(member[0], member[1], colours)
    return {
        "x": [ordinal(int(month)) for month in part["month"]],
        "y": [None if height is None else float(height) for height in heights],
        "name": words.short_name(*member, widest=WIDEST_IN_LEGEND),
        "customdata": [[member[0], member[1], int(month)] for month in part["month"]],
        "hovertext": _hovers(part, name, formatter, words),
        "hovertemplate": "%{hovertext}<extra></extra>",
        # An edge in the page's colour keeps neighbours apart without relying on hue.
        "marker": {"color": colour, "line": {"color": look.edge, "width": 0.6}},
    }


def _as_line(trace: dict[str, Any], every: range) -> dict[str, Any]:
    """The same points as a line over every month, broken where one is missing."""
    place = {x: at for at, x in enumerate(trace["x"])}
    spread = {
        name: [trace[name][place[x]] if x in place else None for x in every]
        for name in ("y", "customdata", "hovertext")
    }
    colour = trace["marker"]["color"]
    line = {"line": {"color": colour, "width": 2.2}, "marker": {"color": colour, "size": 5}}
    return {**trace, **spread, **line, "x": list(every), "mode": "lines+markers"}


def _hovers(part: pd.DataFrame, name: str, formatter: Formatter, words: Words) -> list[str]:
    """天猫 · 2024年3月 / value (share) / the month's total."""
    cells = zip(
        part["month"],
        arithmetic.numbers(part, "value"),
        arithmetic.numbers(part, "share"),
        arithmetic.numbers(part, "total"),
        strict=True,
    )
    return [
        f"<b>{name}</b> · {formatter.month(int(month))}"
        f"<br>{words.measure} {formatter.money(value)}"
        f"<br>{words.share} {formatter.percent(share)}"
        f"<br>{words.total} {formatter.money(total)}"
        for month, value, share, total in cells
    ]


def _reach(shown: pd.DataFrame) -> tuple[Decimal, Decimal]:
    """The lowest and highest end of the stacked columns."""
    ups: dict[int, Decimal] = {}
    downs: dict[int, Decimal] = {}
    for month, value in zip(shown["month"], arithmetic.numbers(shown, "value"), strict=True):
        if value is not None:
            side = ups if value >= 0 else downs
            side[int(month)] = side.get(int(month), ZERO) + value
    return min(downs.values(), default=ZERO), max(ups.values(), default=ZERO)
