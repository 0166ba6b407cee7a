"""Taking back the last import: one button, and before it is pressed what it will change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis import batch_money, undoing
from chanplan.analysis.undoing import Undoing
from chanplan.domain.errors import ChanplanError
from chanplan.ui import session
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace

REFUSED = "data_refused"


def button(batches: pd.DataFrame) -> None:
    """Drawn where an import counts."""
    placed = batch_money.placed(batches, session.money_of_imports())
    found = undoing.undoing(placed, workspace().imports.last())
    if found is None:
        return
    with st.popover(say("undo.title", file=_named(found)), icon=":material/undo:", key="undo"):
        st.markdown(_says(found))
        st.button(
            say("undo.go"),
            key="undo_last",
            type="primary",
            icon=":material/undo:",
            on_click=_undo,
            args=(found.batches,),
        )


def _named(found: Undoing) -> str:
    name = plain(found.files[0])
    more = len(found.files) - 1
    return say("undo.more", name=name, count=more) if more else name


def _says(found: Undoing) -> str:
    write = figures()
    span = write.span(*found.months) if found.months else "—"
    values = {"files": len(found.files), "rows": write.count(found.rows), "months": span}
    lines = [say("undo.says", sum=write.exact(found.money), **values)]
    if found.replaces:
        lines.append(say("undo.gives_back"))
    return "\n\n".join([*lines, say("undo.again")])


def _undo(batches: tuple[int, ...]) -> None:
    """A refusal is told once, where the page begins."""
    try:
        workspace().switch_all(batches, False)
    except ChanplanError as error:
        st.session_state[REFUSED] = error
