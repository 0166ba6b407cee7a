"""What the reader has narrowed down to, on every page: each filter can be taken off, or all."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chanplan.domain.period import Period, shift
from chanplan.ui import figure, periods
from chanplan.ui.plain import plain
from chanplan.ui.session import say
from chanplan.ui.view import View

# Names shown of a filter of many members.
MOST_NAMES = 3


def show(view: View) -> None:
    """One line of filters in force under a page's title; nothing where there are none."""
    if not view.scope.where:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="crumbs"):
        st.markdown(f":material/filter_alt: {say('crumbs.all')}", width="content")
        for dimension, chosen in view.scope.where:
            st.button(
                f"{figure.dimension_name(dimension)} › {_named(dimension, chosen)}",
                key=f"crumb_{dimension}",
                icon=":material/close:",
                help=say("crumbs.drop"),
                on_click=_drop,
                args=(dimension,),
            )
        names = [dimension for dimension, _ in view.scope.where]
        st.button(
            say("crumbs.reset"), key="crumb_reset", type="tertiary", on_click=_drop, args=names
        )


def keep(dimension: str, *members: str | None) -> None:
    """Keep only these members, on every page. A chart tells a click more than once: saying it
    again changes nothing."""
    st.session_state[dimension] = [member or figure.NOT_STATED for member in members]


def keep_span(dimension: str, member: str) -> None:
    """Keep only the months of a member of the calendar, on every page."""
    st.session_state.update(periods.choices_of(dimension, int(member)))


def keep_months(length: int) -> Callable[[str | None], None]:
    """What a click on the last month of a span does: keep the `length` months that end with it."""

    def clicked(month: str | None) -> None:
        last = int(str(month))
        span = Period(shift(last, 1 - length), last)
        st.session_state.update(periods.choices_of_span(span))

    return clicked


def toggle(dimension: str, member: str | None) -> None:
    """Keep only this member, on every page; the same again takes the filter off."""
    wanted = [member or figure.NOT_STATED]
    st.session_state[dimension] = [] if st.session_state.get(dimension) == wanted else wanted


def keep_only(dimension: str, member: str, name: str) -> None:
    """The button beside an opened member that narrows every page to it, or undoes that."""
    kept = st.session_state.get(dimension) == [member]
    st.button(
        say("crumbs.undo" if kept else "crumbs.only", name=name),
        key=f"only_{dimension}",
        icon=":material/filter_alt_off:" if kept else ":material/filter_alt:",
        on_click=toggle,
        args=(dimension, member),
    )


def _drop(*dimensions: str) -> None:
    for dimension in dimensions:
        st.session_state[dimension] = []


def _named(dimension: str, chosen: tuple[str, ...]) -> str:
    names = [plain(name) for name in figure.names_of(dimension, chosen[:MOST_NAMES])]
    more = len(chosen) - MOST_NAMES
    joined = say("crumbs.join").join(names)
    return say("crumbs.more", names=joined, count=more) if more > 0 else joined
