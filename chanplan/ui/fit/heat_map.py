"""The heat map of the page of fit: items by channels, a click opens a cell."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import cells, fit
from chanplan.charts import heat
from chanplan.ui import figure
from chanplan.ui.fit.finding import MOST_COLUMNS, MOST_ROWS
from chanplan.ui.session import figures, say

# The index at which a cell has its full colour: twice, or half of what is expected.
FULL = 2


def show(level: fit.Level, table: pd.DataFrame, opened: tuple[str, str]) -> None:
    """The largest items and channels, what is beyond is in the lists and the table below; a
    frame around the opened channel and item."""
    every = list(dict.fromkeys(table["item"])), list(dict.fromkeys(table["channel"]))
    items, channels = every[0][:MOST_ROWS], every[1][:MOST_COLUMNS]
    rows = figure.names_of(level, items)
    columns = figure.names_of(fit.CHANNEL, channels)
    drawn = []
    for row in cells.records(table):
        if row["item"] in items and row["channel"] in channels:
            place = items.index(row["item"]), channels.index(row["channel"])
            names = columns[place[1]], rows[place[0]]
            drawn.append(_cell(row, place, names))
    chosen = _chosen(opened, items, channels)
    figure_drawn = heat.heat(rows, columns, drawn, figure.look(), chosen)
    alt = say("fit.heat_alt", level=figure.dimension_name(level))
    figure.show(figure_drawn, f"fit_{level}_heat", alt, clicked=opening(level, items, channels))
    _left(((level, len(every[0]) - len(items)), (fit.CHANNEL, len(every[1]) - len(channels))))


def _left(beyond: Sequence[tuple[str, int]]) -> None:
    """What the map has no room for, and where it is."""
    told = [
        say("fit.left", count=count, what=figure.dimension_name(name).lower())
        for name, count in beyond
        if count
    ]
    if told:
        st.caption(say("fit.heat_left", names=say("crumbs.join").join(told)))


def _cell(row: Mapping[str, Any], place: tuple[int, int], names: tuple[str, str]) -> heat.Cell:
    index = row["index"]
    sure = row["verdict"] in ("strong", "weak")
    return heat.Cell(
        *place,
        text=figures().count(index),
        strength=strength(float(index)) if sure else None,
        hover=_hover(row, names),
        code=_code(*place),
    )


def strength(index: float) -> float:
    """100 is 0, twice is 1, half is −1."""
    if index <= 0:
        return -1.0
    return max(-1.0, min(1.0, math.log(index / 100, FULL)))


def _hover(row: Mapping[str, Any], names: tuple[str, str]) -> str:
    write = figures()
    lines = [
        f"<b>{escape(names[0])} × {escape(names[1])}</b>",
        f"{say('fit.index')} {write.count(row['index'])} · {say('fit.is_' + row['verdict'])}",
        f"{say('fit.share')} {write.percent(row['share'])}",
        f"{say('fit.overall')} {write.percent(row['overall'])}",
        f"{figure.measure_name('net_sales')} {write.exact(row['value'])}",
        f"{say('fit.expected')} {write.exact(row['expected'])}",
    ]
    return "<br>".join(lines)


def _code(row: int, column: int) -> str:
    return f"{row}.{column}"


def _chosen(opened: tuple[str, str], items: list[str], channels: list[str]) -> str | None:
    """The frame stands where the opened cell is."""
    channel, item = opened
    if item in items and channel in channels:
        return _code(items.index(item), channels.index(channel))
    return None


def opening(level: str, items: list[str], channels: list[str]) -> Callable[[str | None], None]:
    """What a click does: the two lists below the map then say this cell."""

    def opened(code: str | None) -> None:
        row, column = (int(part) for part in str(code).split("."))
        st.session_state[f"fit_{level}"] = items[row]
        st.session_state["fit_channel"] = channels[column]

    return opened
