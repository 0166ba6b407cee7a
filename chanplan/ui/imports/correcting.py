"""Correcting what was recognised: table, sheet, header row, columns, and what the file is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.domain.recipe import Recipe
from chanplan.domain.scope import BASES
from chanplan.domain.tables import Table, all_tables
from chanplan.ingest.fields import dating, own_currency
from chanplan.ingest.month_words import is_month
from chanplan.ingest.recognise import Hints
from chanplan.ui.imports import desk, statuses
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.session import language, say

TAXES = ("unstated", "with_tax", "without_tax")
COLUMNS_BESIDE = 3
NARROWEST_INPUT = 200


def form(candidate: Candidate) -> None:
    """A switch, so that the form is drawn only for the file being corrected."""
    key = f"correcting_{candidate.key}"
    if not st.toggle(say("correct.title"), key=key, persist_state="page"):
        return
    with st.form(f"form_{candidate.key}"):
        recipe = candidate.proposal.recipe if candidate.proposal else None
        with st.grid(COLUMNS_BESIDE, min_column_width=NARROWEST_INPUT):
            _file_inputs(candidate, recipe)
        if recipe is not None:
            _column_inputs(recipe, candidate.key)
            statuses.inputs(candidate)
        elif lacking := _lacking(candidate):
            _lacking_inputs(lacking, candidate.key)
        st.caption(say("correct.remembered"))
        st.form_submit_button(
            say("correct.apply"),
            key=f"correct_{candidate.key}",
            icon=":material/refresh:",
            on_click=_corrected,
            args=(candidate,),
        )


def _lacking(candidate: Candidate) -> tuple[str, list[str], list[str]] | None:
    """Of a file that lacks a column: the table it looks like, the fields, its headings."""
    fault = candidate.fault
    if not isinstance(fault, ChanplanError) or "headings" not in fault.values:
        return None
    told: dict[str, Any] = dict(fault.values)
    return str(told["table"]), [*told["fields"]], [*told["headings"]]


def _lacking_inputs(lacking: tuple[str, list[str], list[str]], key: str) -> None:
    """Which of the file's columns the missing ones are."""
    table, fields, headings = lacking
    st.markdown(f"**{say('correct.columns')}**")
    headers = {"": say("correct.no_column")} | {each: each for each in headings}
    with st.grid(COLUMNS_BESIDE, min_column_width=NARROWEST_INPUT, gap="small"):
        for field in fields:
            column = all_tables()[table].columns[field]
            label = column.zh if language() == "zh" else column.en
            _choice(label, headers, "", f"column_{field}_{key}")


def _file_inputs(candidate: Candidate, recipe: Recipe | None) -> None:
    key = candidate.key
    tables = {name: _title(table) for name, table in all_tables().items()}
    lacking = _lacking(candidate)
    table = recipe.table if recipe else lacking[0] if lacking else "sales"
    _choice(say("imports.table"), tables, table, f"table_{key}")
    sheets = _sheets(candidate)
    if len(sheets) > 1:
        _choice(say("imports.sheet"), sheets, next(iter(sheets)), f"sheet_{key}")
    line = recipe.header_line if recipe else 1
    st.number_input(say("imports.header_line"), min_value=1, value=line, key=f"line_{key}")
    source = recipe.source if recipe else ""
    st.text_input(say("imports.source"), value=source, key=f"source_{key}")
    channel = recipe.constants.get("channel", "") if recipe else ""
    help_text = say("correct.channel_help")
    st.text_input(say("correct.channel"), value=channel, key=f"channel_{key}", help=help_text)
    if recipe is not None and (year := _year(recipe)):
        st.text_input(say("correct.year"), value=year, max_chars=4, key=f"year_{key}")
    month = _month(recipe) if recipe else candidate.hints.month or ""
    if month is not None:
        st.text_input(say("correct.month"), value=month, max_chars=7, key=f"month_{key}")
    if recipe is not None and recipe.table == "sales":
        bases = {str(name): say(f"basis.{name}") for name in BASES}
        _choice(say("basis.label"), bases, recipe.basis, f"basis_{key}")
        taxes = {name: say(f"tax.{name}") for name in TAXES}
        _choice(say("tax.label"), taxes, recipe.tax, f"tax_{key}")
        st.text_input(say("correct.tax_rate"), value=recipe.tax_rate or "", key=f"rate_{key}")
        money = own_currency(recipe)
        st.text_input(say("correct.currency"), value=money, max_chars=3, key=f"currency_{key}")


def _sheets(candidate: Candidate) -> dict[str, str]:
    """The sheets of a workbook, the one taken first; nothing in a text file."""
    if candidate.proposal is None:
        return {}
    shown, alike = candidate.proposal.sheet.name, candidate.proposal.alike
    told = [*(each.sheet.name for each in alike), *(o.name for o in candidate.proposal.others)]
    every = {"": say("sheets.all_alike", sheet=shown, count=len(alike))} if alike else {}
    return every | {name: name for name in (shown, *told) if name is not None}


