"""What each type buys more and less than others, and what its buyers would buy next."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
import streamlit as st

from chanplan.analysis import cells
from chanplan.analysis.customers import affinity
from chanplan.charts import heat
from chanplan.ui import address, figure, session, tables
from chanplan.ui.segments import finding
from chanplan.ui.segments.finding import Found, about, customers, file_name, name_of, names_of
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

LEVELS = ("category", "product")
MOST_ROWS = 15
# The index at which a cell has its full colour: twice, or half of what is expected.
FULL = 2.0


def show(found: Found) -> None:
    """An index in each cell, then the next best for each type with its evidence."""
    st.header(say("segments.taste"), anchor=False)
    known = [name for name in LEVELS if len(session.members(name)) > 1]
    if not known:
        st.caption(say("segments.no_items"))
        return
    level = known[0]
    if len(known) > 1:
        names = {name: figure.dimension_name(name) for name in known}
        level = address.switch("taste_by", names, say("segments.taste"))
    key = ("segments_taste", found.asked, found.rules, level)
    liked, best = customers().kept(key, lambda: _asked(found, level))
    if liked.empty:
        st.caption(say("segments.no_items"))
        return
    st.caption(say("segments.taste_says", least=affinity.LEAST_BUYERS))
    _heat(found, liked, level)
    _table(found, liked, level)
    _next(found, best, level)


def _asked(found: Found, level: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    baskets = customers().mix(found.asked, level)
    return (
        affinity.preferences(found.labels, baskets, level),
        affinity.next_best(found.labels, baskets, level),
    )


def _heat(found: Found, liked: pd.DataFrame, level: str) -> None:
    items = list(dict.fromkeys(liked["item"]))
    rows = items[:MOST_ROWS]
    drawn = []
    for row in cells.records(liked[liked["item"].isin(rows)]):
        place = rows.index(row["item"]), found.present.index(row["segment"])
        index = row["index"]
        sure = index is not None and not row["is_small"]
        text = "—" if index is None else figures().count(round(index))
        strength = _strength(float(index)) if sure else None
        drawn.append(heat.Cell(*place, text, strength, _hover(row, level), f"{place}"))
    names = figure.names_of(level, rows)
    shown = heat.heat(names, names_of(found.present), drawn, figure.look())
    figure.show(shown, f"segments_taste_{level}", say("segments.taste_alt"))
    if len(items) > MOST_ROWS:
        st.caption(say("segments.taste_left", count=MOST_ROWS))


def _strength(index: float) -> float:
    return -1.0 if index <= 0 else max(-1.0, min(1.0, math.log(index / 100, FULL)))


def _hover(row: dict[str, object], level: str) -> str:
    item = figure.name_of(level, str(row["item"]))
    lines = [
        f"<b>{escape(name_of(str(row['segment'])))} × {escape(item)}</b>",
        f"{say('segments.buyers')} {figures().count(int(str(row['buyers'])))}",
        f"{say('segments.reach')} {figures().percent(float(str(row['reach'])))}",
        f"{say('segments.overall')} {figures().percent(float(str(row['overall'])))}",
    ]
    return "<br>".join(lines)


def _table(found: Found, liked: pd.DataFrame, level: str) -> None:
    shown = liked.assign(
        name=names_of(liked["segment"]), item_name=figure.names_of(level, liked["item"])
    )
    columns = [
        Column("name", say("segments.segment")),
        Column("item_name", figure.dimension_name(level)),
        Column("buyers", say("segments.buyers"), "count"),
        Column("expected", say("segments.expected"), "count"),
        Column("reach", say("segments.reach"), "rate"),
        Column("overall", say("segments.overall"), "rate"),
        Column("index", say("segments.index"), "count", help=say("segments.index_help")),
    ]
    with st.expander(say("segments.taste_table")):
        saved, alt = file_name(found, say("segments.taste")), say("segments.taste_alt")
        tables.show(shown, columns, f"segments_liked_{level}", alt, about(found), saved)


def _next(found: Found, best: pd.DataFrame, level: str) -> None:
    """The next best of each type; whom to offer it is a list to take away."""
    what = figure.dimension_name(level).lower()
    st.subheader(say("segments.next", what=what), anchor=False)
    if best.empty:
        st.caption(say("segments.no_next"))
        return
    st.caption(say("segments.next_says"))
    rows = best.set_index("segment").loc[[s for s in found.present if s in set(best["segment"])]]
    rows = rows.reset_index()
    shown = rows.assign(
        name=names_of(rows["segment"]),
        item_name=figure.names_of(level, rows["item"]),
        after_name=figure.names_of(level, rows["after"]),
        sure=[say("segments.unsure" if small else "segments.sure") for small in rows["is_small"]],
    )
    columns = [
        Column("name", say("segments.segment")),
        Column("item_name", say("segments.offer")),
        Column("after_name", say("segments.after")),
        Column("share", say("segments.also"), "rate", help=say("segments.also_help")),
        Column("lift", say("segments.lift"), "price", help=say("segments.lift_help")),
        Column("n", say("segments.n"), "count"),
        Column("missing", say("segments.missing"), "count"),
        Column("sure", say("segments.evidence")),
    ]
    grey = [say("segments.unsure")]
    styles = pd.DataFrame("", index=shown.index, columns=[column.name for column in columns])
    styles.loc[shown["sure"].isin(grey)] = f"color: {figure.look().faint}"
    saved, alt = file_name(found, say("segments.next", what=what)), say("segments.next", what=what)
    tables.show(shown, columns, f"segments_next_{level}", alt, about(found), saved, whole=True,
                styles=styles)  # fmt: skip
    _whom(found, rows, level)


def _whom(found: Found, rows: pd.DataFrame, level: str) -> None:
    """The customers of a type who buy the one and not the other."""
    show = {row["segment"]: name_of(row["segment"]) for row in cells.records(rows)}
    chosen = st.selectbox(say("segments.whom"), [*show], format_func=show.__getitem__,
                          key=f"segments_whom_{level}")  # fmt: skip
    row = next(row for row in cells.records(rows) if row["segment"] == chosen)

    def listed() -> pd.DataFrame:
        baskets = customers().mix(found.asked, level)
        who = affinity.without(found.labels, baskets, level, row["item"], row["after"], chosen)
        own = found.labels[found.labels["customer"].isin(who)]
        return finding.named(found, own)

    columns = [
        Column("customer", figure.dimension_name(found.asked.dimension)),
        Column("name", say("segments.name")),
        Column("recency", say("segments.recency"), "count"),
        Column("frequency", say("segments.frequency"), "count"),
        Column("monetary", figure.measure_name("net_sales"), "money"),
    ]
    what = say("segments.whom_file", item=figure.name_of(level, row["item"]), segment=show[chosen])
    tables.downloads(listed, columns, file_name(found, what), f"whom_{level}", about(found))
