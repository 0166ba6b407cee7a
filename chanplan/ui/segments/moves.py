"""Who moved between two days: the matrix, the valuable who moved down, and the types over time."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from chanplan.analysis import cells
from chanplan.analysis.customers import migration, rfm, segments_story
from chanplan.analysis.customers.facts import Asked
from chanplan.charts import heat
from chanplan.ui import address, figure, population, tables
from chanplan.ui.segments import finding, places
from chanplan.ui.segments.finding import Found, about, customers, file_name, name_of, names_of
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

SINCE = "since"
# Quarter ends in the history, each of which is a count of all lines up to it.
MOST_DAYS = 8
# Beyond these the history waits until it is asked for.
MANY = 200_000
# A change by this part has the full colour.
FULL = 0.5


def since(asked: Asked) -> date | None:
    """The earlier day that a choice says, the quarter's end before by default; None where the
    data does not reach so far back."""
    days = [day.isoformat() for day in population.earlier(asked)]
    if not days:
        return None
    show = {day: figures().date(date.fromisoformat(day)) for day in days}
    chosen = address.choice(SINCE, days, days[0], say("segments.since"), show.__getitem__)
    return date.fromisoformat(chosen)


def show(found: Found) -> None:
    """From type to type, by customers and money; then who moved down; then the quarters."""
    st.header(say("segments.moves"), anchor=False)
    if found.since is None:
        st.caption(say("segments.no_earlier"))
        return
    days = {"since": figures().date(found.since), "day": figures().date(found.asked.as_of)}
    st.caption(say("segments.moves_says", **days))
    ways = migration.matrix(found.moved, [*rfm.SEGMENTS])
    by = address.switch("moves_by", {c: say(f"segments.by_{c}") for c in ("customers", "money")},
                        say("segments.moves"))  # fmt: skip
    _matrix(ways, by)
    _ways(found, ways)
    places.show(found)
    _down(found)
    _history(found)


def _matrix(ways: pd.DataFrame, by: str) -> None:
    """Who was what by row, what they are now by column; the colour is the part of the row."""
    order = [*rfm.SEGMENTS, migration.NOT_YET, migration.GONE]
    rows = [name for name in order if name in set(ways["was"])]
    columns = [name for name in order if name in set(ways["now"])]
    whole = ways.groupby("was")[by].sum()
    drawn = []
    for way in cells.records(ways):
        part = float(way[by]) / float(whole[way["was"]]) if whole[way["was"]] else 0.0
        place = rows.index(way["was"]), columns.index(way["now"])
        drawn.append(heat.Cell(*place, _written(way, by), _strength(way, part), _hover(way, part),
                               f"{place[0]}.{place[1]}"))  # fmt: skip
    shown = heat.heat(names_of(rows), names_of(columns), drawn, figure.look())
    figure.show(shown, "segments_matrix", say("segments.moves_alt"))


def _strength(way: dict[str, object], part: float) -> float | None:
    """Blue for who stays or rises, orange for the valuable who move down."""
    down = rfm.moved_down(str(way["was"]), str(way["now"]))
    return (-1 if down else 1) * math.sqrt(max(part, 0.0))


def _written(way: dict[str, object], by: str) -> str:
    if by == "customers":
        return figures().count(int(str(way[by])))
    return figures().money(float(str(way[by])))


def _hover(way: dict[str, object], part: float) -> str:
    lines = [
        f"<b>{escape(name_of(str(way['was'])))} → {escape(name_of(str(way['now'])))}</b>",
        f"{say('segments.customers')} {figures().count(int(str(way['customers'])))}",
        f"{say('segments.money_before')} {figures().money(float(str(way['money_before'])))}",
        f"{say('segments.money')} {figures().money(float(str(way['money'])))}",
        f"{say('segments.of_row')} {figures().percent(part)}",
    ]
    return "<br>".join(lines)


def _ways(found: Found, ways: pd.DataFrame) -> None:
    shown = ways.assign(from_name=names_of(ways["was"]), to_name=names_of(ways["now"]))
    columns = [
        Column("from_name", say("segments.was")),
        Column("to_name", say("segments.now")),
        Column("customers", say("segments.customers"), "count"),
        Column("money_before", say("segments.money_before"), "money"),
        Column("money", say("segments.money"), "money"),
    ]
    with st.expander(say("segments.ways_table")):
        saved = file_name(found, say("segments.moves"))
        alt = say("segments.moves_alt")
        tables.show(shown, columns, "segments_ways", alt, about(found), saved)


def _down(found: Found) -> None:
    """The valuable who moved down, with why; the download has every one of them."""
    st.subheader(say("segments.down"), anchor=False)
    if found.down.empty:
        st.caption(say("segments.nobody_fell", day=figures().date(found.since or date.min)))
        return

    def rows(frame: pd.DataFrame) -> pd.DataFrame:
        reasons = map(segments_story.why, frame["was"], frame["now"])
        told = finding.named(found, frame)
        return told.assign(
            from_name=names_of(frame["was"]),
            to_name=names_of(frame["now"]),
            why=[say(f"segments.why_{reason}") for reason in reasons],
        )

    columns = [
        Column("name", population.name(found.asked.population), width=200),
        Column("from_name", say("segments.was")),
        Column("to_name", say("segments.now")),
        Column("why", say("segments.why")),
        Column("money_before", say("segments.money_before"), "money"),
        Column("money", say("segments.money"), "money"),
        Column("customer", figure.dimension_name(found.asked.dimension), hidden=True),
    ]
    shown = rows(found.down.head(finding.MOST_LISTED))
    tables.show(shown, columns, "segments_down", say("segments.down"))
    saved = file_name(found, say("segments.down"))
    tables.downloads(lambda: rows(found.down), columns, saved, "segments_down", about(found))


def _history(found: Found) -> None:
    """Each type's customers at quarters' ends; coloured by the change since the one before."""
    st.subheader(say("segments.history"), anchor=False)
    days = [*population.earlier(found.asked)[: MOST_DAYS - 1][::-1], found.asked.as_of]
    if len(days) < 2:
        st.caption(say("segments.no_earlier"))
        return
    if len(found.labels) > MANY and not st.toggle(say("segments.history_ask")):
        return
    told = customers().kept(
        ("segments_history", found.asked, found.rules, tuple(days)),
        lambda: migration.history({day.isoformat(): _at(found, day) for day in days}),
    )
    st.caption(say("segments.history_says"))
    counts = {(row["segment"], row["day"]): row for row in cells.records(told)}
    rows = [name for name in rfm.SEGMENTS if name in set(told["segment"])]
    drawn = []
    for y, name in enumerate(rows):
        for x, day in enumerate(days):
            now = counts.get((name, day.isoformat()))
            before = counts.get((name, days[x - 1].isoformat())) if x else None
            drawn.append(_cell(y, x, name, day, now, before))
    headings = [figures().date(day) for day in days]
    shown = heat.heat(names_of(rows), headings, drawn, figure.look())
    figure.show(shown, "segments_history", say("segments.history_alt"))


def _at(found: Found, day: date) -> pd.DataFrame:
    return customers().segmented(replace(found.asked, as_of=day), rules=found.rules)


def _cell(y: int, x: int, name: str, day: date, now: dict[str, object] | None,
          before: dict[str, object] | None) -> heat.Cell:  # fmt: skip
    count = int(str(now["customers"])) if now else 0
    money = figures().money(float(str(now["money"]))) if now else "—"
    strength = None
    lines = [f"<b>{escape(name_of(name))}</b>", figures().date(day)]
    lines += [f"{say('segments.customers')} {figures().count(count)}"]
    lines += [f"{figure.measure_name('net_sales')} {money}"]
    if before:
        change = count / int(str(before["customers"])) - 1
        strength = max(-1.0, min(1.0, change / FULL)) if change else None
        lines.append(f"{say('segments.change')} {figures().percent(change)}")
    return heat.Cell(y, x, figures().count(count), strength, "<br>".join(lines), f"{y}.{x}")
