"""Which categories and products make the sales, and which channels sell one of them?"""

import streamlit as st

from chanplan.analysis import product_mix
from chanplan.analysis.bridge import PRODUCT_GRAINS
from chanplan.ui import bridge, members, mixes, session, shell, unusual
from chanplan.ui.guard import guard
from chanplan.ui.session import say

guard()
view = shell.analysis_page("products")
levels = [level for level in ("category", "product") if session.members(level)]
if not levels:
    shell.stop(say("products.none"))
scope, opened = view.scope, []
members.headline(view, levels)
unusual.show(view, "products")
mixes.show(view, levels[0])

for level in levels:
    drawn = say(f"products.{level}")
    if opened:
        drawn = f"{drawn} · {say('products.within', name=opened[-1])}"
    answer = session.ask(product_mix.query(scope, level, view.compare))
    member = members.ranking(view, level, answer, f"{level}_opened", drawn)
    if member is not None:
        scope = scope.only(level, member)
        opened = [*opened, members.heading(level, member)]
bridge.section(view, PRODUCT_GRAINS, "product_bridge")

if opened:
    st.header(say("products.behind", name=opened[-1]), anchor=False)
    members.behind(view, scope, product_mix.BEHIND, "product_behind")
