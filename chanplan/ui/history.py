"""Who has done what and when, newest first; every line of it to take away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.ui import tables
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column

# Names told in one line; more of them are counted.
MOST_NAMED = 3
# Pixels, so that who and when stay beside what on a wide screen.
WHAT_WIDTH = 640


def show() -> None:
    """The journal as a table, read where somebody looks for it."""
    with st.expander(say("history.title"), key="history", on_change="rerun") as box:
        if box.open:
            _table()


def _table() -> None:
    rows = [
        (moment(deed.at), deed.by, say(f"history.kind_{deed.code}"), _what(deed.code, deed.values))
        for deed in workspace().history()
    ]
    frame = pd.DataFrame(rows, columns=["at", "by", "kind", "what"])
    columns = [
        Column("at", say("history.at")),
        Column("by", say("history.by")),
        Column("kind", say("history.kind")),
        Column("what", say("history.what"), width=WHAT_WIDTH),
    ]
    alt, file_name = say("history.alt"), say("history.file")
    tables.show(frame, columns, "history_rows", alt, (), file_name)


def moment(told: object) -> str:
    """2024-03-15T08:00:00+00:00 → the same moment on this computer's clock, to the minute."""
    try:
        return datetime.fromisoformat(str(told)).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return str(told)


def _what(code: str, values: Mapping[str, Any]) -> str:
    return say(f"history.{code}", **{name: _said(name, told) for name, told in values.items()})


def _said(name: str, told: Any) -> str:
    if name == "population":
        return say(f"populations.{told}")
    if name == "key":
        return say(f"history.key_{told}")
    if name == "value" and not told:
        return say("history.as_set")
    if name == "month":
        return figures().month(int(told))
    if name == "step":
        return say(f"month.step_{told}")
    if name == "months":
        return _listed([figures().month(month) for month in told])
    return _listed([str(one) for one in told]) if isinstance(told, tuple) else str(told)


def _listed(names: list[str]) -> str:
    shown = ("、" if language() == "zh" else ", ").join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return say("crumbs.more", names=shown, count=more) if more > 0 else shown
