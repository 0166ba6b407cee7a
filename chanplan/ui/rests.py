"""The quiet line in a page's head: whether its figures are all that the files hold."""

from __future__ import annotations

import streamlit as st

from chanplan.analysis import moneys
from chanplan.analysis.resting import Resting
from chanplan.domain.scope import Scope
from chanplan.ui import exchanged, navigation, session
from chanplan.ui.closing import standing
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say

_SIGNS = {"whole": ":material/verified:", "aside": ":material/rule:", "off": ":material/balance:"}


def badge(scope: Scope, reconciling: bool = False) -> None:
    """One line: all is in and agrees, or what is not; the way to the files' own rows and sums,
    and, where several sources tell, to holding them against each other."""
    found = session.rests_on(scope)
    if not found.files:
        return
    told, sign = sentence(found), _SIGNS[found.state]
    colour = "green" if found.state == "whole" else "orange"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="rests"):
        standing.show(scope)
        st.caption(f":{colour}[{sign}] {told}", help=counted(found), width="content")
        navigation.link("data")
        if found.sources > 1 and not reconciling:
            navigation.link("reconcile")


def currencies(scope: Scope) -> None:
    """Why money is missing everywhere: it is in several currencies, each with its sources."""
    found = moneys.of_sources(session.ask(moneys.query(scope)))
    if len(found) > 1:
        told = [
            say("rests.currency", currency=plain(code), sources=[plain(name) for name in names])
            for code, names in found.items()
        ]
        said = [say("rests.currencies", currencies=told), exchanged.lacking(scope.period)]
        st.warning("  \n".join(filter(None, said)), icon=":material/currency_exchange:")
        navigation.link("company")


def sentence(found: Resting) -> str:
    """What the figures rest on, as short as it can be said."""
    write = figures()
    values = {
        "files": write.count(found.files),
        "loaded": write.count(found.loaded),
        "aside": write.count(found.set_aside),
        "money": _money(found),
        "off": write.count(found.off),
        "by": write.exact(found.off_by),
    }
    if found.state == "off":
        return say("rests.off_aside" if found.set_aside else "rests.off", **values)
    if found.state == "aside":
        return say("rests.aside", **values)
    return say("rests.whole_stated" if found.stated else "rests.whole", **values)


def _money(found: Resting) -> str:
    """The money of rows set aside, where any of it can be read."""
    money = found.money_aside
    return say("rests.money", money=figures().exact(money)) if money else ""


def counted(found: Resting) -> str:
    """Rows of the files = loaded + set aside + skipped; how many files have their own total."""
    write = figures().count
    rows = say(
        "imports.rows",
        file=write(found.in_files),
        loaded=write(found.loaded),
        set_aside=write(found.set_aside),
        skipped=write(found.skipped),
    )
    return say("rests.counted", rows=rows, stated=write(found.stated), files=write(found.files))
