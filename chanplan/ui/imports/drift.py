"""What a file has unlike its source's files before, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import streamlit as st

from chanplan.domain.drift import Drift
from chanplan.domain.tables import table
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say
from chanplan.workspace import Outcome

# Names in a sentence; the command line's --json lists more.
MOST_NAMED = 8


def told(outcome: Outcome) -> None:
    """One box with a line for each difference; nothing where there is none."""
    for one in (outcome, *outcome.companions):
        if one.drift:
            lines = "\n".join(f"- {sentence(each, one.table)}" for each in one.drift)
            title = f"{plain(one.file)} · {say('drift.title')}"
            st.warning(f"**{title}**\n\n{lines}", icon=":material/difference:")


def sentence(one: Drift, table_name: str) -> str:
    """One difference in the reader's words."""
    values = {name: _readable(name, value, table_name) for name, value in one.values.items()}
    return say(f"drift.{one.code}", **values)


def _readable(name: str, value: Any, table_name: str) -> Any:
    if name == "field":
        column = table(table_name).columns[str(value)]
        return column.zh if language() == "zh" else column.en
    if name == "month":
        return figures().month(int(value))
    if name == "months":
        return [figures().month(int(month)) for month in value[:MOST_NAMED]]
    if name == "amount":
        return figures().exact(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return [plain(str(each)) for each in value[:MOST_NAMED]] if isinstance(value, tuple) else value
