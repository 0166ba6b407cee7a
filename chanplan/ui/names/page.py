"""The page of names from top to bottom."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis import naming
from chanplan.ui import findings, session, shell
from chanplan.ui.names import by_hand, decided, deciding, waiting
from chanplan.ui.session import say, workspace


def show() -> None:
    """What waits first, then what a person sets by hand, then what was decided."""
    if not session.has_data():
        shell.empty("names")
        return
    deciding.refusal()
    found, done = session.suggestions(), workspace().names.decisions()
    rows = [(one.dimension, one.name.sales) for one in found]
    pairs = pd.DataFrame(rows, columns=["dimension", "sales"], dtype=object)
    findings.show(naming.waiting(pairs, len(done)), "none")
    if found:
        st.header(say("names.waiting"), anchor=False)
        waiting.show(found)
    else:
        st.markdown(say("names.none_waiting"))
    st.header(say("names.by_hand"), anchor=False)
    by_hand.show()
    st.header(say("names.decided"), anchor=False)
    decided.show(done)
