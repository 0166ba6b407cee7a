"""How far is this month, and what is left to do before its figures can be sent?"""

import streamlit as st

from chanplan.ui import closing, session, shell
from chanplan.ui.guard import guard
from chanplan.ui.month import asked, files, sending, steps
from chanplan.ui.session import say

guard()
st.title(say("month.title"))
coverage = session.coverage()
if coverage is None:
    shell.empty("month")
    st.stop()
place = st.container()
chosen = asked.page(coverage)
with place:
    steps.headline(chosen)
steps.show(chosen)
files.show(chosen)
files.unlike(chosen)
closing.section(chosen.view.scope)
sending.show(chosen)
