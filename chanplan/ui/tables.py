"""Tables on a page with the same rows to take away as CSV or Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.language.scale import Scale, decimal
from chanplan.reports.tables import Kind, ReportColumn, csv_bytes, excel_bytes
from chanplan.ui.session import figures, say

# Kinds whose figures are shown in one unit for the whole column, written in its heading.
_SCALED = ("money",)
_HUNDRED = Decimal(100)
_PLACES = {"price": 2, "quantity": 0, "count": 0, "rate": 1, "points": 1}
_SIGNED = ("points",)
# Rows shown at once; more scroll inside the table.
MOST_SHOWN = 13


@dataclass(frozen=True)
class Column:
    """A column of a table: its frame column, heading, kind, and whether it is a change."""

    name: str
    heading: str
    kind: Kind = "text"
    signed: bool = False
    help: str | None = None


def show(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    key: str,
    alt: str,
    about: Sequence[tuple[str, str]] = (),
    file_name: str | None = None,
    whole: bool = False,
) -> None:
    """The table; below it the downloads, when it has a name to be saved under.

    `whole` shows every row without scrolling inside: for tables known to be short.
    """
    config, shown = {}, pd.DataFrame(index=frame.index)
    for column in columns:
        scale = _scale(frame, column)
        shown[column.name] = [_cell(value, column, scale) for value in frame[column.name]]
        config[column.name] = _config(column, scale, column is columns[0])
    st.dataframe(
        shown,
        column_config=config,
        hide_index=True,
        height="content" if whole or len(shown) <= MOST_SHOWN else "auto",
        key=key,
        placeholder="—",
        alt=alt,
    )
    if file_name:
        downloads(frame, columns, file_name, key, about)


def downloads(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    file_name: str,
    key: str,
    about: Sequence[tuple[str, str]] = (),
) -> None:
    """Buttons for CSV and Excel; the files are made when one is pressed."""
    report = [ReportColumn(column.name, column.heading, column.kind) for column in columns]
    with st.container(horizontal=True):
        st.download_button(
            say("download.csv"),
            lambda: csv_bytes(frame, report),
            f"{file_name}.csv",
            "text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )
        st.download_button(
            say("download.excel"),
            lambda: excel_bytes(frame, report, file_name, about),
            f"{file_name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}_xlsx",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )


def _scale(frame: pd.DataFrame, column: Column) -> Scale | None:
    return figures().axis(frame[column.name]) if column.kind in _SCALED else None


def _cell(value: object, column: Column, scale: Scale | None) -> Any:
    """What the browser sorts by: a number where it is one, None where it is unknown."""
    if column.kind in ("text", "date", "month"):
        return None if value is None or (isinstance(value, float) and pd.isna(value)) else value
    number = decimal(value)
    if number is None:
        return None
    if column.kind in ("rate", "points"):
        return float(number * _HUNDRED)
    return float(number / scale.divisor) if scale else float(number)


def _config(column: Column, scale: Scale | None, pinned: bool) -> Any:
    if column.kind in ("text", "month"):
        return st.column_config.TextColumn(column.heading, help=column.help, pinned=pinned)
    if column.kind == "date":
        return st.column_config.DateColumn(column.heading, help=column.help, format="YYYY-MM-DD")
    unit = {"rate": "%", "points": "pp"}.get(column.kind, scale.unit if scale else "")
    heading = say("tables.unit", heading=column.heading, unit=unit) if unit else column.heading
    places = scale.places if scale else _PLACES.get(column.kind, 2)
    sign = "+" if column.signed or column.kind in _SIGNED else ""
    return st.column_config.NumberColumn(heading, help=column.help, format=f"%{sign},.{places}f")
