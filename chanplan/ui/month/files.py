"""Which file comes when: a picture, and its rows to take away; what is unlike before in them."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from chanplan.analysis.month_end.expected import Expected
from chanplan.charts import arrivals
from chanplan.charts.arrivals import Arrival
from chanplan.domain import calendar
from chanplan.ui import figure, session, tables
from chanplan.ui.imports import drift
from chanplan.ui.month.asked import Chosen
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column


def show(chosen: Chosen) -> None:
    """The picture of arrivals; nothing where no file is expected."""
    files = [one for one in chosen.status.files if one.state != "stopped"]
    if not files:
        return
    end = calendar.last_day(chosen.month, session.settings().cut_off_day or calendar.MONTH_END)
    st.header(_title(chosen, files, end), anchor=False)
    st.caption(say("month.arrivals"))
    today = (chosen.today - end).days
    drawn = arrivals.arrivals(
        [_arrival(one, end) for one in files], today, say("month.day_after"),
        say("month.usual"), say("month.today"), figure.look(),
    )  # fmt: skip
    figure.show(drawn, "month_arrivals", say("month.arrivals"))
    with st.expander(say("month.files_listed", count=len(chosen.status.files))):
        _table(chosen)


def unlike(chosen: Chosen) -> None:
    """What is unlike before in the month's files, to be confirmed."""
    if not chosen.status.drift:
        return
    with st.expander(say("month.drift_listed", count=len(chosen.status.drift)), expanded=False):
        told: dict[str, list[str]] = {}
        for _, file, table, one in chosen.status.drift:
            told.setdefault(file, []).append(drift.sentence(one, table))
        for file, sentences in told.items():
            lines = "\n".join(f"- {sentence}" for sentence in sentences)
            st.markdown(f"**{plain(file)}**\n\n{lines}")


def _title(chosen: Chosen, files: list[Expected], end: date) -> str:
    late = [one for one in files if one.state == "late"]
    if late:
        days = max((chosen.today - one.due).days for one in late)
        return say("month.title_late", count=len(late), source=plain(late[0].source), days=days,
                   came=len([one for one in files if one.state == "came"]))  # fmt: skip
    short = [one for one in files if one.state == "partial"]
    if short:
        day = figures().date(short[0].covered_to) if short[0].covered_to else ""
        return say("month.title_partial", source=plain(short[0].source), day=day)
    awaited = [one for one in files if one.state == "awaited"]
    if awaited:
        return say("month.title_awaited", count=len(awaited),
                   day=figures().date(min(one.due for one in awaited)))  # fmt: skip
    return say("month.title_came", count=len(files), month=figures().month(chosen.month))


def _arrival(one: Expected, end: date) -> Arrival:
    arrived = (one.arrived - end).days if one.arrived else None
    lines = [
        f"<b>{escape(one.source)} · {say(f'basis.{one.basis}')}</b>",
        say(f"month.state_{one.state}"),
        say(f"month.usual_{one.known}", day=one.usual, due=figures().date(one.due)),
    ]
    if one.arrived:
        lines.append(say("month.arrived", day=figures().date(one.arrived)))
    if one.covered_to:
        lines.append(say("month.covered", day=figures().date(one.covered_to)))
    return Arrival(_name(one), one.state, one.usual, one.earliest, one.latest, arrived,
                   "<br>".join(lines))  # fmt: skip


def _name(one: Expected) -> str:
    return f"{one.source} · {say(f'basis.{one.basis}')}" if len(session.bases()) > 1 else one.source


def _table(chosen: Chosen) -> None:
    rows = [
        (one.source, say(f"basis.{one.basis}"), say(f"month.state_{one.state}"), one.due,
         one.arrived, one.covered_to, one.lines)
        for one in chosen.status.files
    ]  # fmt: skip
    names = ("source", "basis", "state", "due", "arrived", "covered_to", "lines")
    columns = [
        Column("source", say("month.source")),
        Column("basis", say("basis.label")),
        Column("state", say("month.state")),
        Column("due", say("month.due"), "date"),
        Column("arrived", say("month.arrived_on"), "date"),
        Column("covered_to", say("month.covered_to"), "date"),
        Column("lines", say("month.lines"), "count"),
    ]
    frame = pd.DataFrame(rows, columns=list(names), dtype=object)
    tables.show(frame, columns, "month_files", say("month.arrivals"), (), say("month.files_file"))
