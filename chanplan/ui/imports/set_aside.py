"""Rows that were not loaded: why, how many, how much; mended here or in a workbook.

Either way the same workbook comes in as an import of its own, so that there is one way back.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import setting_aside
from chanplan.domain.recipe import Recipe
from chanplan.reports import set_aside as report
from chanplan.reports.set_aside import Edits
from chanplan.ui import guard, session, tables
from chanplan.ui.imports import run
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.imports.run import Run
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column
from chanplan.ui.worker import watch

_MENDING = "mending_run"
# Rows a person mends one by one; with more of one reason a spreadsheet is the better place.
MOST_ROWS = 500
# Pixels; three short columns.
REASONS_WIDTH = 560
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(batch: int, key: str) -> None:
    """By reason first, then the rows of one reason (or all), to be mended."""
    batch = workspace().imports.recipe(batch).repairs or batch
    key = f"{key}_{batch}"
    _told(batch)
    aside = session.aside(batch)
    if aside.empty:
        st.caption(say("set_aside.none"))
        return
    open_ = aside[~aside["mended"].astype(bool)]
    told = [_reason(row) for row in open_.to_dict("records")]
    open_ = open_.assign(told=told)
    mended = len(aside) - len(open_)
    if mended:
        st.caption(say("set_aside.mended_rows", count=figures().count(mended)))
    if not open_.empty:
        _grouped(open_, key)
        _rows(batch, aside, open_, key)
    _workbook(batch, key)


def _grouped(rows: pd.DataFrame, key: str) -> None:
    columns = [
        Column("told", say("set_aside.reason")),
        Column("rows", say("set_aside.rows"), "count"),
        Column("money", say("set_aside.money"), "price", help=say("set_aside.money_help")),
    ]
    grouped = setting_aside.by_reason(rows)
    with st.container(width=REASONS_WIDTH):
        tables.show(grouped, columns, f"{key}_reasons", say("set_aside.reasons_alt"), whole=True)


def _rows(batch: int, aside: pd.DataFrame, rows: pd.DataFrame, key: str) -> None:
    """The editor over the rows of one reason; what is changed in it comes in by one button."""
    counts = rows["told"].value_counts()
    shown = {"": say("set_aside.all", count=figures().count(len(rows)))}
    shown |= {reason: f"{reason} ({figures().count(counts[reason])})" for reason in counts.index}
    label = say("set_aside.by_reason")
    own = f"{key}_reason_{language()}"  # a list keeps showing what it showed in another language
    chosen = st.selectbox(label, list(shown), key=own, format_func=shown.__getitem__)
    kept = rows if not chosen else rows[rows["told"] == chosen]
    if len(kept) > MOST_ROWS:
        st.caption(say("set_aside.many", most=figures().count(MOST_ROWS)))
    kept = kept.head(MOST_ROWS)
    st.caption(say("set_aside.how"))
    recipe = workspace().imports.recipe(batch)
    frame, config = _editor(aside, kept, recipe)
    edited = st.data_editor(
        frame,
        column_config=config,
        disabled=["line", "told"],
        hide_index=True,
        num_rows="fixed",
        key=f"{key}_editor_{chosen}_{workspace().version}",
        placeholder="",
        alt=say("set_aside.alt"),
    )
    edits = setting_aside.edits(frame, edited)
    st.button(
        say(
            "set_aside.save" if edits else "set_aside.save_none", count=figures().count(len(edits))
        ),
        key=f"{key}_save",
        type="primary",
        icon=":material/healing:",
        disabled=not edits,
        on_click=_save,
        args=(batch, edits),
    )


def _editor(
    aside: pd.DataFrame, kept: pd.DataFrame, recipe: Recipe
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The rows' cells under their file's headings; the index says which rows they are."""
    cells = report.cells(aside, recipe)
    own = [cells[at] for at in kept.index]
    width = max([len(recipe.headers), *map(len, own)])
    frame = kept[["line", "told"]].copy()
    config: dict[str, Any] = {
        "line": st.column_config.NumberColumn(say("set_aside.line"), pinned=True, format="%d"),
        "told": st.column_config.TextColumn(say("set_aside.reason"), pinned=True, width="medium"),
    }
    for at in sorted(range(width), key=lambda at: at not in _faulty(kept, recipe)):
        frame[f"c{at}"] = [row[at] if at < len(row) else None for row in own]
        named = at < len(recipe.headers) and recipe.headers[at]
        heading = recipe.headers[at] if named else say("set_aside.column", at=at + 1)
        config[f"c{at}"] = st.column_config.TextColumn(heading)
    frame["line"] = frame["line"].astype(int)
    return frame, config


def _faulty(kept: pd.DataFrame, recipe: Recipe) -> set[int]:
    """The columns that kept these rows out: they stand first, where one looks."""
    fields = {str(field) for field in kept["field"].dropna()}
    return {at for field, at in recipe.columns.items() if field in fields}


def _save(batch: int, edits: Edits) -> None:
    """The mended rows as the workbook that would bring them, given to the worker."""
    name = f"{say('set_aside.file', batch=batch)}.xlsx"
    content = report.workbook(workspace(), batch, language(), edits)
    candidate = Candidate(f"mended_{batch}", name, workspace().receive(name, content))
    st.session_state[_MENDING] = (batch, run.give([candidate]))


def _told(batch: int) -> None:
    """What came of the mending that this session has just asked for."""
    of_batch, task = st.session_state.get(_MENDING, (None, None))
    if of_batch != batch or task is None:
        return
    if task.running:
        watch(task)
        st.rerun()
    task.seen = True
    _outcome(task)


def _outcome(task: Run) -> None:
    (job,) = task.jobs
    if job.fault is not None:
        guard.show(job.fault)
    elif job.outcome is not None:
        counts, write = job.outcome.counts, figures()
        values = {"loaded": write.count(counts.loaded), "left": write.count(counts.set_aside)}
        said = say("set_aside.saved", money=write.exact(counts.sum_loaded), **values)
        st.success(said, icon=":material/check_circle:")


def _workbook(batch: int, key: str) -> None:
    """The same rows to be mended in a spreadsheet."""
    st.download_button(
        say("set_aside.excel"),
        lambda: report.workbook(workspace(), batch, language()),
        f"{say('set_aside.file', batch=batch)}.xlsx",
        XLSX,
        key=f"{key}_xlsx",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        help=say("set_aside.excel_help"),
    )


def _reason(row: dict[Any, Any]) -> str:
    field = row["field"]
    return report.reason(row["reason"], field if isinstance(field, str) else None, language())
