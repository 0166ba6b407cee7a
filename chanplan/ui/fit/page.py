"""The sections of the page of fit: headline, heat map, best and worst, white space, all cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import fit, fit_judging, fit_story
from chanplan.analysis import white_space as spaces
from chanplan.ui import figure, findings, tables
from chanplan.ui.fit import heat_map
from chanplan.ui.fit.finding import LEVELS, Found
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

# Fits told on each side: what one remembers.
MOST_FITS = 5
# White spaces in sight; the download has all.
MOST_SPACES = 10
# Pixels; the figures beside a name matter more than its end.
WIDEST_NAME = 190


def headline(view: View, found: Found) -> None:
    """The first lines of the page."""
    told = fit_story.fit_story(found.table, found.spaces, found.level)
    findings.show(told, view.compare)
    if {name for name, _ in view.scope.where} & {fit.CHANNEL, *LEVELS}:
        st.caption(say("fit.compared_with_all"))


def heat(found: Found, opened: tuple[str, str]) -> None:
    """The index of every cell, the largest channels and items."""
    name = figure.dimension_name(found.level)
    st.header(say("fit.heat", level=name), anchor=False)
    if found.table.empty:
        st.caption(say("members.none"))
        return
    heat_map.show(found.level, found.table, opened)
    floor = figures().money(fit.FLOOR * found.whole)
    part = figures().percent(fit.FLOOR, 2)
    needed, sure = fit_judging.MONTHS_NEEDED, fit_judging.SURE_FROM
    st.caption(say("fit.heat_says", floor=floor, part=part, months=needed, sure=sure))


def extremes(view: View, found: Found) -> None:
    """The best and the worst fits, two short lists with money; every one of them to take away."""
    sides = (("best", fit.best), ("worst", fit.worst))
    for place, (side, chosen) in zip(st.columns(2, gap="medium"), sides, strict=True):
        with place:
            st.header(say(f"fit.{side}"), anchor=False)
            rows = chosen(found.table, MOST_FITS)
            if rows.empty:
                st.caption(say(f"fit.no_{side}"))
                continue
            columns = [column for column in _columns(found.level) if column.name in _SHORT]
            key, alt = f"fit_{found.level}_{side}", say(f"fit.{side}_alt")
            tables.show(named(rows, found.level), columns, key, alt)
            every = _judged(chosen(found.table, len(found.table)), found.level)
            file_name = _file_name(view, f"fit.{side}")
            tables.downloads(every, _columns(found.level), file_name, key, _about(view))


def white_space(view: View, found: Found) -> None:
    """空白机会: what channels like it sell, times this channel's sales."""
    st.header(say("fit.space"), anchor=False)
    if found.spaces.empty:
        st.caption(say("fit.no_space"))
        return
    st.caption(
        say(
            "fit.space_says",
            most=spaces.PEERS,
            like=figures().percent(spaces.LIKE_FROM, 0),
            below=figures().percent(spaces.FAR_BELOW, 0),
        )
    )
    rows = named(found.spaces, found.level)
    rows = rows.assign(
        like=[told_peers(peers) for peers in rows["peers"]],
        reach=[" – ".join(figures().moneys(ends)) for ends in _ends(rows)],
    )
    columns = [
        Column("channel_name", figure.dimension_name(fit.CHANNEL)),
        Column("item_name", figure.dimension_name(found.level), width=_width(found.level)),
        Column("size", say("fit.size"), "money"),
        Column("reach", say("fit.reach")),
        Column("like", say("fit.peers")),
        Column("peer_share", say("fit.peer_share"), "rate"),
        Column("share", say("fit.share"), "rate"),
        Column("value", figure.measure_name("net_sales"), "money"),
    ]
    key, alt = f"fit_{found.level}_space", say("fit.space_alt")
    tables.show(rows.head(MOST_SPACES), columns, key, alt, whole=True)
    tables.downloads(rows, columns, _file_name(view, "fit.space"), key, _about(view))


def everything(view: View, found: Found) -> None:
    """Every cell above the floor as a table; all of them to take away."""
    st.header(say("fit.all"), anchor=False)
    rows = _judged(found.table, found.level)
    shown, columns = rows[rows["verdict"] != "small"], _columns(found.level)
    key = f"fit_{found.level}_all"
    tables.show(shown, columns, key, say("fit.all_alt"))
    tables.downloads(rows, columns, _file_name(view, "fit.title"), key, _about(view))


def named(rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """The rows with channel and item by name."""
    return rows.assign(
        channel_name=figure.names_of(fit.CHANNEL, rows["channel"]),
        item_name=figure.names_of(level, rows["item"]),
    )


def _judged(rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """The rows by name with their verdict in words."""
    said = [say(f"fit.is_{verdict}") for verdict in rows["verdict"]]
    return named(rows, level).assign(judged=said)


def told_peers(peers: Sequence[spaces.Peer]) -> str:
    """经销商 5.3%、商超KA 3.7%: the channels alike and their share of the item."""
    names = figure.names_of(fit.CHANNEL, [peer.channel for peer in peers])
    each = [f"{n} {figures().percent(p.share)}" for n, p in zip(names, peers, strict=True)]
    return say("crumbs.join").join(each)


# What the two short lists show; the table of all cells has the rest.
_SHORT = ("channel_name", "item_name", "gap", "index")


def _columns(level: str) -> list[Column]:
    return [
        Column("channel_name", figure.dimension_name(fit.CHANNEL)),
        Column("item_name", figure.dimension_name(level), width=_width(level)),
        Column("gap", say("fit.gap"), "money", signed=True, help=say("fit.gap_help")),
        Column("index", say("fit.index"), "count", help=say("fit.index_help")),
        Column("judged", say("fit.judged")),
        Column("share", say("fit.share"), "rate"),
        Column("overall", say("fit.overall"), "rate"),
        Column("value", figure.measure_name("net_sales"), "money"),
        Column("expected", say("fit.expected"), "money"),
        Column("months", say("fit.months"), "count", hidden=True),
    ]


def _width(level: str) -> int | None:
    """A product's name would push the figures off the page."""
    return WIDEST_NAME if level == "product" else None


def _ends(rows: pd.DataFrame) -> list[tuple[Any, Any]]:
    return list(zip(rows["low"], rows["high"], strict=True))


def _file_name(view: View, title: str) -> str:
    span = figures().span(view.period.first, view.period.last)
    return say("download.name", what=say(title), period=span)


def _about(view: View) -> list[tuple[str, str]]:
    return [(say("download.about"), " · ".join(view.told))]
