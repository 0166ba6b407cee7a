"""What an import's returns and items have found: which orders they joined, and which are alone."""

from __future__ import annotations

import streamlit as st

from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.workspace import Joined, Outcome

# Order numbers named in a sentence; the command line and --json list more.
MOST_NAMED = 8


def told(outcome: Outcome) -> None:
    """One line for each thing that joined, of the file itself and of its further sheets."""
    for one in (outcome, *outcome.companions):
        if one.joined is not None:
            _told(f"{one.file} · {one.recipe.sheet}" if one.recipe.sheet else one.file, one.joined)


def _told(name: str, joined: Joined) -> None:
    file, write = plain(name), figures()
    if joined.return_lines:
        amount = write.exact(-joined.returned)
        lines = write.count(joined.return_lines)
        st.caption(say("joined.returns", file=file, lines=lines, amount=amount))
    if joined.item_lines:
        amount, lines = write.exact(joined.spread), write.count(joined.item_lines)
        st.caption(say("joined.items", file=file, lines=lines, amount=amount))
    if joined.aside and not joined.item_lines:
        st.caption(say("joined.aside", file=file, lines=write.count(joined.aside)))
    if joined.orphan_rows:
        named = [plain(order) for order in joined.orphans[:MOST_NAMED]]
        rows = write.count(joined.orphan_rows)
        st.warning(say("joined.orphans", file=file, rows=rows, orders=named))
    if joined.untold_orders:
        named = [plain(order) for order in joined.untold[:MOST_NAMED]]
        count = write.count(joined.untold_orders)
        st.caption(say("joined.untold", file=file, count=count, orders=named))
