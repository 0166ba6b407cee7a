"""What a page's head says of adjustments by hand that its figures hold."""

from __future__ import annotations

import streamlit as st

from chanplan.domain.adjusting import Told
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ui import navigation, session
from chanplan.ui.session import figures, say, workspace
from chanplan.workspace.reconciling import adjusting


def note(scope: Scope, base: Period | None = None, way: bool = True) -> None:
    """One line where net sales of the scope, or of the months it is compared with, hold any; with
    the way to where they are made."""
    said = sentences(scope, base)
    if said:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="xsmall", key="adjusted"
        ):
            told = say("adjusted.join").join(said)
            st.caption(f":orange[:material/edit_note:] {told}", width="content")
            if way:
                navigation.link("reconcile")


def sentences(scope: Scope, base: Period | None = None) -> list[str]:
    """What is said of the scope and of its base; nothing where neither holds an adjustment."""
    found = [("adjusted.says", _told(scope))]
    if base is not None:
        found.append(("adjusted.says_base", _told(scope.at(base))))
    return [
        say(word, money=figures().signed_money(told.money), count=told.count)
        for word, told in found
        if told is not None
    ]


def _told(scope: Scope) -> Told | None:
    return session.worked_out(_asked, scope)


def _asked(scope: Scope) -> Told | None:
    return adjusting.told(workspace(), scope)
