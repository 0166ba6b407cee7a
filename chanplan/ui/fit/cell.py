"""One cell of fit opened: the reasoning in a sentence, its months, its lines, ways to narrow."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import cells, fit
from chanplan.charts import course
from chanplan.ui import address, crumbs, figure, lines, over_time_table, sidebar
from chanplan.ui.fit.finding import Found
from chanplan.ui.fit.page import told_peers
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.view import View


def show(view: View, found: Found) -> None:
    """Two lists that choose a cell without a mouse (a click on the map sets them), and the
    cell."""
    st.header(say("fit.one"), anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        channel = _choice("fit_channel", fit.CHANNEL, found.table["channel"])
    with right:
        item = _choice(f"fit_{found.level}", found.level, found.table["item"])
    rows = cells.records(found.table)
    row = next((r for r in rows if (r["channel"], r["item"]) == (channel, item)), None)
    if row is None:
        st.caption(say("fit.choose"))
        return
    _opened(view, found, row)


def opened(found: Found) -> tuple[str, str]:
    """The channel and the item that are open, "" for none; as of now, before the lists are
    drawn."""
    return (
        address.current("fit_channel", _options(found.table["channel"]), ""),
        address.current(f"fit_{found.level}", _options(found.table["item"]), ""),
    )


def _choice(key: str, dimension: str, members: pd.Series) -> str:
    known = _options(members)
    names = [say("ranking.nothing"), *figure.names_of(dimension, known[1:])]
    show = dict(zip(known, names, strict=True))
    label = say("fit.open", dimension=figure.dimension_name(dimension))
    return address.choice(key, known, "", label, show.__getitem__)


def _options(members: pd.Series) -> list[str]:
    return list(dict.fromkeys(["", *members]))


def _opened(view: View, found: Found, row: Mapping[str, Any]) -> None:
    channel = plain(figure.name_of(fit.CHANNEL, row["channel"]))
    item = plain(figure.name_of(found.level, row["item"]))
    st.markdown(_reasoned(row, channel, item))
    space = [
        told
        for told in cells.records(found.spaces)
        if (told["channel"], told["item"]) == (row["channel"], row["item"])
    ]
    if space:
        st.markdown(_sized(space[0], item))
    _months(view, found, row)
    with st.container(horizontal=True):
        for name, member, told in (
            (fit.CHANNEL, row["channel"], channel),
            (found.level, row["item"], item),
        ):
            if sidebar.offers(name):
                crumbs.keep_only(name, member, told)
    scope = view.scope.only(fit.CHANNEL, row["channel"]).only(found.level, row["item"])
    lines.behind(scope, f"fit_{found.level}_lines")


def _reasoned(row: Mapping[str, Any], channel: str, item: str) -> str:
    """How the index comes about, and why it is judged as it is."""
    write = figures()
    if row["index"] is None:
        return say("fit.is_unknown")
    more = "fit.reason_more" if row["gap"] >= 0 else "fit.reason_less"
    told = say(
        more,
        channel=channel,
        item=item,
        value=write.money(row["value"]),
        share=write.percent(row["share"]),
        overall=write.percent(row["overall"]),
        index=write.count(row["index"]),
        expected=write.money(row["expected"]),
        gap=write.money(abs(row["gap"])),
    )
    judged = say(
        f"fit.why_{row['verdict']}",
        months=row["months"],
        low=write.count(row["low"]),
        high=write.count(row["high"]),
        times=write.tenths(None if row["z"] is None else abs(row["z"])),
    )
    return told + say("findings.join") + judged


def _sized(space: Mapping[str, Any], item: str) -> str:
    write = figures()
    return say(
        "fit.sized",
        peers=plain(told_peers(space["peers"])),
        item=item,
        peer_share=write.percent(space["peer_share"]),
        sales=write.money(space["sales"]),
        value=write.money(space["value"]),
        size=write.money(space["size"]),
        low=write.money(space["low"]),
        high=write.money(space["high"]),
    )


def _months(view: View, found: Found, row: Mapping[str, Any]) -> None:
    """The index month by month with its ordinary range, beside the 100 of all channels."""
    monthly = found.monthly.get((row["channel"], row["item"]), {})
    if len(monthly) < 2:
        return
    st.caption(say("fit.course"))
    band = None if row["low"] is None else (row["low"], row["high"])
    drawn = course.course(
        monthly, figures(), figures().count, figure.look(), band=band, at=Decimal(100)
    )
    key, alt = f"fit_{found.level}_course", say("fit.course_alt")
    figure.show(drawn, key, alt, clicked=crumbs.keep_months(1))
    over_time_table.of_course(view, monthly, "count", key, (alt, say("fit.index")))
