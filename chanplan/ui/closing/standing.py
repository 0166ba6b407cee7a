"""In a page's head: which of its months are closed, and what has been posted out of them since."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ui import navigation, session
from chanplan.ui.session import figures, say, workspace

_PAGE = "month"


def show(scope: Scope) -> None:
    """One link to the month's page; nothing where no month of the period is closed."""
    closed = [one for one in workspace().closings.closed() if one in scope.period]
    if not closed:
        return
    change = Decimal(0)
    if not scope.where:  # of the whole, as the month's page tells it
        told = session.worked_out(_posted, scope.period, scope.basis, scope.tax)
        change = sum((money for month, money in told if month in closed), change)
    code = "badge_change" if change else "badge"
    named = _named(closed)
    label = say(f"closing.{code}", month=named, change=figures().signed_money(change))
    newest = closed[-1]
    st.page_link(
        navigation.path(_PAGE), label=label, icon=":material/lock:",
        query_params={navigation.MONTH_KEY: f"{newest // 100}-{newest % 100:02d}"},
    )  # fmt: skip


def _posted(period: Period, basis: str, tax: str) -> tuple[tuple[int, Decimal], ...]:
    return tuple(workspace().closings.posted(period, basis, tax).items())


def _named(closed: list[int]) -> str:
    """2025-06, a span where all of it is closed, else how many there are."""
    if len(closed) == 1:
        return figures().month(closed[0])
    if len(Period(closed[0], closed[-1])) == len(closed):
        return figures().span(closed[0], closed[-1])
    return say("closing.months", count=len(closed))
