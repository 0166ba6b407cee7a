"""Which products fit which channel, and where is money left?"""

import streamlit as st

from chanplan.ui import address, figure, session, shell
from chanplan.ui.fit import cell, finding, page
from chanplan.ui.guard import guard
from chanplan.ui.session import say

guard()
view = shell.analysis_page("fit")
levels = {name: figure.dimension_name(name) for name in finding.levels()}
if not levels:
    shell.stop(say("products.none"))
if not session.members("channel"):
    shell.stop(say("fit.no_channel"))

top = st.container()
for level, tab in address.tabs("fit_level", levels):
    if not tab.open:
        continue
    found = finding.find(view, level)
    with top:
        page.headline(view, found)
    with tab:
        page.heat(found, cell.opened(found))
        cell.show(view, found)
        page.extremes(view, found)
        page.white_space(view, found)
        page.everything(view, found)
