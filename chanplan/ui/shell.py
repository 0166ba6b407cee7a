"""What surrounds every page: the language switch, a page's head, and the empty store."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from chanplan.charts import palette
from chanplan.language import LANGUAGES
from chanplan.ui import (
    address,
    adjusted,
    comparing,
    crumbs,
    figure,
    navigation,
    rests,
    session,
    sidebar,
    tables,
    welcome,
)
from chanplan.ui.session import LANGUAGE_KEY, language, say
from chanplan.ui.view import View

_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
_SPOKEN = {"zh": "zh-CN", "en": "en"}
# Of a form, too; a button that cannot be pressed is no light one.
_PRIMARY = "[data-testid^=stBaseButton-primary]:not(:disabled)"
# One step back for one deed of a person: Streamlit puts a step into the browser's history for
# every change it makes to the address, and opening a page with its choices makes two or three.
_ONE_STEP = """
if (!window.stepsAreDeeds) {
  window.stepsAreDeeds = true;
  let deed = false;
  for (const kind of ["pointerdown", "keydown", "click"])
    window.addEventListener(kind, () => { deed = true; }, true);
  const add = history.pushState.bind(history), change = history.replaceState.bind(history);
  history.pushState = (...step) => { (deed ? add : change)(...step); deed = false; };
}
"""
# The marks “ ” ‘ ’ of a font for Latin letters, where the page is in English: of the fonts that
# systems have, whichever is there. .streamlit/config.toml asks for it first.
_LATIN_QUOTES = """
@font-face {
  font-family: "Latin quotes";
  src: local("Helvetica Neue"), local("Segoe UI"), local("Arial"), local("Roboto"),
    local("Liberation Sans"), local("DejaVu Sans"), local("Noto Sans");
  unicode-range: U+2018-201D;
}
"""
# What stands chosen in a list of several.
_CHOSEN = "[data-testid=stMultiSelect] span[title]"


def frame() -> None:
    """The part of the sidebar that every page has: which language."""
    tables.under(None)
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
        address.write(LANGUAGE_KEY, chosen, session.usual_language())
        _for_every_eye()


def _for_every_eye() -> None:
    """What Streamlit has no setting for: the page's language, read aloud in the right voice,
    one step of the browser's history for one deed, and readable words on the primary buttons
    and chosen members of the dark page, where it writes white on light.

    The language is one of ours, never text of a person's.
    """
    if figure.look() is palette.DARK:
        st.html(f"<style>{_PRIMARY} p, {_CHOSEN} {{ color: {palette.DARK.edge}; }}</style>")
    if language() == "en":
        st.html(f"<style>{_LATIN_QUOTES}</style>")
    spoken = _SPOKEN[language()]
    st.html(
        f"<script>document.documentElement.lang = '{spoken}';{_ONE_STEP}</script>",
        unsafe_allow_javascript=True,
    )


def analysis_page(name: str) -> View:
    """Title, sidebar and head line of a page that reads sales; stops where there are none."""
    coverage = session.coverage()
    at_the_door = coverage is None and name == navigation.OVERVIEW
    st.title(say("welcome.title" if at_the_door else f"{name}.title"))
    if coverage is None:
        empty(name)
        st.stop()
    view = sidebar.view(coverage)
    st.caption(head_line(view))
    rests.badge(view.scope)
    rests.currencies(view.scope)
    adjusted.note(view.scope, view.base)
    crumbs.show(view)
    if view.notes:
        st.warning("  \n".join(view.notes))
    comparing.offer_both(view)
    return view


def plain_page(name: str) -> None:
    """Title and purpose of a page without a period."""
    st.title(say(f"{name}.title"))
    st.caption(say(f"{name}.help"))


def empty(name: str) -> None:
    """What a page says before there is anything to show: what it will answer, and two doors."""
    st.markdown(say("welcome.says" if name == navigation.OVERVIEW else f"{name}.empty"))
    welcome.doors()


def stop(sentence: str) -> NoReturn:
    """End a page that has nothing to read, with the reason."""
    st.info(sentence)
    st.stop()


def head_line(view: View) -> str:
    """订单口径 · 含税 · 2024年1月–12月 · 数据截至 …: what every number below is."""
    return " · ".join(view.told)
