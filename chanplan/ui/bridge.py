"""What made the change: the bridge as a waterfall, each step opened into its items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from chanplan.analysis import bridge, bridge_story
from chanplan.analysis.bridge import Bridge
from chanplan.analysis.bridge_items import NO_FATES, fates
from chanplan.charts import waterfall
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.questions.compile import MOST_ROWS
from chanplan.ui import address, bridge_table, figure, findings, session
from chanplan.ui.bridge_table import Grain, items_name, periods, words_of
from chanplan.ui.members import BESIDE, PICKER_WIDTH
from chanplan.ui.session import figures, say
from chanplan.ui.view import View


def section(view: View, grains: Sequence[Grain], key: str) -> None:
    """Title, grain, waterfall and table; `key` names the choices in the address."""
    head = st.container()
    if view.base is None:
        _only(head, say("bridge.no_comparison"))
        return
    known = {"-".join(grain): grain for grain in grains if all(map(session.members, grain))}
    if not known:
        _only(head, say("members.none"))
        return
    left, right = st.columns(BESIDE, gap="medium")
    with left:
        by = _grain(known, key)
    try:
        found = session.worked_out(_found, view.scope, view.base, by)
    except BadQueryError as fault:
        if fault.code != "answer_too_long":
            raise
        _only(
            head,
            say("bridge.too_many", items=items_name(by).lower(), most=figures().count(MOST_ROWS)),
        )
        return
    if isinstance(found, str):
        _only(head, say(found))
        return
    with head:
        title = bridge_story.headline(found)
        change = figures().signed_money(found.change)
        told = say("bridge.drawn", items=items_name(by).lower(), change=change, **periods(view))
        findings.title(title, told, view.compare)
    with left:
        _drawn(view, found, key)
    with right:
        _opened(view, found, key)


def _found(scope: Scope, base: Period, by: Grain) -> Bridge | str:
    """The bridge, or the word for why there is none."""
    answer = session.ask(bridge.question(scope, base, by))
    if not answer["net_base"].notna().any():
        return "bridge.no_base"
    fate = bridge.fates_question(scope, by)
    known = fates(session.ask(fate)) if fate else NO_FATES
    return bridge.bridge(answer, by, scope.period, known) or "bridge.currencies"


def _grain(known: Mapping[str, Grain], key: str) -> Grain:
    """By what the change is told; the choice is part of the address."""
    names = {code: items_name(grain) for code, grain in known.items()}
    label, usual = say("bridge.grain"), next(iter(known))
    with st.container(width=PICKER_WIDTH):
        return known[address.choice(key, list(known), usual, label, names.__getitem__)]


def _drawn(view: View, found: Bridge, key: str) -> None:
    """The waterfall; a click on a step opens it."""

    def opened(step: str | None) -> None:
        st.session_state[_step_key(key)] = step or ""

    words = words_of(view, found)
    drawn = waterfall.waterfall(found, figures(), words, look=figure.look())
    told = [f"{words.steps[s]} {figures().signed_money(found.steps[s])}" for s in found.told]
    figure.show(drawn, f"{key}_chart", say("bridge.alt", told=told, **periods(view)), opened)
    for note in ("unlike_units", "without_quantity"):
        if getattr(found, note):
            st.caption(say(f"bridge.{note}"))


def _opened(view: View, found: Bridge, key: str) -> None:
    """The selectbox that opens a step without a mouse, and the step's items; else all steps."""
    words = words_of(view, found)
    show = {"": say("bridge.nothing")} | {step: words.steps[step] for step in found.told}
    with st.container(width=PICKER_WIDTH):
        label = say("bridge.step")
        step = address.choice(_step_key(key), list(show), "", label, show.__getitem__)
    if step:
        bridge_table.items(view, found, step, words, key)
    else:
        bridge_table.steps(view, found, words, key)


def _step_key(key: str) -> str:
    return f"{key}_step"


def _only(head: st.delta_generator.DeltaGenerator, sentence: str) -> None:
    """The section's name, and why there is nothing below it."""
    with head:
        st.header(say("bridge.title"), anchor=False)
        st.caption(sentence)
