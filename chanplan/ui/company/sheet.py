"""One table that the company says by hand: what stands, a grid, what would move, and the save."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.domain.tables import table
from chanplan.plans import said_rows
from chanplan.plans.said_rows import Kind, Row
from chanplan.reports import templates
from chanplan.ui import history, navigation
from chanplan.ui.company import moving
from chanplan.ui.outcome import Outcome
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.workspace import by_hand, ruling

_SAID = Outcome("company_said")
# Faults told at once; more follow when these are mended.
MOST_FAULTS = 5


@dataclass(frozen=True)
class Cell:
    """A column of the grid. options  code → what is shown, for a choice."""

    name: str
    heading: str
    kind: Kind = "text"
    help: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    width: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table of domain/tables.toml and how it is edited.

    rows    what stands, as the grid shows it
    needs   of every group a row says at least one column
    keys    what a row speaks of; with a column valid_from, changes can be dated
    whole   whether a save is the whole table; else only rows that changed are saved
    ending  what ends a row's word from a day on, where something can
    proposed  rows that a person may take into the grid: some of the columns, in words
    """

    table: str
    cells: Sequence[Cell]
    rows: Callable[[], pd.DataFrame]
    needs: Sequence[Collection[str]]
    keys: Sequence[str]
    whole: bool = True
    ending: Mapping[str, str] | None = None
    dated: bool = True
    proposed: Callable[[], pd.DataFrame] | None = None

    @property
    def kinds(self) -> dict[str, Kind]:
        """Column → how its cells are said."""
        return {cell.name: cell.kind for cell in self.cells}


def refusal() -> None:
    """What came of the last deed, once, where the page begins."""
    _SAID.tell()


def show(sheet: Sheet) -> None:
    """The whole scheme, from what stands to the undo."""
    stands(sheet.table, by_hand.SOURCE if not sheet.whole else None)
    before = sheet.rows()
    edited = _grid(sheet, before)
    _other_ways(sheet.table)
    stood = said_rows.rows(before, sheet.kinds)
    said = said_rows.rows(edited, sheet.kinds)
    if said_rows.same(stood, said):
        st.caption(say("company.unchanged"))
        return
    faults = said_rows.faults(said, sheet.kinds, sheet.needs)
    if faults:
        _faults(sheet, faults)
        return
    saved = _dated(sheet, stood, said)
    if not sheet.whole:
        saved = said_rows.changed(stood, saved)
    if not saved:
        st.info(say("company.empty_table" if sheet.whole else "company.no_row_changed"))
        return
    if sheet.dated:
        saved = said_rows.since_ever(saved)
    if moving.show(sheet.table, saved, sheet.dated):
        _save_form(sheet.table, saved)


def stands(kind: str, source: str | None = None) -> None:
    """Since when, by whom and why a table stands; and the button that takes it back. Of a table
    that files bring as well, only what was said here is taken back here."""
    word = ruling.word(workspace().store, kind, source)
    if word is None:
        st.markdown(say(f"company.none_{kind}"))
        return
    values = {"at": history.moment(word.at), "by": plain(word.by), "rows": word.rows}
    with st.container(horizontal=True, vertical_alignment="center"):
        if word.note:
            said = say("company.stands_why", note=plain(word.note), **values)
        else:
            said = say("company.stands", **values)
        st.markdown(said, width="stretch")
        st.button(
            say("company.undo"),
            key=f"company_undo_{kind}",
            icon=":material/undo:",
            help=say("company.undo_help"),
            on_click=_undo,
            args=(word.batch,),
        )


def first_open() -> date | None:
    """The day from which on no month is closed; None where none is."""
    return ruling.first_open(workspace())


def did(done: str) -> None:
    """Tell it where the page begins, next time it is drawn."""
    _SAID.did(done)


def refused(fault: ChanplanError) -> None:
    """The same of a refusal."""
    _SAID.refused(fault)


def _grid(sheet: Sheet, before: pd.DataFrame) -> pd.DataFrame:
    told = {cell.name: _typed(before[cell.name], cell.kind) for cell in sheet.cells}
    shown = pd.DataFrame(told).reset_index(drop=True)
    added = _added(sheet)
    if added is not None:
        more = {cell.name: _typed(added[cell.name], cell.kind) for cell in sheet.cells}
        shown = pd.concat([shown, pd.DataFrame(more)], ignore_index=True)
    st.caption(say("company.grid_help"))
    edited: pd.DataFrame = st.data_editor(
        shown,
        column_config={cell.name: _config(cell) for cell in sheet.cells},
        hide_index=True,
        num_rows="dynamic",
        key=f"company_{sheet.table}_{workspace().version}_{added is not None}",
        placeholder="",
        alt=say(f"company.tab_alt_{sheet.table}"),
    )
    return edited


