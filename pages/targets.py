"""How far along is every target, where will it land, and who has most money at risk?"""

import streamlit as st

from chanplan.ui import (
    tracking,
    tracking_curve,
    tracking_gap,
    tracking_heat,
    tracking_members,
    tracking_opened,
    tracking_rates,
    tracking_said,
)
from chanplan.ui.guard import guard
from chanplan.ui.session import say

guard()
choice = tracking.page()
if not tracking.adds_up(choice.measure):
    tracking_rates.show(choice)
    st.stop()
shown = tracking.found(choice)
tracking_said.headline(choice, shown.frame)
member = tracking_members.show(choice, shown.frame, shown.events)
tracking_gap.show(choice, None, say("targets.whole"))
tracking_curve.show(choice, shown, None, say("targets.whole"), shown.total)
tracking_heat.show(choice, shown.months)
if member is not None:
    tracking_opened.show(choice, tracking.found(choice, member), member)
else:
    tracking_curve.what_if(choice, shown, None, say("targets.whole"))
    tracking_curve.back_test(choice, shown, None, say("targets.whole"))
