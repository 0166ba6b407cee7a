"""Open questions, each asked once for all files that have it: which channel, which date order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from chanplan.domain.tables import all_tables
from chanplan.ingest.recognise import Hints, Question
from chanplan.language import has
from chanplan.ui import session
from chanplan.ui.imports import desk
from chanplan.ui.imports.desk import Candidate
from chanplan.ui.plain import plain
from chanplan.ui.session import language, say

# Names of files listed under a question before "and n more".
MOST_NAMES = 5
_ANSWERABLE = {each.name for each in fields(Hints)}


def questions(candidates: Sequence[Candidate]) -> None:
    """One card for each different question."""
    groups: dict[Question, list[tuple[Candidate, Question]]] = {}
    for candidate in candidates:
        for question in candidate.open_questions():
            groups.setdefault(question, []).append((candidate, question))
    for at, asked in enumerate(groups.values()):
        _card(at, asked)


def _card(at: int, asked: list[tuple[Candidate, Question]]) -> None:
    question, proposal = asked[0][1], asked[0][1].proposal
    names = [plain(candidate.name) for candidate, _ in asked]
    with st.container(border=True):
        title = _title(question.kind, len(names))
        st.markdown(f"**{title}**")
        st.caption(_listed(names))
        with st.form(f"question_{question.kind}_{at}", border=False):
            _input(question, proposal, title, _key(question.kind, at))
            st.form_submit_button(
                say("imports.answer"),
                type="primary",
                key=f"said_{question.kind}_{at}",
                on_click=_answered,
                args=(question.kind, at, [candidate.key for candidate, _ in asked]),
            )


def _answered(kind: str, at: int, keys: list[str]) -> None:
    value = str(st.session_state.get(_key(kind, at)) or "").strip()
    if value and kind in _ANSWERABLE:
        desk.answer(kind, value, keys)


def _key(kind: str, at: int) -> str:
    return f"answer_{kind}_{at}"


def _input(question: Question, proposal: str | None, title: str, key: str) -> None:
    """A choice among what is known; a channel may also be a new name."""
    free = question.kind == "channel"
    known = session.members("channel") if free else []
    options = list(dict.fromkeys([*([proposal] if proposal else []), *question.options, *known]))
    if free and not options:
        hint = say("imports.channel_new")
        st.text_input(title, key=key, placeholder=hint, label_visibility="collapsed")
        return
    show = {option: option_label(question.kind, option) for option in options}
    for option, (table, headings) in zip(question.options, question.seems, strict=False):
        show[option] = _part(option, table, headings)
    st.selectbox(
        title,
        options,
        index=options.index(proposal) if proposal else None,
        format_func=lambda option: show.get(option, option),
        key=key,
        accept_new_options=free,
        placeholder=say("imports.channel_hint" if free else "imports.choose"),
        label_visibility="collapsed",
    )


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


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:MOST_NAMES]) if language() == "zh" else ", ".join(names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return say("imports.and_more", names=shown, count=rest) if rest > 0 else shown
