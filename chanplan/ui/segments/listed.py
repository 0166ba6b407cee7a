"""Every customer with its type, and why: the first on the page, all of them to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.ui import address, figure, population, tables
from chanplan.ui.segments import finding
from chanplan.ui.segments.finding import MOST_LISTED, Found, about, file_name, name_of, names_of
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

SEGMENT = "segment"


def show(found: Found) -> None:
    """The customers of one type, or of all, by money."""
    st.header(say("segments.list"), anchor=False)
    types = {"": say("segments.all"), **{name: name_of(name) for name in found.present}}
    chosen = address.choice(SEGMENT, [*types], "", say("segments.segment"), types.__getitem__)
    labels = found.labels
    own = labels[labels["segment"].astype(object) == chosen] if chosen else labels
    if len(own) > MOST_LISTED:
        count = figures().count(len(own))
        st.caption(say("segments.listed", count=count, most=figures().count(MOST_LISTED)))

    def rows(frame: pd.DataFrame) -> pd.DataFrame:
        told = finding.named(found, frame)
        steady = [say("segments.steady") if one else "" for one in frame["steady"]]
        return told.assign(segment_name=names_of(frame["segment"].astype(object)), rhythm=steady)

    columns = [
        Column("name", population.name(found.asked.population), width=200),
        Column("segment_name", say("segments.segment")),
        Column("recency", say("segments.recency"), "count", help=say("segments.recency_help")),
        Column(
            "frequency", say("segments.frequency"), "count", help=say("segments.frequency_help")
        ),
        Column("monetary", figure.measure_name("net_sales"), "money"),
        Column("r", "R", "count"),
        Column("f", "F", "count"),
        Column("m", "M", "count"),
        Column("rhythm", say("segments.rhythm"), help=say("segments.rhythm_help")),
        Column("gap", say("segments.gap"), "count", hidden=True),
        Column("orders", say("segments.orders"), "count", hidden=True),
        Column("customer", figure.dimension_name(found.asked.dimension), hidden=True),
    ]
    tables.show(rows(own.head(MOST_LISTED)), columns, "segments_list", say("segments.list"))
    what = f"{say('segments.list')} {name_of(chosen)}" if chosen else say("segments.list")
    saved = file_name(found, what)
    tables.downloads(lambda: rows(own), columns, saved, "segments_list", about(found))