def _column_inputs(recipe: Recipe, key: str) -> None:
    st.markdown(f"**{say('correct.columns')}**")
    headers = {"": say("correct.no_column")} | {each: each for each in recipe.headers if each}
    with st.grid(COLUMNS_BESIDE, min_column_width=NARROWEST_INPUT, gap="small"):
        for field, column in all_tables()[recipe.table].columns.items():
            label = column.zh if language() == "zh" else column.en
            _choice(label, headers, _header_of(recipe, field), f"column_{field}_{key}")


def _corrected(candidate: Candidate) -> None:
    """Read the form as it was submitted."""
    recipe = candidate.proposal.recipe if candidate.proposal else None
    key = candidate.key
    table = _said("table", key)
    same_table = recipe is not None and table == recipe.table
    hints = Hints(
        table=table,
        sheet=_said("sheet", key) or candidate.hints.sheet,
        header_line=_header_line(candidate),
        source=_said("source", key),
        channel=_channel(candidate),
        basis=_said("basis", key),
        tax=None if _said("tax", key) == "unstated" else _said("tax", key),
        tax_rate=_said("rate", key),
        currency=_currency(recipe, candidate),
        year=_chosen_year(recipe, candidate),
        month=_chosen_month(recipe, candidate),
        date_order=candidate.hints.date_order,
        decimal=candidate.hints.decimal,
        encoding=candidate.hints.encoding,
        fill_down=candidate.hints.fill_down,
        rows=candidate.hints.rows,
        columns=_columns(recipe, candidate) if same_table else _lacking_said(candidate, table),
        line_types=statuses.said(candidate),
        units=candidate.hints.units,
    )
    desk.correct(key, hints)


def _header_line(candidate: Candidate) -> int | None:
    """The line that the person gave; of sheets that come together each has its own."""
    line = int(st.session_state[f"line_{candidate.key}"])
    shown = candidate.proposal
    own = shown is not None and shown.alike and line == shown.recipe.header_line
    return candidate.hints.header_line if own else line


def _channel(candidate: Candidate) -> str | None:
    """The channel that the person gave; what each sheet's name told stays so."""
    said, shown = _said("channel", candidate.key), candidate.proposal
    own = shown is not None and shown.alike and said == shown.recipe.constants.get("channel")
    return candidate.hints.channel if own else said


def _year(recipe: Recipe) -> str | None:
    """The year of months that do not say theirs."""
    told = recipe.wide or recipe.split
    return told.year if told else None


def _chosen_year(recipe: Recipe | None, candidate: Candidate) -> str | None:
    """The year that the person gave, now or before; what the file's name told stays so."""
    said = _said("year", candidate.key)
    told = _year(recipe) if recipe else None
    return candidate.hints.year if said == told else said


def _month(recipe: Recipe) -> str | None:
    """The month of a file that dates no row."""
    day = dating(recipe)
    return recipe.constants.get(day) if day else None


def _chosen_month(recipe: Recipe | None, candidate: Candidate) -> str | None:
    """The month that the person gave, now or before; what is none changes nothing."""
    said, told = _said("month", candidate.key), _month(recipe) if recipe else None
    return candidate.hints.month if said == told or not is_month(said) else said


def _currency(recipe: Recipe | None, candidate: Candidate) -> str | None:
    """The code that the person chose, now or before; what was recognised stays so."""
    code = (_said("currency", candidate.key) or "").upper()
    kept = recipe is not None and code == own_currency(recipe) and not candidate.hints.currency
    return None if kept else code or None


def _lacking_said(candidate: Candidate, table: str | None) -> dict[str, str]:
    """field → heading of what the file seemed to lack, as far as the person said so."""
    lacking = _lacking(candidate)
    if lacking is None or lacking[0] != table:
        return {}
    chosen = {field: _said(f"column_{field}", candidate.key) for field in lacking[1]}
    return {field: header for field, header in chosen.items() if header}


def _columns(recipe: Recipe | None, candidate: Candidate) -> dict[str, str]:
    """field → heading where the person chose another one, now or before; "" takes it away.

    What was recognised and left as it is stays recognised, with its own reason.
    """
    if recipe is None:
        return {}
    fields = all_tables()[recipe.table].columns
    chosen = {field: _said(f"column_{field}", candidate.key) or "" for field in fields}
    return {
        field: header
        for field, header in chosen.items()
        if header != _header_of(recipe, field) or (header and field in candidate.hints.columns)
    }


def _said(what: str, key: str) -> str | None:
    """The text of an input; None when it was left empty or not drawn."""
    return str(st.session_state.get(f"{what}_{key}") or "").strip() or None


def _header_of(recipe: Recipe, field: str) -> str:
    return recipe.headers[recipe.columns[field]] if field in recipe.columns else ""


def _choice(label: str, show: Mapping[str, str], now: str, key: str) -> None:
    """One of the keys of `show`, shown as its value."""
    at = list(show).index(now) if now in show else 0
    st.selectbox(label, list(show), index=at, key=key, format_func=show.__getitem__)


def _title(table: Table) -> str:
    return table.zh if language() == "zh" else table.en
