"""The unusual of a scope, below what happened: a sentence each, and the way to its lines."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chanplan.analysis import unusual
from chanplan.analysis.unusual import Unusual
from chanplan.ui import crumbs, findings, navigation, session, sidebar
from chanplan.ui.session import say
from chanplan.ui.view import View

# Dimensions that a page is about; the overview tells everything.
ABOUT = {
    "channels": {"channel", "partner"},
    "products": {"category", "series", "product"},
}
# The sentence and the button beside it.
SENTENCE = [6, 1]


def show(view: View, page: str) -> None:
    """At most five findings with their ordinary range, or one line that there is none."""
    report = session.unusual_in(view.scope)
    kept = [each for each in report.findings if _is_about(each, page)]
    if report.silence is not None:
        [silent] = unusual.findings(report)
        st.caption(findings.tell(silent, view.compare))
    elif not kept:
        st.caption(say("unusual.elsewhere", count=len(report.findings)))
    else:
        _listed(view, page, kept)


def _listed(view: View, page: str, kept: Sequence[Unusual]) -> None:
    with st.container(border=True, gap="small", key="unusual"):
        st.markdown(f"**{say('unusual.title')}**", help=say("unusual.help"))
        for at, each in enumerate(kept):
            told = findings.tell(unusual.finding(each), view.compare)
            left, right = st.columns(SENTENCE, vertical_alignment="center")
            left.markdown(told)
            with right:
                _way(each, page, at)


def _way(each: Unusual, page: str, at: int) -> None:
    """The button that keeps only these lines and opens the page that shows them."""
    wanted = unusual.shown_by(each, sidebar.offers)
    if not wanted:
        return
    pressed = st.button(
        say("unusual.open"),
        key=f"unusual_{at}",
        icon=":material/arrow_forward:",
        type="tertiary",
        on_click=_keep,
        args=(wanted,),
    )
    target = unusual.page(each)
    if pressed and target != page:
        st.switch_page(navigation.path(target))


def _keep(wanted: dict[str, str]) -> None:
    for dimension, member in wanted.items():
        crumbs.keep(dimension, member)


def _is_about(each: Unusual, page: str) -> bool:
    about = ABOUT.get(page)
    return about is None or any(dimension in about for dimension, _ in each.where)
