"""Around the care list: the workbook there and back, what came of it, the playbook, undo."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis.customers.outcome import LEAST, WITHIN_DAYS, Outcome
from chanplan.domain.care import STATES
from chanplan.domain.errors import ChanplanError
from chanplan.domain.masking import masked
from chanplan.domain.playbook import LEAST_DAYS, MOST_DAYS, Play
from chanplan.reports import care_book
from chanplan.reports.care_book import Told
from chanplan.ui import guard, population, session, tables, uploader
from chanplan.ui.care import wording
from chanplan.ui.care.wording import Found
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace import care_files
from chanplan.workspace.customers import care_items

_READ, _BACK, _PLAYED = "care_read", "care_back", "care_played"
# Rows of a workbook that anybody works through.
MOST_SAVED = 5000


def exchange(found: Found) -> None:
    """The list as a workbook, and a workbook read back by key."""
    st.header(say("care_list.exchange"), anchor=False)
    st.caption(say("care_list.exchange_says"))
    whole, tongue = session.unmasked(), language()
    names = {one: wording.name_of(found, one) for one in found.listed["customer"].head(MOST_SAVED)}
    words = {one: wording.state(one) for one in STATES}
    told, sheet = _told_columns(), say("care_list.file")
    reasons = [wording.reason(row) for row in found.listed.head(MOST_SAVED).to_dict("records")]

    def made() -> bytes:
        rows = []
        for row, why in zip(found.listed.head(MOST_SAVED).to_dict("records"), reasons, strict=True):
            customer = str(row["customer"])
            said = {str(name): cell for name, cell in row.items()}
            said |= {"customer": customer if whole else masked(customer), "reason": why}
            said |= {"name": names[customer], "state": words[row["state"]]}
            rows.append({**said, "population": found.asked.population, "version": found.version})
        return care_book.workbook(rows, told, list(words.values()), tongue, sheet)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            say("care_list.download"), made, f"{sheet}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="care_xlsx", on_click="ignore", icon=":material/download:",
            disabled=found.listed.empty,
        )  # fmt: skip
        _undo()
    file = st.file_uploader(say("care_list.upload"), key="care_upload", type=["xlsx", "csv", "xls"])
    uploader.speak(say("care_list.upload_button"), say("care_list.upload_limits"))
    if file is not None and st.session_state.get(_READ, (None,))[0] != file.file_id:
        _read(file.file_id, file.name, file.getvalue(), found)
        st.rerun()
    _read_told(found)


def _told_columns() -> list[Told]:
    return [
        Told("name", say("care_list.name"), width=24),
        Told("reason", say("care_list.reason"), width=48),
        Told("at_risk", say("care_list.at_risk"), "money"),
        Told("usual", say("care_list.usual"), "money"),
        Told("suggested", say("care_list.suggested"), width=40),
        Told("next_visit", say("care_list.next_visit"), "date"),
    ]


def _read(mark: str, name: str, data: bytes, found: Found) -> None:
    try:
        done: Any = care_files.read_back(workspace(), name, data, found.asked)
    except ChanplanError as fault:
        done = fault
    st.session_state[_READ] = (mark, done)


def _read_told(found: Found) -> None:
    """How many rows were taken, and which were not, and why."""
    _, done = st.session_state.get(_READ, (None, None))
    if isinstance(done, ChanplanError):
        guard.show(done)
    if done is None or isinstance(done, ChanplanError):
        return
    now = care_files.told(workspace(), done.batch, done.already)
    by_key = int(done.fates.get("unknown", 0)) - int((now.untaken["fate"] == "unknown").sum())
    st.success(say("care_list.read", taken=now.fates.get("taken", 0) + max(by_key, 0),
                   same=now.fates.get("same", 0)))  # fmt: skip
    if now.untaken.empty:
        return
    st.warning(say("care_list.untaken", count=len(now.untaken)), icon=":material/sync_problem:")
    rows = now.untaken.assign(
        why=[say(f"care_list.fate_{one}") for one in now.untaken["fate"]],
        over=[wording.moment(at) if at else "" for at in now.untaken["over_at"].fillna("")],
    )
    columns = [
        Column("line", say("set_aside.line"), "count"),
        Column("customer", population.name(found.asked.population)),
        Column("why", say("care_list.why"), width=320),
        Column("over_by", say("history.by")),
        Column("over", say("history.at")),
        Column("owner", say("care_list.owner")),
        Column("state", say("care_list.state")),
        Column("result", say("care_list.result")),
    ]
    tables.show(rows, columns, "care_untaken", say("care_list.untaken_alt"))
    if (now.untaken["fate"] == "late").any():
        st.button(
            say("care_list.take_late"),
            key="care_take_late",
            on_click=_take,
            args=(done.batch,),
            help=say("care_list.take_late_help"),
        )


def _take(batch: int) -> None:
    care_files.take_late(workspace(), batch)


def _undo() -> None:
    fault = st.session_state.pop(_BACK, None)
    if fault is not None:
        guard.show(fault)
    newest = care_items.newest(workspace().store)
    if newest is not None:
        st.button(say("care_list.undo", count=newest[1]), key="care_undo", icon=":material/undo:",
                  on_click=_take_back, args=(newest[0],))  # fmt: skip


def _take_back(seq: int) -> None:
    try:
        care_items.take_back(workspace(), seq)
    except ChanplanError as fault:
        st.session_state[_BACK] = fault


def outcome(found: Found) -> None:
    """Who bought again after being spoken to, beside similar customers who were not."""
    st.header(say("care_list.outcome"), anchor=False)
    told = session.worked_out(_outcome, found.asked)
    write = figures()
    if not told.contacted:
        st.caption(say("care_list.outcome_none", days=WITHIN_DAYS, pending=told.pending))
        return
    values = {
        "contacted": write.count(told.contacted), "bought": write.count(told.bought),
        "days": WITHIN_DAYS, "matched": write.count(told.matched),
        "similar": write.count(told.similar), "share": write.percent(told.share),
        "expected": write.percent(told.expected), "least": LEAST,
        "difference": write.points(told.difference), "margin": write.points(told.margin),
    }  # fmt: skip
    st.markdown(
        say("care_list.outcome_enough" if told.enough else "care_list.outcome_few", **values)
    )
    st.caption(say("care_list.outcome_help", pending=told.pending, days=WITHIN_DAYS))


def _outcome(asked: Any) -> Outcome:
    return workspace().customers.care.outcome(asked)


def playbook(found: Found) -> None:
    """What to do with each segment, and how often: edited by everybody, kept in the journal."""
    with st.expander(say("care_list.playbook")):
        st.caption(say("care_list.playbook_says"))
        late = st.session_state.pop(_PLAYED, ())
        if isinstance(late, ChanplanError):
            guard.show(late)
        elif late:
            names = "、".join(wording.segment(one.segment) for one in late)
            st.warning(say("care_list.play_late", segments=plain(names)))
        plays = list(care_items.playbook(workspace().store, language()).values())
        key = f"care_plays_{workspace().version}_{language()}"
        st.data_editor(
            pd.DataFrame(
                {
                    "segment": [wording.segment(one.segment) for one in plays],
                    "action": [one.action for one in plays],
                    "days": [one.days for one in plays],
                    "own": [one.own for one in plays],
                }
            ),
            column_config={
                "segment": st.column_config.TextColumn(say("care_list.segment"), width=130),
                "action": st.column_config.TextColumn(say("care_list.suggested"), width=560),
                "days": st.column_config.NumberColumn(
                    say("care_list.days"), min_value=LEAST_DAYS, max_value=MOST_DAYS, step=1
                ),
                "own": st.column_config.CheckboxColumn(say("care_list.own"), width=80),
            },
            disabled=["segment", "own"], hide_index=True, num_rows="fixed", key=key,
            on_change=_played, args=(key, plays, workspace().version, language()),
            placeholder="", alt=say("care_list.playbook"),
        )  # fmt: skip


def _played(key: str, plays: list[Play], version: int, tongue: Any) -> None:
    words = []
    for at, cells in st.session_state[key]["edited_rows"].items():
        one = plays[int(at)]
        days = cells.get("days", one.days)
        words.append(
            Play(one.segment, cells.get("action", one.action) or "", int(days or one.days))
        )
    try:
        st.session_state[_PLAYED] = care_items.write_plays(workspace(), words, version, tongue)
    except ChanplanError as fault:
        st.session_state[_PLAYED] = fault
