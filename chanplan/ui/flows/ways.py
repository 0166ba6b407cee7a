"""The switch table of the page of customers in and out: from channel to channel, as a map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import cells, customer_flows
from chanplan.analysis.customer_flows import DIMENSION, Flows
from chanplan.charts import heat
from chanplan.ui import crumbs, figure, navigation, sidebar, tables
from chanplan.ui.flows import finding
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

# A phone has no room for a number in more columns; the table has every way.
MOST_ROWS, MOST_COLUMNS = 15, 9
# Where a way's part of the new customers has the map's full colour.
FULL = 0.5


def refused(found: Flows) -> None:
    """Too few customers are known in two channels: why that says nothing, and what to do."""
    rate, floor = figures().percent(found.match_rate, 2), customer_flows.MATCH_FLOOR
    st.info(say("flows.refused", rate=rate, floor=figures().percent(floor, 0)))
    navigation.link(navigation.IMPORTS)
    navigation.link("names")


def show(view: View, ways: pd.DataFrame) -> None:
    """New customers by row, the channel before by column; the number in each cell."""
    st.caption(say("flows.ways_says"))
    rows = cells.records(ways)
    to = list(dict.fromkeys(row["member"] for row in rows))
    every = _sources(rows)
    # Of many channels the columns are those that the rows in sight came from.
    sources = _sources([row for row in rows if row["member"] in to[:MOST_ROWS]])
    drawn = [
        _cell(row, (to.index(row["member"]), sources.index(_source(row))))
        for row in rows
        if row["member"] in to[:MOST_ROWS] and _source(row) in sources[:MOST_COLUMNS]
    ]
    names = figure.names_of(DIMENSION, to[:MOST_ROWS])
    headings = [_said(known, before) for known, before in sources[:MOST_COLUMNS]]

    def kept(code: str | None) -> None:
        """A click keeps the two channels of a way; of those new to the company, the one."""
        row, column = (int(part) for part in str(code).split("."))
        known, before = sources[column]
        crumbs.keep(DIMENSION, *([to[row], before] if known else [to[row]]))

    clicked = kept if sidebar.offers(DIMENSION) else None
    shown = heat.heat(names, headings, drawn, figure.look())
    figure.show(shown, "flows_ways", say("flows.alt"), clicked=clicked)
    if len(to) > MOST_ROWS or len(every) > MOST_COLUMNS:
        st.caption(say("flows.ways_left", rows=MOST_ROWS, columns=MOST_COLUMNS))
    _table(view, ways)


def _sources(rows: list[dict[str, Any]]) -> list[tuple[bool, str | None]]:
    """New to the company first, then the channels that most came from."""
    sizes: dict[tuple[bool, str | None], int] = {}
    for row in rows:
        sizes[_source(row)] = sizes.get(_source(row), 0) + int(row["customers"])
    return sorted(sizes, key=lambda source: (source[0], -sizes[source], source[1] or ""))


def _source(row: Mapping[str, Any]) -> tuple[bool, str | None]:
    return bool(row["known"]), row["before"]


def _said(known: bool, before: str | None) -> str:
    return figure.name_of(DIMENSION, before) if known else say("flows.from_nowhere")


def _cell(row: Mapping[str, Any], place: tuple[int, int]) -> heat.Cell:
    to, before = figure.name_of(DIMENSION, row["member"]), _said(*_source(row))
    count, share = figures().count(row["customers"]), figures().percent(row["share"])
    strength = math.sqrt(min(float(row["share"]) / FULL, 1.0)) if row["known"] else None
    lines = (f"<b>{escape(before)} → {escape(to)}</b>", count, f"{say('flows.share')} {share}")
    hover = "<br>".join(lines)
    return heat.Cell(*place, count, strength, hover, f"{place[0]}.{place[1]}")


def _table(view: View, ways: pd.DataFrame) -> None:
    """Every way, with its part of the channel's new customers."""
    rows = cells.records(ways)
    named = ways.assign(
        name=figure.names_of(DIMENSION, ways["member"]),
        source=[_said(*_source(row)) for row in rows],
    )
    columns = [
        Column("name", say("flows.to")),
        Column("source", say("flows.from")),
        Column("customers", say("flows.new"), "count"),
        Column("share", say("flows.share"), "rate"),
    ]
    about, saved = finding.about(view), finding.file_name(view, "flows.ways")
    with st.expander(say("flows.ways_table")):
        tables.show(named, columns, "flows_ways_table", say("flows.alt"), about, saved)
