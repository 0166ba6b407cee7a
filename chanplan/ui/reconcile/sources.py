"""Which source counts: channels by month as a grid, conflicts with their money, and the word."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import cells
from chanplan.analysis.reconcile.ruling import STATES, Conflict, ruled_channels
from chanplan.charts import grid
from chanplan.domain.scope import Scope
from chanplan.ui import address, figure, tables
from chanplan.ui.reconcile import asked, ruling
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column

# What a source is in a cell: counting alone, before others, beside others, unsaid, or aside.
SIGNS: Mapping[str, str] = {"one": "●", "ruled": "◆", "both": "◇", "open": "✕", "aside": "○"}
# Rows of the grid in sight: channels that several sources tell come first.
MOST_ROWS = 24
CHANNEL = "ruled_channel"


def show(scope: Scope) -> None:
    """The tab."""
    told = asked.ruled(scope)
    if told.empty:
        st.info(say("reconcile.no_lines"))
        return
    open_ones = asked.conflicts(scope)
    st.header(say("reconcile.grid"), anchor=False)
    _grid(told)
    signs = [f"{sign} {say(f'reconcile.state_{state}')}" for state, sign in SIGNS.items()]
    st.caption(" · ".join(signs))
    if open_ones:
        _conflicts(scope, open_ones)
    several = _several(told)
    if several:
        names = {name: figure_name(name) for name in several}
        channel = address.choice(
            CHANNEL, several, several[0], say("reconcile.channel"), names.__getitem__
        )
        ruling.show(scope, channel, told)
    else:
        st.caption(say("reconcile.nothing_to_rule"))
    _table(scope, told)


def figure_name(channel: str) -> str:
    """A channel by its name."""
    return figure.name_of("channel", channel or None)


def _several(told: pd.DataFrame) -> list[str]:
    """Channels that several sources tell, those with most at stake first."""
    return [name or "" for name in ruled_channels(told)]


def _grid(told: pd.DataFrame) -> None:
    """A row per channel and source, a sign per month."""
    first = {channel: at for at, channel in enumerate(_several(told))}
    closed = set(workspace().closings.closed())
    made = []
    for row in cells.records(told):
        for source in (*row["counting"], *row["aside"]):
            channel = row["channel"] or ""
            state = "aside" if source in row["aside"] else row["state"]
            made.append((channel, source, int(row["month"]), state, row["amounts"][source]))
    places = {(channel, source) for channel, source, *_ in made}
    order = sorted(places, key=lambda one: (first.get(one[0], len(first)), *one))[:MOST_ROWS]
    names = {one: f"{figure_name(one[0])} · {one[1]}" for one in order}
    kept = [one for one in made if (one[0], one[1]) in names]
    frame = pd.DataFrame(
        [(names[c, s], month, state, month in closed, c) for c, s, month, state, _ in kept],
        columns=["row", "month", "state", "closed", "code"],
    )
    hovers = [_hover(*one) for one in kept]
    drawn = grid.states(
        [names[one] for one in order], frame, hovers, figures(), figure.look(),
        SIGNS, bad=("open",), faint=("aside",),
    )  # fmt: skip
    figure.show(drawn, "reconcile_grid", say("reconcile.grid_alt"), clicked=_keep)
    if len(places) > MOST_ROWS:
        st.caption(say("reconcile.more_rows", count=len(places) - MOST_ROWS))


def _hover(channel: str, source: str, month: int, state: str, money: Any) -> str:
    lines = [
        f"<b>{escape(figure_name(channel))} · {escape(source)} · {figures().month(month)}</b>",
        say(f"reconcile.state_{state}"),
        figures().exact(money),
    ]
    return "<br>".join(lines)


def _keep(channel: str | None) -> None:
    st.session_state[CHANNEL] = channel or ""


def _conflicts(scope: Scope, open_ones: list[Conflict]) -> None:
    """Every conflict, most money at stake first."""
    st.header(say("reconcile.conflicts", count=len(open_ones)), anchor=False)
    st.caption(say("reconcile.conflicts_says"))
    frame = pd.DataFrame(
        [
            (
                figure_name(one.channel or ""),
                figures().span(one.first, one.last),
                " / ".join(one.amounts),
                " / ".join(figures().exact(money) for money in one.amounts.values()),
                one.stake,
            )
            for one in open_ones
        ],
        columns=["channel", "span", "sources", "amounts", "stake"],
        dtype=object,
    )
    columns = [
        Column("channel", figure.dimension_name("channel")),
        Column("span", say("reconcile.months")),
        Column("sources", say("reconcile.sources")),
        Column("amounts", say("reconcile.amounts")),
        Column("stake", say("reconcile.stake"), "price", help=say("reconcile.stake_help")),
    ]
    alt = say("reconcile.conflicts_alt")
    tables.show(frame, columns, "reconcile_conflicts", alt, about(scope), alt)


def _table(scope: Scope, told: pd.DataFrame) -> None:
    """Channel by month: what counts, what does not, and both their amounts."""
    rows = [
        (
            figure_name(row["channel"] or ""),
            figures().month(int(row["month"])),
            say(f"reconcile.state_{row['state']}"),
            " / ".join(row["counting"]),
            row["counted"],
            " / ".join(row["aside"]),
            row["told"],
        )
        for row in sorted(
            cells.records(told), key=lambda row: (-STATES.index(row["state"]), -row["month"])
        )
    ]
    names = ["channel", "month", "state", "counting", "counted", "aside", "told"]
    columns = [
        Column("channel", figure.dimension_name("channel")),
        Column("month", figure.dimension_name("month")),
        Column("state", say("reconcile.state")),
        Column("counting", say("reconcile.counting")),
        Column("counted", say("reconcile.counted"), "price"),
        Column("aside", say("reconcile.aside")),
        Column("told", say("reconcile.told_aside"), "price"),
    ]
    with st.expander(say("reconcile.all_cells")):
        frame = pd.DataFrame(rows, columns=names, dtype=object)
        alt = say("reconcile.grid_alt")
        tables.show(frame, columns, "reconcile_cells", alt, about(scope), say("reconcile.grid"))


def about(scope: Scope) -> list[tuple[str, str]]:
    """The head line, for downloads."""
    span = figures().span(scope.period.first, scope.period.last)
    told = [say(f"basis.{scope.basis}"), say(f"tax.{scope.tax}"), span]
    return [(say("download.about"), " · ".join(told))]
