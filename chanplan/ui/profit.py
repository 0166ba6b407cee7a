"""The sections of the profit page: what is left, what each channel leaves, one opened up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic, profit, profit_story
from chanplan.analysis.profit import DIMENSION, Statement
from chanplan.charts.statement import Line, statement
from chanplan.language import has
from chanplan.questions import Question
from chanplan.reports.native_chart import Chart
from chanplan.reports.tables import Kind
from chanplan.ui import (
    address,
    figure,
    findings,
    members,
    navigation,
    profit_step,
    session,
    shell,
    tables,
)
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

OPENED = "profit_opened"
# Six rates need more room than the bars.
BESIDE = [3, 5]
# Bars of a workbook's chart that are still read.
MOST_DRAWN = 20
_SHOWN: Final[tuple[tuple[str, Kind], ...]] = (
    ("contribution", "money"),
    ("contribution_rate", "rate"),
    ("cost_rate", "rate"),
    ("coverage", "rate"),
    ("roas", "price"),
    ("return_on_investment", "rate"),
)
_HIDDEN: Final[tuple[tuple[str, Kind], ...]] = (
    ("net_sales", "money"),
    ("covered_sales", "money"),
    ("goods", "money"),
    ("margin", "money"),
    ("costs", "money"),
    ("per_unit", "price"),
    ("ad_spend", "money"),
    ("attributed", "money"),
    ("investment", "money"),
    ("break_even", "money"),
    ("left_out", "money"),
)


def stated(view: View) -> Statement:
    """The statement of the view's period; stops the page where none can be made, with the
    reason and what to do."""
    if blind := profit.blind_filters(view.scope):
        names = [figure.dimension_name(name) for name in blind]
        shell.stop(say("profit.blind", filters=names))
    months = view.scope.at(view.period)
    costs = session.ask(Question("channel_costs", months))
    if costs.empty:
        st.info(say("profit.no_costs"))
        navigation.link(navigation.IMPORTS)
        st.stop()
    return profit.statement(session.ask(profit.query(months)), costs)


def headline(view: View, known: Statement) -> None:
    """What is left, who earns it, whose costs stand out."""
    findings.show(profit_story.story(known), view.compare)


def company(view: View, known: Statement) -> None:
    """From net sales to the company's contribution, and who makes one of the steps."""
    st.header(say("profit.of_company"), anchor=False)
    left, right = st.columns(members.BESIDE, gap="medium")
    with left:
        _steps(view, known, None, "profit_company")
    with right:
        profit_step.opened(view, known)


def channels(view: View, known: Statement) -> None:
    """What each channel leaves, and the rates that tell why."""
    st.header(say("profit.by_channel"), anchor=False)
    left, right = st.columns(BESIDE, gap="medium")
    frame = known.channels[known.channels["contribution"].notna()]
    with left:
        _bars(frame)
    with right:
        _table(view, known)


def opened(view: View, known: Statement) -> None:
    """One channel from its net sales to what it leaves."""
    names = [str(name) for name in known.channels["member"] if name is not None]
    show = {"": say("ranking.nothing")}
    show |= dict(zip(names, figure.names_of(DIMENSION, names), strict=True))
    label = say("ranking.open", dimension=figure.dimension_name(DIMENSION))
    with st.container(width=members.PICKER_WIDTH):
        member = address.choice(OPENED, list(show), "", label, show.__getitem__)
    if member:
        st.header(say("profit.behind", name=plain(show[member])), anchor=False)
        _steps(view, known, member, "profit_channel")


def _steps(view: View, known: Statement, member: str | None, key: str) -> None:
    """The rows from net sales to what is left; to be taken away."""
    steps = profit_story.steps(known, member)
    sales = steps["amount"].iloc[0]
    lines = [
        Line(
            name := profit_step.name_of(row["code"], row["name"]),
            row["amount"],
            bool(row["is_total"]),
            figures().percent(arithmetic.share(abs(row["amount"]), sales)),
            _told(name, row["amount"], say(f"profit.step_{row['code']}_help")),
            profit_step.code_of(row["code"], row["name"]),
        )
        for row in steps.to_dict("records")
    ]
    drawn = statement(lines, figures(), look=figure.look())
    figure.show(drawn, key, say("profit.steps_alt"), clicked=profit_step.open_it)
    profit_step.taken_away(view, steps, member, key)


def _told(name: str, amount: Decimal, about: str) -> str:
    return f"<b>{escape(name)}</b><br>{figures().exact(amount)}<br>{about}"


def _bars(frame: pd.DataFrame) -> None:
    """What every channel leaves, and what part of its sales that is."""
    names = figure.names_of(DIMENSION, frame["member"])
    lines = [
        Line(
            name,
            row["contribution"],
            True,
            figures().percent(row["contribution_rate"]),
            _told(name, row["contribution"], _rates(row)),
            row["member"],
        )
        for name, row in zip(names, frame.to_dict("records"), strict=True)
    ]
    drawn = statement(lines, figures(), look=figure.look())
    figure.show(drawn, "profit_bars", say("profit.alt"), clicked=_open)


def _rates(row: Mapping[Any, Any]) -> str:
    write = figures()
    return say(
        "profit.rates",
        rate=write.percent(row["contribution_rate"]),
        cost_rate=write.percent(row["cost_rate"]),
        coverage=write.percent(row["coverage"]),
    )


def _table(view: View, known: Statement) -> None:
    """Every channel with its figures; the rarer ones behind the table's own menu."""
    frame = known.channels
    frame = frame.assign(name=figure.names_of(DIMENSION, frame["member"]))
    columns = [
        Column("name", figure.dimension_name(DIMENSION)),
        *(Column(name, say(f"profit.{name}"), kind, help=_help(name)) for name, kind in _SHOWN),
        *(
            Column(name, say(f"profit.{name}"), kind, help=_help(name), hidden=True)
            for name, kind in _HIDDEN
        ),
    ]
    span = figures().span(view.period.first, view.period.last)
    saved = say("download.name", what=say("profit.title"), period=span)
    about = [(say("download.about"), " · ".join(view.told))]
    known_rows = min(int(frame["contribution"].notna().sum()), MOST_DRAWN)
    drawn = Chart("bar", ("name",), ("contribution",), known_rows, title=saved)
    alt = say("profit.table_alt")
    tables.show(frame, columns, "profit_table", alt, about, saved, chart=drawn)


def _help(name: str) -> str | None:
    key = f"profit.{name}_help"
    return say(key) if has(key) else None


def _open(member: str | None) -> None:
    if member:
        st.session_state[OPENED] = member
