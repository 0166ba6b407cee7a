"""How far along is every target, where will it land, and who has most money at risk?"""

import streamlit as st

from chanplan.ui import tracking
from chanplan.ui.guard import guard
from chanplan.ui.session import say
from chanplan.ui.tracking import curve, gap, heat, members, opened, rates, said

guard()
choice = tracking.page()
if not tracking.adds_up(choice.measure):
    rates.show(choice)
    st.stop()
shown = tracking.found(choice)
said.headline(choice, shown.frame)
member = members.show(choice, shown.frame, shown.events)
gap.show(choice, None, say("targets.whole"))
curve.show(choice, shown, None, say("targets.whole"), shown.total)
heat.show(choice, shown.months)
if member is not None:
    opened.show(choice, tracking.found(choice, member), member)
else:
    curve.what_if(choice, shown, None, say("targets.whole"))
    curve.back_test(choice, shown, None, say("targets.whole"))
