"""The month to send: a message to copy and a workbook to attach."""

from __future__ import annotations

import streamlit as st

from chanplan.language import Language
from chanplan.reports import month_report
from chanplan.reports.month_report import Month
from chanplan.ui import session
from chanplan.ui.month.asked import Chosen
from chanplan.ui.session import figures, language, say, workspace

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(chosen: Chosen) -> None:
    """The message as it would be sent, and the workbook; taking either ticks the step."""
    if not any(one.state == "came" or one.state == "partial" for one in chosen.status.files):
        return
    month = Month(chosen.view.scope, chosen.view.compare,
                  "final" if chosen.status.closed else "open")  # fmt: skip
    st.header(say("month.send_title", month=figures().month(chosen.month)), anchor=False)
    if not chosen.status.closed:
        st.caption(say("month.send_early"))
    st.code(session.worked_out(_message, month, language()), language=None, wrap_lines=True)
    st.download_button(
        say("month.send_book"),
        lambda: month_report.workbook(workspace(), _with_unusual(month), language()),
        f"{say('month.send_file', month=figures().month(chosen.month))}.xlsx",
        _XLSX,
        key="month_report",
        icon=":material/download:",
        on_click=_sent,
        args=(chosen.month,),
    )


def _message(month: Month, spoken: Language) -> str:
    return month_report.message(workspace(), _with_unusual(month), spoken)


def _with_unusual(month: Month) -> Month:
    report = session.unusual_in(month.scope)
    return Month(month.scope, month.compare, month.state, report)


def _sent(month: int) -> None:
    workspace().closings.tick(month, "send", True, say("month.sent_note"))
