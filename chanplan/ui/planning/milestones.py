"""Milestones: what is to be reached by which day, by whom, and how far it is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.domain.targets import target_measures
from chanplan.ui import session
from chanplan.ui.outcome import Outcome
from chanplan.ui.planning import asked
from chanplan.ui.planning.choosing import named
from chanplan.ui.session import say, workspace
from chanplan.workspace import plan_files

_SAID = Outcome("plan_milestone_fault")
# State → how uploads write it; what none of them is stays as it is written.
STATES = {
    "open": ("open", "未开始", "待开始", "not begun", "not started"),
    "underway": ("underway", "进行中", "under way", "in progress"),
    "done": ("done", "已完成", "完成", "completed", "complete"),
    "missed": ("missed", "未达成", "未完成", "逾期", "overdue"),
}


def show(year: int) -> None:
    """The list as an editor: a line more is a milestone more; one button keeps the list."""
    _SAID.tell()
    st.caption(say("planning.milestones_how"))
    found = _told()
    shown = {one: say(f"planning.state_{one}") for one in STATES}
    written = [one for one in found["state"].unique() if one and one not in STATES]
    edited = st.data_editor(
        found,
        column_config={
            "milestone": st.column_config.TextColumn(say("planning.milestone"), required=True),
            "due": st.column_config.DateColumn(
                say("planning.due"), format="YYYY-MM-DD", required=True
            ),
            "measure": st.column_config.SelectboxColumn(
                say("planning.measure"), options=list(target_measures()), format_func=_named
            ),
            "value": st.column_config.NumberColumn(say("planning.to_reach"), format="%,.2f"),
            "channel": st.column_config.SelectboxColumn(
                say("planning.channel"), options=session.members("channel")
            ),
            "owner": st.column_config.TextColumn(say("planning.owner")),
            "state": st.column_config.SelectboxColumn(
                say("planning.state"),
                options=[*STATES, *written],
                format_func=lambda one: shown.get(str(one), str(one)),
            ),
        },
        hide_index=True,
        num_rows="dynamic",
        key=f"plan_milestones_{year}_{workspace().version}",
        placeholder="",
        alt=say("planning.milestones"),
    )
    same = edited.reset_index(drop=True).equals(found.reset_index(drop=True))
    st.button(
        say("planning.milestones_save"),
        key="plan_milestones_save",
        icon=":material/flag:",
        disabled=same,
        on_click=_save,
        args=(edited,),
    )


def _told() -> pd.DataFrame:
    found = asked.milestones()
    kept: pd.DataFrame = found.assign(
        due=pd.to_datetime(found["due"]).dt.date,
        value=found["value"].astype(float),
        **{
            name: found[name].astype(object).where(found[name].notna(), None)
            for name in ("milestone", "measure", "channel", "owner", "state")
        },
    )
    states = [_state(one) for one in kept["state"]]
    return kept.assign(state=pd.Series(states, index=kept.index, dtype=object))


def _state(written: str | None) -> str | None:
    bare = (written or "").strip().casefold()
    return next((one for one, words in STATES.items() if bare in words), written)


def _named(measure: object) -> str:
    return named(str(measure))


def _save(frame: pd.DataFrame) -> None:
    try:
        plan_files.save_milestones(workspace(), frame.reset_index(drop=True))
    except ChanplanError as fault:
        _SAID.refused(fault)