def _added(sheet: Sheet) -> pd.DataFrame | None:
    """The rows proposed, once a person has asked for them and until something is saved."""
    if sheet.proposed is None:
        return None
    key = f"company_added_{sheet.table}"
    if st.session_state.get(key) == workspace().version:
        return sheet.proposed().reindex(columns=[cell.name for cell in sheet.cells])
    rows = sheet.proposed()
    if not rows.empty:
        st.button(
            say(f"company.propose_{sheet.table}", count=len(rows)),
            key=f"company_propose_{sheet.table}",
            icon=":material/playlist_add:",
            on_click=_propose,
            args=(key,),
        )
    return None


def _propose(key: str) -> None:
    st.session_state[key] = workspace().version


def _typed(column: pd.Series, kind: Kind) -> pd.Series:
    """As the editor needs it, even where no row says anything."""
    if kind == "date":
        return pd.to_datetime(column)
    return column.astype("string")


def _config(cell: Cell) -> Any:
    look: dict[str, Any] = {"help": cell.help, "width": cell.width}
    if cell.kind == "date":
        return st.column_config.DateColumn(cell.heading, format="YYYY-MM-DD", **look)
    if cell.kind == "choice":
        return st.column_config.SelectboxColumn(
            cell.heading,
            options=list(cell.options),
            format_func=lambda code: cell.options.get(str(code), str(code)),
            **look,
        )
    return st.column_config.TextColumn(cell.heading, **look)


def _other_ways(kind: str) -> None:
    """The same table as a file: its template, and the page that takes it."""
    declared = table(kind)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("company.template", table=templates.title(declared, language())),
            lambda: templates.template(kind, language()),
            templates.file_name(kind, language()),
            key=f"company_template_{kind}",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )
        navigation.link(navigation.IMPORTS)


def _faults(sheet: Sheet, faults: Sequence[said_rows.Fault]) -> None:
    headings = {cell.name: cell.heading for cell in sheet.cells}
    told = [
        say(f"company.fault_{one.code}", row=one.row, column=headings[one.column])
        for one in faults[:MOST_FAULTS]
    ]
    st.warning("  \n".join(told), icon=":material/edit:")


def _dated(sheet: Sheet, stood: Sequence[Row], said: Sequence[Row]) -> list[Row]:
    """From when on: as the rows are dated, or from the first month that is not closed."""
    first = first_open() if sheet.dated else None
    if first is None:
        return list(said)
    shown = {
        "open": say("company.since_open", day=figures().date(first)),
        "rows": say("company.since_rows"),
    }
    chosen = st.radio(
        say("company.since"),
        list(shown),
        format_func=shown.__getitem__,
        key=f"company_since_{sheet.table}",
        help=say("company.since_help"),
    )
    if chosen == "rows":
        return list(said)
    return said_rows.from_day(stood, said, first, sheet.keys, sheet.ending)


def _save_form(kind: str, rows: Sequence[Row]) -> None:
    with st.form(f"company_save_{kind}", border=True):
        key = f"company_reason_{kind}_{workspace().version}"
        st.text_input(
            say("company.reason"), key=key, max_chars=200, placeholder=say("company.reason_hint")
        )
        st.form_submit_button(
            say("company.save"),
            type="primary",
            icon=":material/save:",
            on_click=_save,
            args=(kind, rows, key),
        )


def _save(kind: str, rows: Sequence[Row], key: str) -> None:
    note = " ".join(str(st.session_state.get(key) or "").split()) or None
    try:
        made = by_hand.save(workspace(), kind, rows, note)
    except ChanplanError as fault:
        refused(fault)
        return
    name = templates.title(table(kind), language())
    did(say("company.saved", table=name, rows=made.counts.loaded, batch=made.batch))


def _undo(batch: int) -> None:
    try:
        workspace().switch(batch, False)
    except ChanplanError as fault:
        refused(fault)
        return
    did(say("company.undone", batch=batch))
