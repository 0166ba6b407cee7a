"""The company's events: its own grid, and beside it the windows that the program knows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.domain import events
from chanplan.ui import comparing, session, tables
from chanplan.ui.company import sheet
from chanplan.ui.company.cells import days, texts
from chanplan.ui.company.sheet import Cell, Sheet
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace import happening

_TABLE = "company_events"
# As the import reads a flag.
YES = "是"


def show() -> None:
    """The grid of the company's own, then all that hold in the years with data."""
    st.header(say("company.events"), anchor=False)
    st.markdown(say("company.events_how"))
    sheet.show(_sheet())
    _holding()


def _sheet() -> Sheet:
    cells = [
        Cell("event", say("company.event"), help=say("company.event_help"), width=150),
        Cell("first", say("company.event_first"), "date", width=130),
        Cell("last", say("company.event_last"), "date", width=130),
        Cell("presale", say("company.event_presale"), "date", width=130),
        Cell("channel", say("company.channel"), help=say("company.event_channel_help"), width=120),
        Cell("cancelled", say("company.event_off"), "choice", say("company.event_off_help"),
             {YES: say("company.event_off")}, 110),
    ]  # fmt: skip
    needs = [("event",), ("first",), ("last",)]
    return Sheet(_TABLE, cells, _rows, needs, ("event", "channel"), dated=False)


def _rows() -> pd.DataFrame:
    found = happening.told(workspace().store)
    return found.assign(
        event=texts(found["event"]),
        channel=texts(found["channel"]),
        cancelled=texts(found["cancelled"].map({True: YES})),
        **{name: days(found[name]) for name in ("first", "last", "presale")},
    )


def _holding() -> None:
    """What is compared with its holding a year before, and whose word it is."""
    covered = session.coverage()
    if covered is None:
        return
    own = session.events()
    years = range(covered.first // 100, covered.last // 100 + 1)
    said = {(event.code, event.year) for event in own}
    held = events.comparable(years, own)
    if not held:
        return
    write = figures()
    frame = pd.DataFrame(
        {
            "event": [comparing.event_name(one) for one in held],
            "year": [write.year(one.year) for one in held],
            "presale": [write.date(one.presale) if one.presale else "" for one in held],
            "first": [write.date(one.first) for one in held],
            "last": [write.date(one.last) for one in held],
            "days": [(one.last - one.start).days + 1 for one in held],
            "by": [say("company.event_own" if (one.code, one.year) in said
                       else "company.event_known") for one in held],
        }
    )  # fmt: skip
    st.subheader(say("company.events_held", count=len(held)), anchor=False)
    columns = [
        Column("event", say("company.event")),
        Column("year", say("company.event_year")),
        Column("presale", say("company.event_presale")),
        Column("first", say("company.event_first")),
        Column("last", say("company.event_last")),
        Column("days", say("company.event_days"), "count"),
        Column("by", say("company.by")),
    ]
    tables.show(frame.iloc[::-1], columns, "company_events_held", say("company.events_alt"), (),
                say("company.events_file"))  # fmt: skip
