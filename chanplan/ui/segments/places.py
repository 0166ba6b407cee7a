"""Customers whose main channel is another than a year before: from where to where."""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from chanplan.analysis import cells
from chanplan.analysis.customers import facts, migration
from chanplan.charts import heat
from chanplan.ui import figure, tables
from chanplan.ui.plain import plain
from chanplan.ui.segments.finding import Found, about, customers, file_name
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

DIMENSION = "channel"
# A phone has no room for more; the table has every way.
MOST = 9


def show(found: Found) -> None:
    """The main channel of the twelve months to the day by column, of those before them by row."""
    ways = customers().kept(("segments_places", found.asked), lambda: _ways(found))
    moved = ways[(ways["was"] != ways["now"]) & ways["was"].ne(migration.NOT_YET)]
    if ways["now"].nunique() < 2 or moved[moved["now"] != migration.GONE].empty:
        return
    st.subheader(say("segments.places"), anchor=False)
    best = moved[moved["now"] != migration.GONE].sort_values("customers", ascending=False).iloc[0]
    names = {"was": plain(_name(best["was"])), "now": plain(_name(best["now"]))}
    count = figures().count(int(best["customers"]))
    st.caption(say("segments.places_says", count=count, **names))
    _heat(ways)
    shown = ways.assign(
        from_name=[_name(one) for one in ways["was"]], to_name=[_name(one) for one in ways["now"]]
    )
    columns = [
        Column("from_name", say("segments.was")),
        Column("to_name", say("segments.now")),
        Column("customers", say("segments.customers"), "count"),
        Column("money_before", say("segments.year_before"), "money"),
        Column("money", say("segments.net_year"), "money"),
    ]
    with st.expander(say("segments.ways_table")):
        saved, alt = file_name(found, say("segments.places")), say("segments.places")
        tables.show(shown, columns, "segments_places_table", alt, about(found), saved)


def _ways(found: Found) -> pd.DataFrame:
    """Of the whole population: who had not bought then, and who bought no more, too."""
    year_ago = replace(found.asked, as_of=facts.years_before(found.asked.as_of, 1))
    before, now = (
        migration.main_places(found.labels, customers().mix(asked, DIMENSION), DIMENSION)
        for asked in (year_ago, found.asked)
    )
    sizes = pd.concat([before, now]).groupby("segment")["monetary"].sum()
    order = [str(name) for name in sizes.sort_values(ascending=False).index]
    return migration.matrix(migration.moves(before, now), order)


def _heat(ways: pd.DataFrame) -> None:
    rows, columns = list(dict.fromkeys(ways["was"])), _columns(ways)
    whole = ways.groupby("was")["customers"].sum()
    drawn = []
    for way in cells.records(ways):
        if way["was"] not in rows[:MOST] or way["now"] not in columns:
            continue
        part = int(way["customers"]) / int(whole[way["was"]])
        place = rows.index(way["was"]), columns.index(way["now"])
        count = figures().count(int(way["customers"]))
        title = f"<b>{escape(_name(way['was']))} → {escape(_name(way['now']))}</b>"
        hover = f"{title}<br>{count}<br>{say('segments.of_row')} {figures().percent(part)}"
        told = part if way["was"] != way["now"] else None
        strength = None if told is None else math.sqrt(told)
        drawn.append(heat.Cell(*place, count, strength, hover, f"{place[0]}.{place[1]}"))
    names = [_name(one) for one in rows[:MOST]]
    shown = heat.heat(names, [_name(one) for one in columns], drawn, figure.look())
    figure.show(shown, "segments_places", say("segments.places"))


def _columns(ways: pd.DataFrame) -> list[str]:
    rows = list(dict.fromkeys(ways["was"]))
    known = list(dict.fromkeys(ways["now"]))
    order = [one for one in rows if one in known] + [one for one in known if one not in rows]
    last = [one for one in order if one == migration.GONE]
    return [one for one in order if one != migration.GONE][: MOST - 1] + last


def _name(code: str) -> str:
    if code in (migration.NOT_YET, migration.GONE):
        return say(f"segments.year_{code}")
    return figure.name_of(DIMENSION, code)
