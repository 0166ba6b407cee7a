"""What saving would move, month by month and channel by channel, before anything is saved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.analysis import ruled
from chanplan.domain.errors import ChanplanError
from chanplan.plans.said_rows import Row
from chanplan.ui import figure, guard, tables
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace import by_hand

_TRIED = "company_tried"
# How each figure that moves is written.
_KINDS = {"with_tax": "price", "without_tax": "price", "quantity": "quantity", "lines": "count"}


def show(kind: str, rows: Sequence[Row], dated: bool = True) -> bool:
    """A button that tries it; below it what moved. True where it was tried and may be saved."""
    asked = json.dumps([kind, workspace().version, [sorted(row.items()) for row in rows]])
    st.button(
        say("company.try"),
        key=f"company_try_{kind}",
        icon=":material/preview:",
        on_click=_try,
        args=(asked, kind, rows),
    )
    tried = st.session_state.get(_TRIED)
    if tried is None or tried[0] != asked:
        st.caption(say("company.try_first"))
        return False
    if isinstance(tried[1], ChanplanError):
        guard.show(tried[1])
        return False
    return told(tried[1], kind, dated)


def told(moves: pd.DataFrame, key: str, dated: bool = False) -> bool:
    """A frame of `by_hand.moves` in a sentence and a table; False where a closed month refuses.
    `dated`: what is said may count from a day on."""
    found = ruled.moved(moves)
    if found is None:
        st.info(say("company.nothing_moves"), icon=":material/check:")
        return True
    write = figures()
    parts = [
        say("company.moved_part", name=_called(one.name, found.basis),
            before=_written(one.name, one.before), after=_written(one.name, one.after))
        for one in found.figures
    ]  # fmt: skip
    st.markdown(
        say("company.moved", months=len(found.months), first=write.month(found.months[0]),
            last=write.month(found.months[-1]), parts=say("company.join").join(parts))
    )  # fmt: skip
    if found.closed:
        months = say("company.comma").join(write.month(month) for month in found.closed)
        refused = "company.closed" if dated else "company.closed_undated"
        st.error(say(refused, months=months), icon=":material/lock:")
    _table(moves, found, key)
    return not found.closed


def _try(asked: str, kind: str, rows: Sequence[Row]) -> None:
    try:
        st.session_state[_TRIED] = (asked, by_hand.moves(workspace(), kind, rows))
    except ChanplanError as fault:
        st.session_state[_TRIED] = (asked, fault)


def _called(name: str, basis: str | None) -> str:
    """A figure, with the basis its sum is of where others move too."""
    called = say(f"company.figure_{name}")
    return f"{say(f'basis.{basis}')} · {called}" if basis else called


def _written(name: str, value: Decimal) -> str:
    write = figures()
    return write.exact(value, 2 if name in ("with_tax", "without_tax") else 0)


def _table(moves: pd.DataFrame, found: ruled.Moved, key: str) -> None:
    frame = ruled.rows(moves, found)
    shown = frame.assign(
        month=[figures().month(int(month)) for month in frame["month"]],
        channel=[figure.name_of("channel", one) for one in frame["channel"]],
        basis=[say(f"basis.{one}") for one in frame["basis"]],
        closed=[say("company.is_closed") if one else "" for one in frame["closed"]],
    )
    columns = [Column("month", say("company.month")), Column("channel", say("company.channel"))]
    if frame["basis"].nunique() > 1:
        columns.append(Column("basis", say("basis.label")))
    for one in found.figures:
        name, kind = say(f"company.figure_{one.name}"), _KINDS[one.name]
        for part in ("before", "after", "difference"):
            heading = say(f"company.{part}", name=name)
            columns.append(Column(f"{one.name}_{part}", heading, kind,  # type: ignore[arg-type]
                                  signed=part == "difference"))  # fmt: skip
    if found.closed:
        columns.append(Column("closed", say("company.month_closed")))
    tables.show(shown, columns, f"company_moves_{key}", say("company.moves_alt"), (),
                say("company.moves_file"))  # fmt: skip
