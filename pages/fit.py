"""Which products fit which channel, and where is money left?"""

import streamlit as st

from chanplan.ui import address, figure, fit, fit_cell, fit_found, session, shell
from chanplan.ui.guard import guard
from chanplan.ui.session import say

guard()
view = shell.analysis_page("fit")
levels = {name: figure.dimension_name(name) for name in fit_found.levels()}
if not levels:
    shell.stop(say("products.none"))
if not session.members("channel"):
    shell.stop(say("fit.no_channel"))

top = st.container()
for level, tab in address.tabs("fit_level", levels):
    if not tab.open:
        continue
    found = fit_found.find(view, level)
    with top:
        fit.headline(view, found)
    with tab:
        fit.heat(found, fit_cell.opened(found))
        fit_cell.show(view, found)
        fit.extremes(view, found)
        fit.white_space(view, found)
        fit.everything(view, found)
