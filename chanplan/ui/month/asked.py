"""Which month a reader is closing, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import streamlit as st

from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Basis, Comparison, Scope, TaxView
from chanplan.metrics.query import MetricQuery
from chanplan.ui import address, navigation, session, sidebar
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.view import View, base_of
from chanplan.workspace import Coverage
from chanplan.workspace.month_status import Status, status


@dataclass(frozen=True)
class Chosen:
    """The month, what its figures are, and its state."""

    month: int
    view: View
    status: Status
    today: date


def page(coverage: Coverage) -> Chosen:
    """Ask for the month (by default the one to be closed next) and look how far it is."""
    today = datetime.now().astimezone().date()
    months = list(Period(coverage.first, _newest(coverage, today)))[::-1]
    names = {_code(one): figures().month(one) for one in months}
    default = _code(_next(months, workspace().closings.closed(), coverage))
    left, middle, _ = st.columns([2, 2, 3], vertical_alignment="bottom")
    with left:
        code = address.choice(
            navigation.MONTH_KEY, list(names), default, say("month.month"), names.__getitem__
        )
    month = int(code.replace("-", ""))
    with middle:
        basis = sidebar.asked_basis()
    scope = Scope(Period(month, month), basis, _tax(month, basis))
    view = View(scope, _compare(scope), base_told=figures().month(shift(month, -12)))
    unusual = len(session.unusual_in(scope).findings) if month <= coverage.last else 0
    return Chosen(month, view, session.worked_out(_status, month, today, unusual), today)


def _status(month: int, today: date, findings: int) -> Status:
    return status(workspace(), month, today, findings)


def _newest(coverage: Coverage, today: date) -> int:
    """A month that has ended and of which nothing has come is waited for, if it is the next."""
    before = shift(today.year * 100 + today.month, -1)
    return shift(coverage.last, 1) if before == shift(coverage.last, 1) else coverage.last


def _next(months: list[int], closed: list[int], coverage: Coverage) -> int:
    """The first open month after the last closed one; where none is closed, the newest."""
    if closed:
        return next((one for one in reversed(months) if one > max(closed)), months[0])
    return months[0]


def _code(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}"


def _tax(month: int, basis: Basis) -> TaxView:
    """What the company shows first, where the month has it."""
    first = cast(TaxView, workspace().company.said.tax or "with_tax")
    other: TaxView = "without_tax" if first == "with_tax" else "with_tax"
    for tax in (first, other):
        told = session.ask(MetricQuery(("net_sales",), Scope(Period(month, month), basis, tax)))
        if not told.empty and told["net_sales"].iloc[0] is not None:
            return tax
    return first


def _compare(scope: Scope) -> Comparison:
    base = base_of(scope.period, "last_year")
    if base is None:
        return "none"
    told = session.ask(MetricQuery(("net_sales",), scope.at(base)))
    known = not told.empty and told["net_sales"].iloc[0] is not None
    return "last_year" if known else "none"
