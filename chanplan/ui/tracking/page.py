"""The head of the page of targets: title, choices, head line; and what to do without targets."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import (
    adjusted,
    comparing,
    navigation,
    rests,
    session,
    shell,
    sidebar,
    tables,
    welcome,
)
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tracking.choice import Choice, adds_up, choose


def page() -> Choice:
    """Title, choices and head line; stops, with what to do, where nothing can be tracked."""
    coverage, levels = session.coverage(), _levels()
    st.title(say("targets.title"))
    if coverage is None:
        if len(levels):
            st.info(
                say("targets.no_sales_at_all", count=figures().count(int(levels["rows"].sum())))
            )
        else:
            st.markdown(say("targets.empty"))
        welcome.doors()
        st.stop()
    view = sidebar.view(coverage)
    known = sorted(
        (str(name) for name in levels["measure"] if name in catalogue().measures),
        key=lambda name: not adds_up(name),
    )
    if not known:
        st.caption(say("targets.help"))
        nothing_set(levels)
        st.stop()
    named = {str(row["measure"]): row for row in levels.to_dict("records")}
    choice = choose(view, named, known, coverage)
    view = replace(view, told=tuple(_told(choice)))
    st.caption(shell.head_line(view))
    tables.under(shell.head_line(view))
    rests.badge(choice.scope)
    adjusted.note(choice.scope)
    st.caption(say("targets.own_months"))
    for basis, tax, rows in session.worked_out(_elsewhere, choice.scope, choice.measure):
        told = [say(f"basis.{basis}")] * bool(basis) + [say(f"tax.{tax}")] * bool(tax)
        st.caption(say("targets.elsewhere", count=rows, named=" · ".join(told)))
    return replace(choice, view=view)


def nothing_set(levels: pd.DataFrame) -> None:
    """There is no target: where one is made, and where one is brought."""
    st.info(say("targets.none" if levels.empty else "targets.none_known"))
    navigation.link(navigation.IMPORTS)
    navigation.link("planning")


def _levels() -> pd.DataFrame:
    return session.worked_out(_target_levels)


def _target_levels() -> pd.DataFrame:
    return workspace().targets.levels()


def _elsewhere(scope: Scope, measure: str) -> list[tuple[str | None, str | None, int]]:
    found = workspace().targets.elsewhere(scope, measure).to_dict("records")
    return [
        (None if pd.isna(row["basis"]) else str(row["basis"]),
         None if pd.isna(row["tax"]) else str(row["tax"]), int(row["rows"]))
        for row in found
    ]  # fmt: skip


def _told(choice: Choice) -> list[str]:
    """Basis, tax, attributes and data date; the months are the targets' own."""
    coverage = session.coverage()
    said = [say(f"basis.{choice.scope.basis}"), say(f"tax.{choice.scope.tax}"), choice.span]
    said += comparing.attributes_told(choice.scope)
    if choice.as_of:
        said.append(say("targets.judged_to", day=figures().date(choice.as_of)))
    if coverage and coverage.data_date:
        said.append(say("head.data_date", day=figures().date(coverage.data_date)))
    if coverage and coverage.latest and coverage.latest != coverage.data_date:
        said.append(say("head.latest", day=figures().date(coverage.latest)))
    return said
