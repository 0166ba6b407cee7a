"""What surrounds every page: the language switch, a page's head, and the empty store."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from chanplan.language import LANGUAGES
from chanplan.ui import address, navigation, session, sidebar
from chanplan.ui.session import LANGUAGE_KEY, language, say
from chanplan.ui.view import View

_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def frame() -> None:
    """The part of the sidebar that every page has: which language."""
    with st.sidebar:
        chosen = language()
        st.segmented_control(
            say("app.language"),
            LANGUAGES,
            key=LANGUAGE_KEY,
            format_func=lambda code: _LANGUAGE_NAMES[code],
            required=True,
            label_visibility="collapsed",
            width="stretch",
            persist_state="session",
        )
        address.write(LANGUAGE_KEY, [chosen])


def analysis_page(name: str) -> View:
    """Title, sidebar and head line of a page that reads sales; stops where there are none."""
    st.title(say(f"{name}.title"))
    coverage = session.coverage()
    if coverage is None:
        empty(name)
        st.stop()
    view = sidebar.view(coverage)
    st.caption(head_line(view))
    if view.notes:
        st.warning("  \n".join(view.notes))
    return view


def plain_page(name: str) -> None:
    """Title and purpose of a page without a period."""
    st.title(say(f"{name}.title"))
    st.caption(say(f"{name}.help"))


def empty(name: str) -> None:
    """What a page says before there is anything to show: what it will answer, what to do."""
    with st.container(border=True):
        st.subheader(say("empty.title"))
        st.markdown(say(f"{name}.empty"))
        st.markdown(say("empty.what_to_do"))
        if st.button(say("empty.go"), type="primary", icon=":material/upload_file:"):
            st.switch_page(navigation.path(navigation.IMPORTS))


def stop(sentence: str) -> NoReturn:
    """End a page that has nothing to read, with the reason."""
    st.info(sentence)
    st.stop()


def head_line(view: View) -> str:
    """订单口径 · 含税 · 2024年1月–12月 · 数据截至 …: what every number below is."""
    return " · ".join(view.told)
