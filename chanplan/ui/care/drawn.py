"""Where the money at risk lies: a bar for each segment of the care list; a click keeps to it."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.analysis.arithmetic import Member
from chanplan.analysis.customers import care_story
from chanplan.analysis.customers.care_story import WHYS, Why
from chanplan.charts import stacks
from chanplan.charts.palette import HUES
from chanplan.charts.stacks import Part
from chanplan.ui import figure
from chanplan.ui.care import wording
from chanplan.ui.care.wording import Found
from chanplan.ui.session import figures, say

# The choice of segments below the chart, in the address.
SEGMENT = "care_segment"
_COLOURS: dict[Why, str] = {"silent": HUES[0], "fading": HUES[4], "going_on": HUES[2]}


def show(found: Found) -> None:
    """Titled by the segment with most of it."""
    parts = care_story.by_segment(found.listed)
    most = care_story.largest(parts)
    if most is None:
        return
    segment, customers, share = most
    st.header(
        say("care_list.drawn", segment=wording.segment(segment), share=figures().percent(share),
            count=figures().count(customers)), anchor=False,
    )  # fmt: skip
    st.caption(say("care_list.drawn_says"))
    segments = [str(one) for one in parts["segment"]]
    names = [wording.segment(one) for one in segments]
    whys = [why for why in WHYS if any(parts[why])]
    # One unit for all, so that bars can be compared.
    texts = iter(figures().moneys([money for why in whys for money in parts[why]]))
    drawn = [_part(parts, names, why, [next(texts) for _ in names]) for why in whys]
    figure.show(
        stacks.stacks(names, segments, drawn, figure.look()),
        "care_drawn", say("care_list.drawn_alt"), clicked=_keep_to,
    )  # fmt: skip


def _part(parts: pd.DataFrame, names: list[str], why: Why, texts: list[str]) -> Part:
    label = say(f"care_list.is_{why}")
    money: list[Decimal] = list(parts[why])
    hovers = [
        say("care_list.drawn_here", segment=name, count=figures().count(count), why=label,
            part=figures().money(own), at_risk=figures().money(whole))
        for name, count, own, whole in zip(
            names, parts["customers"], money, parts["at_risk"], strict=True)
    ]  # fmt: skip
    return Part(label, _COLOURS[why], [int(one) for one in money], texts, hovers)


def _keep_to(segment: Member) -> None:
    """The list below keeps to the segment clicked, or to all where it did already."""
    now = st.session_state.get(SEGMENT)
    st.session_state[SEGMENT] = [] if now == [segment] else [segment]
