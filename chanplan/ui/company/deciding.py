"""Words of the company on its counting: what stands, what others would move, and the save."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import guard, history, tables
from chanplan.ui.company import moving, sheet
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace import company_moves, saying

Words = Mapping[str, str | None]
_TRIED = "company_words_tried"


def stands(keys: Collection[str]) -> None:
    """Since when, by whom and why, and the button that takes the newest deed back."""
    found = saying.words(workspace().store, keys)
    before = saying.before(workspace().store, keys)
    if not found and not before:
        st.caption(say("company.words_none"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        for word in found[:1]:
            values = {"at": history.moment(word.at), "by": plain(word.by)}
            code = "company.words_why" if word.reason else "company.words_stand"
            st.caption(say(code, reason=plain(word.reason or ""), **values), width="content")
        st.button(
            say("company.undo"),
            key=f"company_undo_{'_'.join(sorted(keys))}",
            icon=":material/undo:",
            type="tertiary",
            help=say("company.words_undo_help"),
            on_click=_say,
            args=(before, say("company.undo")),
        )


def change(words: Words, key: str) -> None:
    """What another word than the one that stands would move, and the form to say it."""
    stood = {name: getattr(workspace().company.said, name) for name in words}
    fresh = {name: value for name, value in words.items() if value != _text(stood[name])}
    if not fresh:
        st.caption(say("company.words_same"))
        return
    asked = (key, workspace().version, tuple(sorted(fresh.items(), key=str)))
    st.button(
        say("company.try"),
        key=f"company_try_{key}",
        icon=":material/preview:",
        on_click=_try,
        args=(asked, fresh),
    )
    tried = st.session_state.get(_TRIED)
    if tried is None or tried[0] != asked:
        st.caption(say("company.try_first"))
        return
    if isinstance(tried[1], ChanplanError):
        guard.show(tried[1])
        return
    moves, renamed = tried[1]
    free = moving.told(moves, key)
    _renamed(renamed, key)
    if free:
        _form(fresh, key)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _try(asked: object, words: Words) -> None:
    space = workspace()
    try:
        found: object = (company_moves.moves(space, words), company_moves.renamed(space, words))
    except ChanplanError as fault:
        found = fault
    st.session_state[_TRIED] = (asked, found)


def _renamed(renamed: pd.DataFrame, key: str) -> None:
    """Months that lie in another fiscal year or quarter; their figures stay."""
    if renamed.empty:
        return
    write = figures()
    first, last = int(renamed["month"].iloc[0]), int(renamed["month"].iloc[-1])
    st.markdown(
        say("company.renamed", months=len(renamed), first=write.month(first),
            last=write.month(last))
    )  # fmt: skip
    shown = pd.DataFrame(
        {
            "month": [write.month(int(month)) for month in renamed["month"]],
            **{
                f"{part}_{when}": [
                    written(int(value)) for value in renamed[f"fiscal_{part}_{when}"]
                ]
                for part, written in (
                    ("year", write.fiscal_year),
                    ("quarter", write.fiscal_quarter),
                )
                for when in ("before", "after")
            },
        }
    )
    columns = [Column("month", say("company.month"))] + [
        Column(f"{part}_{when}", say(f"company.{part}_{when}"))
        for part in ("year", "quarter")
        for when in ("before", "after")
    ]
    tables.show(shown, columns, f"company_renamed_{key}", say("company.renamed_alt"), (),
                say("company.renamed_file"))  # fmt: skip


def _form(words: Words, key: str) -> None:
    with st.form(f"company_words_{key}", border=True):
        reason = f"company_words_reason_{key}_{workspace().version}"
        st.text_input(say("company.reason"), key=reason, max_chars=200,
                      placeholder=say("company.reason_hint"))  # fmt: skip
        st.form_submit_button(
            say("company.save"),
            type="primary",
            icon=":material/save:",
            on_click=_save,
            args=(words, reason),
        )


def _save(words: Words, reason: str) -> None:
    _say(words, " ".join(str(st.session_state.get(reason) or "").split()) or None)


def _say(words: Words, reason: str | None) -> None:
    try:
        workspace().company.say_all(words, reason)
    except ChanplanError as fault:
        sheet.refused(fault)
        return
    sheet.did(say("company.words_said"))
