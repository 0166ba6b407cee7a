"""Rows that were not loaded: why, where in the file, what stood there; to be taken away."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from chanplan.domain.tables import table
from chanplan.language import has
from chanplan.ui import tables
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column


def show(batch: int, headers: Sequence[str], key: str) -> None:
    """By reason first, then the rows of one reason (or all) with their cells."""
    rows = workspace().set_aside(batch)
    if rows.empty:
        st.caption(say("set_aside.none"))
        return
    told = [
        _reason(reason, field) for reason, field in zip(rows["reason"], rows["field"], strict=True)
    ]
    rows = rows.assign(told=told)
    counts = rows["told"].value_counts()
    counted = figures().count
    show = {"": say("set_aside.all", count=counted(len(rows)))}
    show |= {reason: f"{reason} ({counted(counts[reason])})" for reason in counts.index}
    label = say("set_aside.by_reason")
    chosen = st.selectbox(label, list(show), key=f"{key}_reason", format_func=show.__getitem__)
    kept = rows if not chosen else rows[rows["told"] == chosen]
    frame, columns = _spread(kept.reset_index(drop=True), headers)
    file_name = say("set_aside.file", batch=batch)
    tables.show(frame, columns, f"{key}_rows", say("set_aside.alt"), (), file_name)


def _spread(rows: pd.DataFrame, headers: Sequence[str]) -> tuple[pd.DataFrame, list[Column]]:
    """The raw cells under their file's headings, so that rows can be mended and sent again."""
    cells = [json.loads(raw) if raw else [] for raw in rows["raw"]]
    width = max([len(headers), *(len(row) for row in cells)])
    frame = rows[["line", "told"]].copy()
    columns = [
        Column("line", say("set_aside.line"), "count"),
        Column("told", say("set_aside.reason")),
    ]
    for at in range(width):
        name = f"c{at}"
        frame[name] = [row[at] if at < len(row) else None for row in cells]
        named = at < len(headers) and headers[at]
        heading = headers[at] if named else say("set_aside.column", at=at + 1)
        columns.append(Column(name, heading))
    return frame, columns


def _reason(reason: str, field: str | None) -> str:
    """Why, and in which column."""
    key = f"set_aside_reasons.{reason}"
    said = say(key) if has(key) else reason
    column = table("sales").columns.get(field or "")
    name = field if column is None else column.zh if language() == "zh" else column.en
    return say("set_aside.in_field", reason=said, field=name) if name else said
