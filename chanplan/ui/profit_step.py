"""One step of the profit statement opened: the channels that make it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic, profit_story
from chanplan.analysis.profit import DIMENSION, Statement
from chanplan.reports.native_chart import Chart
from chanplan.ui import address, figure, members, tables
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

STEP = "profit_step"
# Bars of a workbook's chart that are still read.
MOST_DRAWN = 20
# Between a step's code and the company's own name of a cost, which may hold any sign but this.
_THEN = "\t"


def code_of(code: str, name: str | None) -> str:
    """A step as the address writes it."""
    return f"{code}{_THEN}{name}" if name else code


def name_of(code: str, name: str | None) -> str:
    """What a step is called: a cost by the company's own name for it."""
    return name if name else say(f"profit.step_{code}")


def open_it(code: str | None) -> None:
    """In a callback: a click on a step opens it."""
    st.session_state[STEP] = code or ""


def taken_away(view: View, steps: pd.DataFrame, member: str | None, key: str) -> None:
    """The downloads of a whole statement: its rows, drawn as a waterfall in the workbook."""
    amounts = list(steps["amount"])
    named = steps.assign(
        name=[name_of(code, name) for code, name in zip(steps["code"], steps["name"], strict=True)],
        rate=arithmetic.column(arithmetic.share(abs(amount), amounts[0]) for amount in amounts),
    )
    columns = [
        Column("name", say("profit.step")),
        Column("amount", say("profit.amount"), "money"),
        Column("rate", say("profit.of_sales"), "rate"),
    ]
    totals = tuple(at for at, is_total in enumerate(steps["is_total"]) if is_total)
    what = say("profit.title") if member is None else figure.name_of(DIMENSION, member)
    saved = _file(view, f"{what}-{say('profit.statement')}")
    drawn = Chart("waterfall", ("name",), ("amount",), len(steps), title=saved, totals=totals)
    tables.downloads(named, columns, saved, key, _about(view), drawn)


def opened(view: View, known: Statement) -> None:
    """The list that opens a step without a mouse, and the channels that make it; all channels'
    contribution where none is open."""
    steps = profit_story.steps(known).to_dict("records")
    show = {"": say("ranking.nothing")}
    show |= {code_of(row["code"], row["name"]): name_of(row["code"], row["name"]) for row in steps}
    with st.container(width=members.PICKER_WIDTH):
        code = address.choice(STEP, list(show), "", say("profit.open_step"), show.__getitem__)
    kind, _, name = (code or "left").partition(_THEN)
    frame = profit_story.bearers(known, kind, name or None)
    if frame.empty:
        st.caption(say("members.none"))
        return
    of_company = kind == "unallocated"
    called = list(frame["member"]) if of_company else figure.names_of(DIMENSION, frame["member"])
    nameless = say("profit.step_cost")
    frame = frame.assign(name=[each or nameless for each in called])
    heading = name_of(kind, name)
    columns = [
        Column("name", say("profit.cost_name") if of_company else figure.dimension_name(DIMENSION)),
        Column("amount", heading, "money"),
        Column("rate", say("profit.of_sales"), "rate", hidden=of_company),
        Column("share", say("profit.of_step"), "rate"),
    ]
    saved = _file(view, heading)
    drawn = Chart("bar", ("name",), ("amount",), min(len(frame), MOST_DRAWN), title=saved)
    alt = say("profit.step_alt", step=heading)
    tables.show(frame, columns, "profit_step_table", alt, _about(view), saved, chart=drawn)


def _file(view: View, what: str) -> str:
    span = figures().span(view.period.first, view.period.last)
    return say("download.name", what=what, period=span)


def _about(view: View) -> list[tuple[str, str]]:
    return [(say("download.about"), " · ".join(view.told))]
