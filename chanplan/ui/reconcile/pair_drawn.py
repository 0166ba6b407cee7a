"""From one source's total to another's as a waterfall, and channel by month as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.reconcile.two_sources import Difference, Pair
from chanplan.charts import waterfall
from chanplan.charts.waterfall import BridgeWords, Row
from chanplan.domain.scope import Scope
from chanplan.ui import figure, tables
from chanplan.ui.reconcile import sources
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

# The step that is opened below, as a click on the waterfall or a choice sets it.
STEP = "pair_step"


def show(found: Difference, pair: Pair, scope: Scope) -> None:
    """The picture and both tables."""
    if any(found.steps.values()):
        words = _words(found, pair)
        drawn = waterfall.of_rows(
            _rows(found, words), found.a, figures(), words, look=figure.look()
        )
        figure.show(drawn, "pair_waterfall", say("reconcile.pair_alt"), clicked=_keep)
    _steps(found, scope)
    _cells(found, scope)


def step_name(found: Difference, step: str) -> str:
    """A step by its words."""
    return say(f"reconcile.step_{found.way}_{step}")


def _rows(found: Difference, words: BridgeWords) -> list[Row]:
    rows = [Row("", words.base, ZERO, found.a, total=True)]
    level = found.a
    for step, money in found.steps.items():
        if money:
            rows.append(Row(step, step_name(found, step), level, level + money))
            level += money
    return [*rows, Row("", words.now, ZERO, found.b, total=True)]


def _words(found: Difference, pair: Pair) -> BridgeWords:
    says = {step: say(f"reconcile.means_{found.way}_{step}") for step in found.steps}
    names = {step: step_name(found, step) for step in found.steps}
    ends = [
        f"{say(f'reconcile.{name}')} {side.source or say(f'basis.{side.basis}')}"
        for name, side in (("a", pair.a), ("b", pair.b))
    ]
    return BridgeWords(ends[0], ends[1], names, says, {})


def _keep(step: str | None) -> None:
    if step:
        st.session_state[STEP] = step


def _steps(found: Difference, scope: Scope) -> None:
    """A, every step with how many orders or products make it, B."""
    rows: list[tuple[object, ...]] = [(say("reconcile.a"), found.a, None, "")]
    for step, money in found.steps.items():
        means = say(f"reconcile.means_{found.way}_{step}")
        rows.append((step_name(found, step), money, found.items[step] or None, means))
    rows.append((say("reconcile.b"), found.b, None, ""))
    frame = pd.DataFrame(rows, columns=["step", "money", "items", "means"], dtype=object)
    columns = [
        Column("step", say("reconcile.step")),
        Column("money", say("reconcile.money"), "price"),
        Column("items", say(f"reconcile.items_{found.way}"), "count"),
        Column("means", say("reconcile.means"), width=420),
    ]
    alt = say("reconcile.pair_alt")
    tables.show(frame, columns, "pair_steps", alt, sources.about(scope), alt, whole=True)


def _cells(found: Difference, scope: Scope) -> None:
    """Channel by month, those that differ most first; every row sums."""
    members = [name or None for name in found.cells["channel"]]
    frame = found.cells.assign(
        channel=figure.names_of("channel", members),
        month=[figures().month(int(month)) for month in found.cells["month"]],
    )
    columns = [
        Column("channel", figure.dimension_name("channel")),
        Column("month", figure.dimension_name("month")),
        Column("a", say("reconcile.a"), "price"),
        Column("b", say("reconcile.b"), "price"),
        Column("difference", say("reconcile.difference"), "price", signed=True),
    ]
    columns += [Column(step, step_name(found, step), "price", signed=True) for step in found.steps]
    with st.expander(say("reconcile.by_cell"), expanded=len(frame) <= tables.MOST_SHOWN):
        alt = say("reconcile.by_cell")
        tables.show(frame, columns, "pair_cells", alt, sources.about(scope), alt)
