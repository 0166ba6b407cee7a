"""One partner: sell-in, sell-out and collections over months, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic, cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.reconcile import one_partner
from chanplan.charts import axes, curves, palette
from chanplan.charts.curves import Curve
from chanplan.domain.period import ordinal
from chanplan.domain.scope import Basis, Scope
from chanplan.ui import address, figure, session, tables
from chanplan.ui.plain import plain
from chanplan.ui.reconcile import sources
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

_SERIES = ("sell_in", "sell_out", "collected")
_HUES = dict(zip((*_SERIES, "stock"), (0, 2, 4, 6), strict=True))


def show(scope: Scope) -> None:
    """The tab."""
    bases = one_partner.sell_in_bases(session.bases())
    if not bases or not session.members("partner"):
        st.info(say("reconcile.no_partners"))
        return
    with st.grid(2, min_column_width=210, gap="small"):
        basis = bases[0]
        if len(bases) > 1:
            names = {str(one): say(f"basis.{one}") for one in bases}
            chosen = address.choice(
                "sell_in", list(bases), bases[0], say("reconcile.sell_in_is"), names.__getitem__
            )
            basis = cast(Basis, chosen)
        ranked = session.worked_out(_ranked, scope, basis)
        if ranked.empty:
            st.info(say("reconcile.no_partners"))
            return
        listed = [str(name) for name in ranked["partner"]]
        known = session.labels("partner")
        gaps = zip(listed, ranked["gap"], strict=True)
        shown = {name: _named(known.get(name, name), gap) for name, gap in gaps}
        partner = address.choice(
            "one_partner",
            listed,
            listed[0],
            say("reconcile.partner"),
            shown.__getitem__,
        )
    told = session.worked_out(_months, scope, basis, partner)
    _says(told, plain(known.get(partner, partner)), basis)
    _money(told, basis)
    _stock(told)
    _table(told, scope, basis)
    _ranking(ranked, scope, basis)


def _ranked(scope: Scope, basis: Basis) -> pd.DataFrame:
    return one_partner.ranked(session.ask, scope, basis)


def _months(scope: Scope, basis: Basis, partner: str) -> pd.DataFrame:
    return one_partner.months(session.ask, scope, basis, partner)


def _named(name: str, gap: Decimal | None) -> str:
    if gap is None:
        return name
    return say("reconcile.partner_gap", name=name, gap=figures().signed_money(gap))


def _says(told: pd.DataFrame, name: str, basis: Basis) -> None:
    """The three sums in one sentence, side by side; what is not told is said to be missing."""
    write = figures().money
    sums = {one: arithmetic.total(arithmetic.numbers(told, one)) for one in _SERIES}
    parts = [
        say(f"reconcile.{one}_sum", basis=say(f"basis.{basis}"), money=write(money))
        for one, money in sums.items()
        if money is not None
    ]
    st.header(say("reconcile.partner_says", name=name, parts=parts), anchor=False)
    last = cells.records(told)[-1]
    more = [say("reconcile.never_added")]
    if last["stock"] is not None:
        more.insert(0, say("reconcile.stock_says", quantity=figures().count(last["stock"])))
    if last["rate"] is not None:
        more.insert(0, say("reconcile.rate_says", rate=figures().percent(last["rate"])))
    missing = [say(f"reconcile.{one}") for one, money in sums.items() if money is None]
    if missing:
        more.append(say("reconcile.not_told", names=missing))
    st.caption(say("findings.join").join(more))


def _money(told: pd.DataFrame, basis: Basis) -> None:
    known = [one for one in _SERIES if told[one].notna().any()]
    if not known:
        st.caption(say("reconcile.no_lines"))
        return
    st.header(say("reconcile.partner_months"), anchor=False)
    lines = [_curve(told, one, _series(one, basis), figures().exact) for one in known]
    _draw(lines, told, known, "partner_months", say("reconcile.partner_alt"))


def _stock(told: pd.DataFrame) -> None:
    if not told["stock"].notna().any():
        st.caption(say("reconcile.no_stock"))
        return
    st.header(say("reconcile.stock_title"), anchor=False)
    st.caption(say("reconcile.stock_help"))
    line = _curve(told, "stock", say("reconcile.stock"), figures().count)
    _draw([line], told, ["stock"], "partner_stock", say("reconcile.stock_title"))


def _curve(told: pd.DataFrame, name: str, label: str, write: Any) -> Curve:
    rows = [row for row in cells.records(told) if row[name] is not None]
    hovers = [
        f"<b>{label}</b> · {figures().month(int(row['month']))}<br>{write(row[name])}"
        for row in rows
    ]
    across = [float(ordinal(int(row["month"]))) for row in rows]
    up = [float(row[name]) for row in rows]
    return Curve(label, palette.HUES[_HUES[name]], across, up, hovers)


def _draw(
    lines: Sequence[Curve], told: pd.DataFrame, known: Sequence[str], key: str, alt: str
) -> None:
    values = [value or ZERO for one in known for value in arithmetic.numbers(told, one)]
    up = axes.amounts(min(values, default=ZERO), max(values, default=ZERO), figures())
    across = axes.months([int(month) for month in told["month"]], figures(), 8)
    figure.show(curves.curves(lines, across, up, figure.look()), key, alt)


def _series(name: str, basis: Basis) -> str:
    """A series by its name; sell-in by its basis."""
    return say(f"reconcile.{name}_of", basis=say(f"basis.{basis}"))


def _table(told: pd.DataFrame, scope: Scope, basis: Basis) -> None:
    frame = told.assign(month=[figures().month(int(month)) for month in told["month"]])
    columns = [
        Column("month", figure.dimension_name("month")),
        *(Column(one, _series(one, basis), "price") for one in _SERIES),
        Column("in_quantity", say("reconcile.in_quantity"), "quantity"),
        Column("out_quantity", say("reconcile.out_quantity"), "quantity"),
        Column("stock", say("reconcile.stock"), "quantity", help=say("reconcile.stock_help")),
        Column("owed", say("reconcile.owed"), "price", help=say("reconcile.owed_help")),
        Column("rate", say("reconcile.collected_rate"), "rate"),
    ]
    alt = say("reconcile.partner_months")
    tables.show(frame, columns, "partner_table", alt, sources.about(scope), alt)


def _ranking(ranked: pd.DataFrame, scope: Scope, basis: Basis) -> None:
    frame = ranked.assign(partner=figure.names_of("partner", ranked["partner"]))
    columns = [
        Column("partner", figure.dimension_name("partner")),
        *(Column(one, _series(one, basis), "price") for one in _SERIES),
        Column("gap", say("reconcile.gap"), "price", signed=True, help=say("reconcile.gap_help")),
    ]
    with st.expander(say("reconcile.all_partners", count=len(frame))):
        alt = say("reconcile.partners")
        tables.show(frame, columns, "partner_ranking", alt, sources.about(scope), alt)
