"""The page of segments: who carries the sales, who moved, what each type buys."""

from __future__ import annotations

import streamlit as st

from chanplan.analysis.customers import segment_map, segments_story
from chanplan.ui import figure, population
from chanplan.ui.plain import plain
from chanplan.ui.segments import choosing, finding, listed, moves, picture, taste
from chanplan.ui.segments.finding import Found, name_of
from chanplan.ui.session import figures, say
from chanplan.ui.view import View


def show(view: View) -> None:
    """The page, once a population is chosen."""
    asked = population.asked(view)
    at, compared = st.columns(2)
    with at:
        asked = population.at_day(asked)
    with compared:
        since = moves.since(asked)
    head = st.container()
    with st.expander(say("segments.advanced"), icon=":material/tune:"):
        rules = choosing.rules()
    found = finding.find(asked, rules, since)
    if found.labels.empty:
        st.info(say("segments.nobody", day=figures().date(asked.as_of)))
        return
    with head:
        _headline(found)
    picture.show(found)
    moves.show(found)
    taste.show(found)
    listed.show(found)


def _headline(found: Found) -> None:
    """Who carries the sales, what moved and why; and what must be known first."""
    st.header(_carried(found), anchor=False)
    if told := _moved(found):
        st.markdown(told)
    counts = {"count": figures().count(len(found.labels)), "day": figures().date(found.asked.as_of)}
    st.caption(say("segments.whose", name=population.name(found.asked.population), **counts))
    largest = segment_map.concentrated(found.labels)
    state = segments_story.state(found.sizes, largest[1] if largest else None)
    if state:
        who = plain(figure.name_of(found.asked.dimension, largest[0])) if largest else ""
        share = figures().percent(largest[1]) if largest else ""
        st.warning(say(f"segments.state_{state}", member=who, share=share))


def _carried(found: Found) -> str:
    told = segments_story.carried(found.sizes)
    if told is None:
        most = found.sizes.iloc[found.sizes["customers"].argmax()]
        share = figures().percent(most["share_customers"])
        return say("segments.most", segment=name_of(most["segment"]), share=share)
    return say(
        "segments.carried",
        count=figures().count(told.customers),
        share_customers=figures().percent(told.share_customers),
        share=figures().percent(told.share),
    )


def _moved(found: Found) -> str:
    if found.since is None:
        return ""
    day = figures().date(found.since)
    told = segments_story.fallen(found.down)
    if told is None:
        return say("segments.nobody_fell", day=day)
    return say(
        "segments.fell",
        day=day,
        count=figures().count(told.customers),
        money=figures().money(told.money),
        because=figures().count(told.because),
        reason=say(f"segments.because_{told.reason}"),
        member=plain(figure.name_of(found.asked.dimension, told.largest)),
    )
