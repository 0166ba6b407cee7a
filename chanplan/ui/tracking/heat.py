"""Members by months: what part of its month's target each has reached."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

import streamlit as st

from chanplan.analysis import arithmetic
from chanplan.analysis.tracking_course import Month
from chanplan.analysis.tracking_targets import Key
from chanplan.charts import heat
from chanplan.language.numbers import UNKNOWN
from chanplan.ui import figure
from chanplan.ui.session import figures, say
from chanplan.ui.tracking.choice import OPENED, Choice

# An attainment of 70 or 130 % has the full colour.
FULL: Final = 0.3
# Months with their whole names.
MOST_NAMED: Final = 6


def show(choice: Choice, months: Mapping[Key, list[Month]]) -> None:
    """Only months with a target of their own have a figure; a month that is not over has its
    own share of the month's target to reach."""
    known = {key: told for key, told in months.items() if any(m.target for m in told)}
    if not choice.by or not known:
        return
    st.header(say("targets.heat"), anchor=False)
    st.caption(say("targets.heat_says"))
    members = [key[0] for key in known]
    names = figure.names_of(choice.by[0], members)
    shown = sorted({month.month for told in known.values() for month in told})
    cells = [
        _cell(choice, row, shown.index(month.month), name, month, str(members[row] or ""))
        for row, (name, told) in enumerate(zip(names, known.values(), strict=True))
        for month in told
    ]
    drawn = heat.heat(names, headings(shown), cells, figure.look())
    figure.show(drawn, "target_heat", say("targets.heat_alt"), clicked=_open)


def headings(months: list[int]) -> list[str]:
    """1月, 2, 3 … 12: with 月 behind each, twelve of them stand in two lines on a phone."""
    names = [figures().short_month(month) for month in months]
    if len(months) <= MOST_NAMED:
        return names
    return [names[0], *(name.removesuffix("月") for name in names[1:])]


def _cell(choice: Choice, row: int, column: int, name: str, month: Month, code: str) -> heat.Cell:
    target, write = month.target, figures()
    due = None if target is None else target * month.gone
    reached = arithmetic.share(month.actual, due) if month.gone > 0 else None
    strength = None if reached is None else max(-1.0, min(1.0, float(reached - 1) / FULL))
    lines = [
        f"<b>{escape(name)} · {write.month(month.month)}</b>",
        f"{say('targets.target')} {choice.written(target)}",
        f"{say('targets.actual')} {choice.written(month.actual)}",
    ]
    text = UNKNOWN if reached is None else write.percent(reached, 0).rstrip("%")
    return heat.Cell(row, column, text, strength, "<br>".join(lines), code)


def _open(code: str | None) -> None:
    if code:
        st.session_state[OPENED] = code
