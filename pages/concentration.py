"""How much hangs on few channels, partners, customers or products, and what if one leaves?"""

import streamlit as st

from chanplan.ui import address, concentration, figure, leaving, shell, steadiness
from chanplan.ui.guard import guard
from chanplan.ui.session import say

guard()
view = shell.analysis_page("concentration")
known = {name: figure.dimension_name(name) for name in concentration.dimensions(view)}
if not known:
    shell.stop(say("concentration.none"))

top = st.container()
for dimension, tab in address.tabs("concentration", known):
    if not tab.open:
        continue
    found = concentration.find(view, dimension)
    with top:
        concentration.headline(view, found)
    with tab:
        concentration.key_figures(found)
        concentration.charts(view, found)
        leaving.show(view, found)
        if dimension == steadiness.DIMENSION:
            steadiness.show(view, found)
        else:
            concentration.table(view, found)
