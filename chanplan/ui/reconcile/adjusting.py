"""An adjustment by hand: the form, what it would move, and every one that was made."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pandas as pd
import streamlit as st

from chanplan.domain.period import Period, shift
from chanplan.domain.scope import BASES, TAX_VIEWS, Basis, Scope, TaxView
from chanplan.ui import figure, session, tables
from chanplan.ui.plain import plain
from chanplan.ui.reconcile import asked, said, sources
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace.reconciling import adjusting
from chanplan.workspace.reconciling.adjusting import Adjustment

_PERCENT = Decimal(100)
# Months after the last with sales that may be adjusted.
_ON = 2
_FIELDS = (
    *("adjust_month", "adjust_channel", "adjust_partner", "adjust_product", "adjust_amount"),
    *("adjust_basis", "adjust_tax", "adjust_rate", "adjust_reason"),
)


def show(scope: Scope) -> None:
    """The tab."""
    st.header(say("reconcile.adjust_title"), anchor=False)
    st.caption(say("reconcile.adjust_says"))
    first = adjusting.first_open(workspace())
    if first is not None:
        _form(scope, first)
    _made(scope)


def _form(scope: Scope, first: int) -> None:
    closed, covered = set(workspace().closings.closed()), session.coverage()
    ends = (covered.first, covered.last) if covered else (first, first)
    span = Period(min(first, ends[0]), shift(max(first, ends[1]), _ON))
    months = [month for month in reversed(list(span)) if month not in closed]
    bases = [basis for basis in BASES if basis in session.bases()]
    with st.form("adjust", border=True, clear_on_submit=False):
        with st.grid(3, min_column_width=170, gap="small"):
            _month(months, first)
            _channel()
            st.number_input(
                say("reconcile.adjust_amount"), value=0.0, step=100.0, format="%.2f",
                key="adjust_amount", help=say("reconcile.adjust_amount_help"),
            )  # fmt: skip
            names = {basis: say(f"basis.{basis}") for basis in bases}
            st.selectbox(
                say("basis.label"), bases, index=bases.index(scope.basis), key="adjust_basis",
                format_func=names.__getitem__,
            )  # fmt: skip
            taxes = {tax: say(f"tax.{tax}") for tax in TAX_VIEWS}
            st.selectbox(
                say("tax.label"), TAX_VIEWS, index=TAX_VIEWS.index(scope.tax), key="adjust_tax",
                format_func=taxes.__getitem__,
            )  # fmt: skip
            st.number_input(
                say("reconcile.adjust_rate"), 0.0, 100.0, float(asked.rate() * _PERCENT), 1.0,
                key="adjust_rate", format="%.2f", help=say("reconcile.adjust_rate_help"),
            )  # fmt: skip
            st.text_input(say("reconcile.adjust_partner"), key="adjust_partner", max_chars=200)
            st.text_input(say("reconcile.adjust_product"), key="adjust_product", max_chars=200)
            st.text_input(
                say("reconcile.reason"), key="adjust_reason", max_chars=200,
                placeholder=say("reconcile.adjust_reason_hint"),
            )  # fmt: skip
        st.form_submit_button(
            say("reconcile.adjust_go"),
            type="primary",
            icon=":material/edit_note:",
            on_click=_adjust,
        )


def _month(months: list[int], first: int) -> None:
    names = {month: figures().month(month) for month in months}
    st.selectbox(
        say("reconcile.adjust_month"), months, index=months.index(first), key="adjust_month",
        format_func=names.__getitem__, help=say("reconcile.adjust_month_help"),
    )  # fmt: skip


def _channel() -> None:
    channels = session.members("channel")
    names = session.labels("channel")
    st.selectbox(
        figure.dimension_name("channel"), channels, key="adjust_channel",
        format_func=lambda name: names.get(name, name), accept_new_options=True,
    )  # fmt: skip


def _adjust() -> None:
    held = {name: st.session_state.get(name) for name in _FIELDS}
    made = Adjustment(
        month=int(str(held["adjust_month"])),
        channel=str(held["adjust_channel"] or ""),
        amount=Decimal(str(round(float(str(held["adjust_amount"] or 0)), 2))),
        basis=cast(Basis, held["adjust_basis"]),
        tax=cast(TaxView, held["adjust_tax"]),
        rate=Decimal(str(round(float(str(held["adjust_rate"] or 0)), 4))) / _PERCENT,
        partner=str(held["adjust_partner"] or ""),
        product=str(held["adjust_product"] or ""),
    )
    reason = str(held["adjust_reason"] or "")
    said.deed(lambda: adjusting.adjust(workspace(), made, reason), "reconcile.adjusted")


def _made(scope: Scope) -> None:
    """Every adjustment with its author and reason, and a way to take one back."""
    found = adjusting.listed(workspace())
    if found.empty:
        st.caption(say("reconcile.no_adjustments"))
        return
    st.header(say("reconcile.adjustments", count=len(found)), anchor=False)
    frame = found.assign(
        month=[figures().month(int(month)) for month in found["month"]],
        basis=[say(f"basis.{basis}") for basis in found["basis"]],
        channel=figure.names_of("channel", found["channel"]),
        partner=found["partner"].astype(object).where(found["partner"].notna(), None),
        product=found["product"].astype(object).where(found["product"].notna(), None),
        day=[str(at)[:16].replace("T", " ") for at in found["at"]],
        active=[say("reconcile.active" if on else "reconcile.inactive") for on in found["active"]],
    )
    columns = [
        Column("month", figure.dimension_name("month")),
        Column("channel", figure.dimension_name("channel")),
        Column("with_tax", say("tax.with_tax"), "price", signed=True),
        Column("without_tax", say("tax.without_tax"), "price", signed=True),
        Column("basis", say("basis.label")),
        Column("reason", say("reconcile.reason"), width=260),
        Column("by", say("history.by")),
        Column("day", say("data.imported")),
        Column("active", say("reconcile.head_state")),
        Column("partner", figure.dimension_name("partner"), hidden=True),
        Column("product", figure.dimension_name("product"), hidden=True),
    ]
    alt = say("reconcile.adjust_title")
    tables.show(frame, columns, "adjustments", alt, sources.about(scope), alt)
    _switching(found)


def _switching(found: pd.DataFrame) -> None:
    rows = {int(row["batch"]): row for row in found.to_dict("records")}
    names = {
        batch: say(
            "reconcile.adjustment_named",
            month=figures().month(int(row["month"])),
            channel=plain(row["channel"]),
            reason=plain(row["reason"] or ""),
        )
        for batch, row in rows.items()
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        batch = st.selectbox(
            say("reconcile.adjustment"), list(rows), key="adjustment", width=420,
            format_func=names.__getitem__,
        )  # fmt: skip
        active = bool(rows[batch]["active"])
        st.button(
            say("data.switch_off" if active else "data.switch_on"),
            key="adjustment_switch",
            icon=":material/undo:" if active else ":material/redo:",
            on_click=_switch,
            args=(batch, not active),
        )


def _switch(batch: int, active: bool) -> None:
    word = "reconcile.adjustment_on" if active else "reconcile.adjustment_off"
    said.deed(lambda: workspace().switch(batch, active), word, way_back=False)
