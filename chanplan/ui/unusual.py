"""The unusual of a scope, below what happened: a sentence each, and the way to its lines."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chanplan.analysis import moved_events, unusual
from chanplan.analysis.unusual import Unusual
from chanplan.ui import comparing, crumbs, findings, navigation, session, sidebar
from chanplan.ui.findings import Sentences
from chanplan.ui.session import say
from chanplan.ui.view import View

# Dimensions that a page is about; the overview tells everything.
ABOUT = {
    "channels": {"channel", "partner"},
    "products": {"category", "series", "product"},
}
# The sentence and the button beside it.
SENTENCE = [6, 1]
# The page that a pressed button opens, for the run that follows.
_OPENS = "_unusual_opens"


def show(view: View, page: str) -> list[Sentences]:
    """At most five findings with their ordinary range, handed back; or one line that there is
    none."""
    opens = st.session_state.pop(_OPENS, page)
    if opens != page:
        # With its address as it stands: what was chosen there goes along.
        address = {name: st.query_params.get_all(name) for name in st.query_params}
        st.switch_page(navigation.path(opens), query_params=address)
    report = session.unusual_in(view.scope)
    kept = [each for each in report.findings if _is_about(each, page)]
    if report.silence is not None:
        [silent] = unusual.findings(report)
        st.caption(findings.tell(silent, view.compare))
    elif not kept:
        st.caption(say("unusual.elsewhere", count=len(report.findings)))
    else:
        return _listed(view, kept)
    return []


def _listed(view: View, kept: Sequence[Unusual]) -> list[Sentences]:
    said = []
    with st.container(border=True, gap="small", key="unusual"):
        st.markdown(f"**{say('unusual.title')}**", help=say("unusual.help"))
        for at, each in enumerate(kept):
            left, right = st.columns(SENTENCE, vertical_alignment="center")
            with left:
                said.append(findings.write([unusual.finding(each)], view.compare))
            with right:
                _way(each, at)
        _events(view)
    return said


def _events(view: View) -> None:
    """The company's own events of the period, which may be the reason."""
    own = [event for event in session.events() if not event.cancelled]
    held = moved_events.within(view.period, own, session.workspace().counting.cut)
    if held:
        write = session.figures()
        told = [
            say("events.of_days", name=comparing.event_name(one), first=write.date(one.start),
                last=write.date(one.last))
            for one in held.values()
        ]  # fmt: skip
        st.caption(say("unusual.events", events=told))


def _way(each: Unusual, at: int) -> None:
    """The button that keeps only these lines and opens the page that shows them."""
    wanted = unusual.shown_by(each, sidebar.offers)
    if not wanted:
        return
    st.button(
        say("unusual.open"),
        key=f"unusual_{at}",
        icon=":material/arrow_forward:",
        type="tertiary",
        on_click=_keep,
        args=(wanted, unusual.page(each)),
    )


def _keep(wanted: dict[str, str], target: str) -> None:
    """Narrowed down, the finding and its button are no longer there to say where they lead."""
    st.session_state[_OPENS] = target
    for dimension, member in wanted.items():
        crumbs.keep(dimension, member)


def _is_about(each: Unusual, page: str) -> bool:
    about = ABOUT.get(page)
    return about is None or any(dimension in about for dimension, _ in each.where)
