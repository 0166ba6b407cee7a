"""The page of the organisation: what moved, what belongs where, and the company's word on it."""

from __future__ import annotations

from chanplan.ui import address
from chanplan.ui.organisation import editing, moved, saying, tree
from chanplan.ui.session import say
from chanplan.ui.view import View

PARTS = {"tree": tree.show, "edit": editing.show, "moved": moved.show}


def show(view: View) -> None:
    """What came of the last save, the sentence of the page, then its three parts."""
    saying.told()
    moved.headline(view)
    shown = {code: say(f"organisation.part_{code}") for code in PARTS}
    for code, tab in address.tabs("org_part", shown):
        if tab.open:
            with tab:
                PARTS[code](view)
