"""Which channels make the sales, how does their mix move, and what lies behind one?"""

import streamlit as st

from chanplan.analysis import channel_mix
from chanplan.analysis.bridge import CHANNEL_GRAINS
from chanplan.ui import bridge, buyers, members, mixes, session, shell, unusual
from chanplan.ui.guard import guard
from chanplan.ui.session import say

guard()
view = shell.analysis_page("channels")
said = [members.headline(view, [channel_mix.DIMENSION]), *unusual.show(view, "channels")]
mixes.show(view, channel_mix.DIMENSION, channel_mix.GROUPINGS)

answer = session.ask(channel_mix.query(view.scope, view.compare))
opened = members.ranking(
    view, channel_mix.DIMENSION, answer, "channel_opened", say("channels.ranking")
)
bridge.section(view, CHANNEL_GRAINS, "channel_bridge")

if opened is not None:
    name = members.heading(channel_mix.DIMENSION, opened)
    st.header(say("channels.behind", name=name), anchor=False)
    scope = view.scope.only(channel_mix.DIMENSION, opened)
    members.behind(view, scope, channel_mix.BEHIND, "channel_behind")
buyers.add(view, said)
