"""Tables on a page with the same rows to take away as CSV or Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.language.scale import Scale, decimal
from chanplan.reports.native_chart import Chart
from chanplan.reports.tables import Kind, ReportColumn, csv_bytes, excel_bytes
from chanplan.ui.session import figures, language, say, unmasked
from chanplan.workspace.masking import mask_frame

# Kinds whose figures are shown in one unit for the whole column, written in its heading.
_SCALED = ("money",)
_HUNDRED = Decimal(100)
_PLACES = {"price": 2, "count": 0, "rate": 1, "points": 1}
_SIGNED = ("points",)
# Rows shown at once; more scroll inside the table.
MOST_SHOWN = 13
_HEAD = "download_head"


@dataclass(frozen=True)
class Column:
    """A column of a table: its frame column, heading, kind, and whether it is a change.

    hidden  left to the table's own menu of columns, for want of room; downloads have it
    width   pixels at most, for names that would push the figures off the page
    scale   the unit it is written in, where columns beside it share one
    """

    name: str
    heading: str
    kind: Kind = "text"
    signed: bool = False
    help: str | None = None
    hidden: bool = False
    width: int | None = None
    scale: Scale | None = None


def under(head: str | None) -> None:
    """What the tables of this run are of: basis, side of the tax, period."""
    st.session_state[_HEAD] = head


def show(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    key: str,
    alt: str,
    about: Sequence[tuple[str, str]] = (),
    file_name: str | None = None,
    whole: bool = False,
    chart: Chart | None = None,
    styles: pd.DataFrame | None = None,
) -> None:
    """The table; below it the downloads, when it has a name to be saved under.

    `whole` shows every row without scrolling inside: for tables known to be short. `chart` is
    drawn in the workbook; `styles` holds the CSS of every cell.
    """
    if not unmasked():
        frame = mask_frame(frame)
    config, shown = {}, pd.DataFrame(index=frame.index)
    for column in columns:
        scale = _scale(frame, column)
        shown[column.name] = [_cell(value, column, scale) for value in frame[column.name]]
        places = _places(frame, column, scale)
        config[column.name] = _config(column, scale, places, column is columns[0])
    st.dataframe(
        shown if styles is None else shown.style.apply(lambda _: styles, axis=None),
        column_config=config,
        column_order=[column.name for column in columns if not column.hidden],
        hide_index=True,
        height="content" if whole or len(shown) <= MOST_SHOWN else "auto",
        key=key,
        placeholder="—",
        alt=alt,
    )
    if file_name:
        downloads(frame, columns, file_name, key, about, chart)


def downloads(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    columns: Sequence[Column],
    file_name: str,
    key: str,
    about: Sequence[tuple[str, str]] = (),
    chart: Chart | None = None,
) -> None:
    """Buttons for CSV and Excel; the files are made, and the rows asked for, when one is
    pressed. Where nothing is said `about` them, it is what the page's own head says."""
    head = st.session_state.get(_HEAD)
    about = about or ([(say("download.about"), head)] if head else [])
    whole = unmasked()  # a download is made later, where nobody knows what its reader asked for

    def rows() -> pd.DataFrame:
        made = frame() if callable(frame) else frame
        return made if whole else mask_frame(made)

    in_wan = language() == "zh"
    report = [ReportColumn(column.name, column.heading, column.kind) for column in columns]
    with st.container(horizontal=True):
        st.download_button(
            say("download.csv"),
            lambda: csv_bytes(rows(), report),
            f"{file_name}.csv",
            "text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )
        st.download_button(
            say("download.excel"),
            lambda: excel_bytes(rows(), report, file_name, about, chart, in_wan),
            f"{file_name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}_xlsx",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )


def one_scale(frame: pd.DataFrame, names: Sequence[str]) -> Scale | None:
    """The unit that columns beside each other share: the finest that any of them would have, so
    that no figure of theirs is too small to be read; None where they hold nothing."""
    sights = [frame[name].head(MOST_SHOWN) for name in names]
    found = [figures().axis(seen) for seen in sights if any(decimal(value) for value in seen)]
    return min(found, key=lambda scale: scale.divisor, default=None)


def _scale(frame: pd.DataFrame, column: Column) -> Scale | None:
    """The unit by the rows in sight: one giant further down must not turn them into 0.0."""
    if column.scale or column.kind not in _SCALED:
        return column.scale
    in_sight = frame[column.name].head(MOST_SHOWN)
    some = any(decimal(value) for value in in_sight)
    return figures().axis(in_sight if some else frame[column.name])


def _cell(value: object, column: Column, scale: Scale | None) -> Any:
    """What the browser sorts by: a number where it is one, None where it is unknown."""
    if column.kind in ("text", "date", "month"):
        return None if value is None or (isinstance(value, float) and pd.isna(value)) else value
    number = decimal(value)
    if number is None:
        return None
    if column.kind in ("rate", "points"):
        percent = float(number * _HUNDRED)
        return percent if round(percent, _PLACES[column.kind]) else 0.0  # never "-0.0"
    return float(number / scale.divisor) if scale else float(number)


def _places(frame: pd.DataFrame, column: Column, scale: Scale | None) -> int:
    """Decimals of a whole column, so that its figures stand under each other."""
    if scale:
        return scale.places
    if column.kind == "quantity":
        numbers = (decimal(value) for value in frame[column.name])
        return 2 if any(number is not None and number % 1 for number in numbers) else 0
    return _PLACES.get(column.kind, 2)


def _config(column: Column, scale: Scale | None, places: int, pinned: bool) -> Any:
    look: dict[str, Any] = {"help": column.help, "width": column.width}
    if column.kind in ("text", "month"):
        return st.column_config.TextColumn(column.heading, pinned=pinned, **look)
    if column.kind == "date":
        return st.column_config.DateColumn(column.heading, format="YYYY-MM-DD", **look)
    unit = {"rate": "%", "points": "pp"}.get(column.kind, scale.unit if scale else "")
    heading = say("tables.unit", heading=column.heading, unit=unit) if unit else column.heading
    sign = "+" if column.signed or column.kind in _SIGNED else ""
    return st.column_config.NumberColumn(heading, format=f"%{sign},.{places}f", **look)
