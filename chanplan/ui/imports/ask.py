"""Open questions, each asked once for all files that have it: which channel, which date order.

Most are answered by one click; a channel may also be typed in. What was said can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from chanplan.domain.tables import all_tables
from chanplan.ingest.recognise import Hints, Question
from chanplan.language import has
from chanplan.plans import calling
from chanplan.ui import session
from chanplan.ui.imports import desk
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.imports.examples import examples
from chanplan.ui.imports.naming import listed
from chanplan.ui.plain import plain
from chanplan.ui.session import language, say

# So many answers are buttons; more are a list.
MOST_BUTTONS = 8
# Pixels; a name, beside its button.
WRITTEN_WIDTH = 320
# The question whose answer may be any name.
_FREE = "channel"
_ANSWERABLE = {each.name for each in fields(Hints)}


def questions(candidates: Sequence[Candidate]) -> None:
    """One card for each different question, then what has been answered and can be taken back."""
    groups: dict[object, list[tuple[Candidate, Question]]] = {}
    for candidate in candidates:
        for question in candidate.open_questions():
            # Files of unlike headings are of unlike systems, and hardly of one channel.
            own = candidate.headers() if question.kind == _FREE else ()
            groups.setdefault((question, own), []).append((candidate, question))
    for at, asked in enumerate(groups.values()):
        _card(at, asked)
    _answers()


def _card(at: int, asked: list[tuple[Candidate, Question]]) -> None:
    question, keys = asked[0][1], [candidate.key for candidate, _ in asked]
    names = [candidate.name for candidate, _ in asked]
    with st.container(border=True, key=f"question_{at}"):
        title = _title(question.kind, len(names))
        st.markdown(f"**{title}**")
        seen = _seen(asked[0][0], question)
        st.caption(f"{listed(names)} · {seen}" if seen else listed(names))
        offered = _offered(question)
        if len(offered) > MOST_BUTTONS:
            _chosen(question, title, at, keys)
            return
        _buttons(question, offered, at, keys)
        if question.kind == _FREE:
            _written(question, title, at, keys)


def _offered(question: Question) -> list[str]:
    """Answers that a click gives: the proposal first, what the company has, what is usual."""
    if question.kind != _FREE:
        return list(question.options)
    known = session.members("channel")
    proposal = [one] if (one := _proposal(question)) else []
    if len(known) > MOST_BUTTONS:
        return proposal
    usual = say("imports.channel_usual").split("|")
    own = list(dict.fromkeys([*proposal, *question.options, *known]))
    # Two names of one thing that the company has are both its own; of the usual none is doubled.
    meant = [one for one in calling.once([*own, *usual], _FREE) if one not in own]
    return [*own, *meant][:MOST_BUTTONS]


def _proposal(question: Question) -> str | None:
    """What is proposed; a channel by the company's name for it, else in the reader's language."""
    if question.kind != _FREE or not question.proposal:
        return question.proposal
    return calling.called(question.proposal, _FREE, session.members(_FREE), language())


def _buttons(question: Question, offered: Sequence[str], at: int, keys: list[str]) -> None:
    """Each answer as a button of its own: one click is enough."""
    show = _shown(question, offered)
    with st.container(horizontal=True, gap="small"):
        for number, option in enumerate(offered):
            st.button(
                plain(show[option]),
                key=f"said_{question.kind}_{at}_{number}",
                type="primary" if option == _proposal(question) else "secondary",
                on_click=desk.answer,
                args=(question.kind, option, keys),
            )


def _written(question: Question, title: str, at: int, keys: list[str]) -> None:
    """A name typed in, or chosen where the company has many; the return key answers."""
    known = session.members("channel")
    if len(known) > MOST_BUTTONS:
        _chosen(question, title, at, keys, known)
        return
    with st.form(f"question_{question.kind}_{at}", border=False), st.container(horizontal=True):
        hint = say("imports.channel_new")
        st.text_input(
            title,
            key=_key(question.kind, at),
            placeholder=hint,
            label_visibility="collapsed",
            width=WRITTEN_WIDTH,
        )
        _submit(question.kind, at, keys, beside=True)


def _chosen(
    question: Question, title: str, at: int, keys: list[str], known: Sequence[str] = ()
) -> None:
    """A choice among what is known; a channel may also be a new name."""
    proposal, free = _proposal(question), question.kind == _FREE
    options = list(dict.fromkeys([*([proposal] if proposal else []), *question.options, *known]))
    show = _shown(question, options)
    with st.form(f"question_{question.kind}_{at}", border=False):
        st.selectbox(
            title,
            options,
            index=options.index(proposal) if proposal else None,
            format_func=lambda option: show.get(option, option),
            key=_key(question.kind, at),
            accept_new_options=free,
            placeholder=say("imports.channel_hint" if free else "imports.choose"),
            label_visibility="collapsed",
        )
        _submit(question.kind, at, keys)


def _submit(kind: str, at: int, keys: list[str], beside: bool = False) -> None:
    st.form_submit_button(
        say("imports.answer"),
        type="secondary" if beside else "primary",
        key=f"said_{kind}_{at}",
        on_click=_answered,
        args=(kind, at, keys),
    )


def _answered(kind: str, at: int, keys: list[str]) -> None:
    value = str(st.session_state.get(_key(kind, at)) or "").strip()
    if value and kind in _ANSWERABLE:
        desk.answer(kind, value, keys)


def _answers() -> None:
    """What has been said of files on the desk, each with a way back."""
    said = desk.answers()
    if not said:
        return
    names = {candidate.key: candidate.name for candidate in desk.candidates()}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for number, one in enumerate(said):
            files = listed([names[key] for key in one.keys if key in names])
            value = plain(option_label(one.kind, one.value))
            st.caption(say(f"answered.{one.kind}", value=value, files=files), width="content")
            st.button(
                say("answered.change"),
                key=f"unsay_{number}",
                type="tertiary",
                icon=":material/undo:",
                on_click=desk.take_back,
                args=(one,),
            )


def _key(kind: str, at: int) -> str:
    return f"answer_{kind}_{at}"


def _shown(question: Question, options: Sequence[str]) -> dict[str, str]:
    show = {option: option_label(question.kind, option) for option in options}
    for option, (table, headings) in zip(question.options, question.seems, strict=False):
        show[option] = _part(option, table, headings)
    return show


def _seen(candidate: Candidate, question: Question) -> str:
    """The column that the question is about, with values out of it."""
    proposal = candidate.proposal
    if proposal is None:
        return ""
    told = next(
        (one for one in proposal.choices if question.field in (one.field, one.header)), None
    )
    cells = examples(proposal, told.at) if told else []
    if told is None or not cells:
        return ""
    values = say("crumbs.join").join(map(plain, cells))
    return say("imports.seen", header=plain(told.header), values=values)


def _part(option: str, table: str | None, headings: str) -> str:
    """A part of a sheet as what it seems to be."""
    known = all_tables().get(table or "")
    seems = (known.zh if language() == "zh" else known.en) if known else say("imports.no_table")
    return say("imports.part", rows=option, table=seems, headings=plain(headings))


def option_label(kind: str, option: str) -> str:
    """A choice of ours in words; a name from the data as it is."""
    key = f"options.{kind}.{option}"
    return say(key) if has(key) else option


def _title(kind: str, count: int) -> str:
    key = f"questions.{kind}"
    return say(key, count=count) if has(key) else say("questions.other", kind=kind, count=count)
