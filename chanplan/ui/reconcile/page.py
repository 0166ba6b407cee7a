"""The page from its head to its tabs: what counts, two sources, one partner, finance, adjusting."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chanplan.analysis.reconcile import story
from chanplan.analysis.story import Finding
from chanplan.domain.scope import Scope
from chanplan.ui import address, adjusted, rests, session, shell, sidebar
from chanplan.ui.plain import plain
from chanplan.ui.reconcile import adjusting, asked, finance, pair, partner, said, sources
from chanplan.ui.session import figures, say

_TABS: dict[str, Callable[[Scope], None]] = {
    "sources": sources.show,
    "pair": pair.show,
    "partner": partner.show,
    "finance": finance.show,
    "adjust": adjusting.show,
}


def show() -> None:
    """The page; where nothing has come in, what it will answer."""
    coverage = session.coverage()
    st.title(say("reconcile.title"))
    if coverage is None:
        shell.empty("reconcile")
        return
    scope = sidebar.stretch(coverage)
    span = figures().span(scope.period.first, scope.period.last)
    st.caption(" · ".join([say(f"basis.{scope.basis}"), say(f"tax.{scope.tax}"), span]))
    rests.badge(scope, reconciling=True)
    adjusted.note(scope, way=False)
    said.told()
    _headline(scope)
    titles = {name: say(f"reconcile.tab_{name}") for name in _TABS}
    for name, tab in address.tabs("section", titles):
        if tab.open:
            with tab:
                _TABS[name](scope)


def _headline(scope: Scope) -> None:
    """One sentence of the sources, one of finance; all bases have their say."""
    tied = asked.tied(asked.ties(scope.period))
    first, second = story.story(asked.ruled(scope), asked.conflicts(scope), tied)
    st.header(_sentence(first), anchor=False)
    st.markdown(_sentence(second))


def _sentence(found: Finding) -> str:
    write = figures()
    values = dict(found.values)
    ways = {"first": "", "last": "", "month": ""}
    told: dict[str, object] = {name: value for name, value in values.items() if name not in ways}
    if "first" in values:
        told["span"] = write.span(int(str(values["first"])), int(str(values["last"])))
    if "month" in values:
        told["month"] = write.month(int(str(values["month"])))
    for name in ("stake", "difference"):
        if name in values:
            told[name] = write.money(abs(values[name]))  # type: ignore[arg-type]
    if "difference" in values:
        less = values["difference"] < 0  # type: ignore[operator]
        told["way"] = say("reconcile.less" if less else "reconcile.more")
        place = [values["source"] or say("reconcile.all_sources"), values["channel"]]
        told["source"] = plain(" · ".join(str(one) for one in place if one))
    elif "source" in values:
        told["source"] = plain(values["source"])
    if "channel" in values:
        told["channel"] = plain(values["channel"] or say("members.missing"))
    if "sources" in values:
        told["sources"] = [plain(name) for name in values["sources"]]  # type: ignore[attr-defined]
    return say(f"reconcile.says_{found.code}", **told)
