"""The page of company rules from top to bottom: what holds today in a sentence, then a tab each."""

from __future__ import annotations

import streamlit as st

from chanplan.ui import address, guard, session, shell
from chanplan.ui.company import sheet, told
from chanplan.ui.company.tabs import TABS
from chanplan.ui.session import say


def show() -> None:
    """What was refused or done is told once, where the page begins."""
    sheet.refusal()
    if not session.has_data():
        shell.empty("company")
        return
    st.header(told.headline(), anchor=False)
    titles = {code: say(f"company.tab_{code}") for code in TABS}
    for code, tab in address.tabs("rules", titles):
        if tab.open:
            with tab, guard.calm():
                TABS[code]()
