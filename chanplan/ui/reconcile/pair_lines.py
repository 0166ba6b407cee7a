"""The lines behind a step: which orders or products, and where each line stands."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis.reconcile import two_sources
from chanplan.analysis.reconcile.two_sources import MOST_LINES, Difference, Pair
from chanplan.domain.scope import Scope
from chanplan.ui import address, figure, session, tables
from chanplan.ui.reconcile import sources
from chanplan.ui.reconcile.pair_drawn import STEP, step_name
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column


def show(found: Difference, pair: Pair, scope: Scope, channels: tuple[str, ...] | None) -> None:
    """One step opened; of tax every line has its part, so there is nothing to list."""
    known = [step for step in found.steps if step != "tax"]
    if not known:
        return
    st.header(say("reconcile.behind"), anchor=False)
    most = max(known, key=lambda step: abs(found.steps[step]))
    names = {step: step_name(found, step) for step in known}
    step = address.choice(STEP, known, most, say("reconcile.step"), names.__getitem__)
    asked = channels or tuple(sorted({str(name) for name in found.cells["channel"]}))
    question = two_sources.lines_question(scope, pair, found.way, step, asked)
    lines = session.ask(question)
    if lines.empty:
        st.caption(say("reconcile.no_lines"))
        return
    if len(lines) >= MOST_LINES:
        st.caption(say("reconcile.most_lines", most=figures().count(MOST_LINES)))
    _table(lines, found, scope)


def _table(lines: pd.DataFrame, found: Difference, scope: Scope) -> None:
    sides = {"a": say("reconcile.a"), "b": say("reconcile.b")}
    frame = lines.assign(
        side=[sides[side] for side in lines["side"]],
        month=[figures().month(int(month)) for month in lines["month"]],
        line_type=[say(f"line_types.{kind}") for kind in lines["line_type"]],
        channel=figure.names_of("channel", lines["channel"]),
    )
    columns = [
        Column("item", say(f"reconcile.item_{found.way}")),
        Column("money", say("reconcile.makes"), "price", signed=True),
        Column("side", say("reconcile.side")),
        Column("amount", say("reconcile.amount"), "price"),
        Column("quantity", figure.measure_name("quantity"), "quantity"),
        Column("month", figure.dimension_name("month")),
        Column("channel", figure.dimension_name("channel")),
        Column("line_type", say("reconcile.line_type")),
        Column("product", figure.dimension_name("product")),
        Column("source", say("reconcile.source")),
        Column("file", say("imports.file")),
        Column("line", say("set_aside.line"), "count"),
        Column("sheet", say("imports.sheet"), hidden=True),
        Column("partner", figure.dimension_name("partner"), hidden=True),
        Column("unit", say("reconcile.unit"), hidden=True),
    ]
    alt = say("reconcile.behind")
    tables.show(frame, columns, "pair_lines", alt, sources.about(scope), alt)
