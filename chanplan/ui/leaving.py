"""What if one member leaves: what would go, what it alone sells, who could stand in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis import leaving
from chanplan.ui import address, figure, session, tables
from chanplan.ui.concentration import Found
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

# Members to choose between, the largest; nobody looks for the four-hundredth in a list.
MOST_CHOICES = 300
PICKER_WIDTH = 420


def show(view: View, found: Found) -> None:
    """The largest leaves, or whoever is chosen in the list or by a click on the curve."""
    if found.shares is None or found.shares.members < 2:
        return
    name = figure.dimension_name(found.dimension)
    st.header(say("leaving.title", dimension=name.lower()), anchor=False)
    member = _choice(found, name)
    told = plain(figure.name_of(found.dimension, member))
    own, whole = leaving.stake_queries(view.scope, found.dimension, member)
    st.markdown(_told(leaving.stake(session.ask(own), session.ask(whole)), told))
    places = [name for name in leaving.PLACES if session.members(name)]
    if found.dimension in leaving.REPLACEABLE and places:
        _others(view, found.dimension, member, places)


def _choice(found: Found, name: str) -> str:
    members = found.ranked["member"].head(MOST_CHOICES).tolist()
    show = dict(zip(members, figure.names_of(found.dimension, members), strict=True))
    label = say("leaving.choose", dimension=name)
    with st.container(width=PICKER_WIDTH):
        return address.choice(
            f"leaving_{found.dimension}", members, members[0], label, show.__getitem__
        )


def _told(stake: leaving.Stake, name: str) -> str:
    write = figures()
    sales = say(
        "leaving.sales",
        name=name,
        sales=write.money(stake.sales),
        share=write.percent(stake.share),
        rest=write.money(stake.rest),
    )
    if stake.margin is None:
        return sales + say("findings.join") + say("leaving.no_margin")
    margin = say(
        "leaving.margin",
        margin=write.money(stake.margin),
        share=write.percent(stake.margin_share),
        rest=write.money(stake.margin_rest),
        covered=write.percent(stake.covered, 0),
        covered_rest=write.percent(stake.covered_rest, 0),
    )
    return sales + say("findings.join") + margin


def _others(view: View, dimension: str, member: str, places: list[str]) -> None:
    own = session.ask(leaving.own_query(view.scope, dimension, member, places))
    everybody, others = leaving.others_queries(view.scope, dimension, own, places)
    alone = leaving.alone(own, session.ask(everybody), places)
    stand_ins = leaving.stand_ins(own, session.ask(others), dimension, member, places)
    kind = "both" if len(places) > 1 else places[0]
    left, right = st.columns(2, gap="medium")
    with left:
        st.header(say("leaving.alone"), anchor=False)
        st.caption(say(f"leaving.alone_{kind}"))
        _alone(dimension, alone, places)
    with right:
        st.header(say("leaving.stand_ins"), anchor=False)
        st.caption(say(f"leaving.stand_ins_{kind}"))
        _stand_ins(dimension, stand_ins)


def _alone(dimension: str, rows: pd.DataFrame, places: list[str]) -> None:
    if rows.empty:
        st.caption(say("leaving.nothing_alone"))
        return
    named = rows.assign(**{place: figure.names_of(place, rows[place]) for place in places})
    columns = [Column(place, figure.dimension_name(place), width=200) for place in places]
    columns.append(Column("value", figure.measure_name("net_sales"), "money"))
    key, name = f"leaving_{dimension}_alone", say("leaving.alone")
    tables.show(named, columns, key, name, file_name=name)


def _stand_ins(dimension: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        st.caption(say("leaving.nobody"))
        return
    named = rows.assign(name=figure.names_of(dimension, rows["member"]))
    columns = [
        Column("name", figure.dimension_name(dimension), width=200),
        Column("covers", say("leaving.covers"), "rate", help=say("leaving.covers_help")),
        Column("value", say("leaving.sells_there"), "money"),
        Column("count", say("leaving.places"), "count"),
    ]
    key, name = f"leaving_{dimension}_stand_ins", say("leaving.stand_ins")
    tables.show(named, columns, key, name, file_name=name)
