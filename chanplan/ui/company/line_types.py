"""Types of line: the company's rules, what each catches, and lines that may be no sales."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.domain import line_rules
from chanplan.ui.company import asked, listing, sheet
from chanplan.ui.company.cells import days, texts
from chanplan.ui.company.sheet import Cell, Sheet
from chanplan.ui.session import say, workspace
from chanplan.workspace import ruling

_TABLE = line_rules.TABLE


def show() -> None:
    """The rules and what they catch, then what the files' own words make of lines."""
    st.markdown(say("company.rules_how"))
    sheet.show(_sheet())
    _caught()
    _likely()
    _by_status()


def kind_named(kind: str) -> str:
    """A type of line in the reader's words."""
    if kind == line_rules.AS_IN_FILE:
        return say("company.as_in_file")
    return say(f"line_types.{kind}")


def field_named(name: str) -> str:
    """What a rule speaks of, in the reader's words."""
    return say(f"company.field_{name}")


def _sheet() -> Sheet:
    cells = [
        Cell("field", say("company.field"), "choice", width=130,
             options={name: field_named(name) for name in line_rules.FIELDS}),
        Cell("value", say("company.value"), help=say("company.value_help"), width=190),
        Cell("line_type", say("company.makes"), "choice", width=130,
             options={kind: kind_named(kind) for kind in line_rules.MAKES}),
        Cell("valid_from", say("company.valid_from"), "date", help=say("company.ever"), width=130),
        Cell("reason", say("company.grounds")),
    ]  # fmt: skip
    return Sheet(_TABLE, cells, _rows, [("field",), ("value",), ("line_type",)],
                 ("field", "value"), ending={"line_type": line_rules.AS_IN_FILE},
                 proposed=_proposed)  # fmt: skip


def _rows() -> pd.DataFrame:
    """The rules as they stand, words of files as our codes where they are known."""
    found = ruling.said(workspace().store, _TABLE)
    fields = [line_rules.field_of(one or "") or one for one in found["field"]]
    kinds = [line_rules.type_of(one or "") or one for one in found["line_type"]]
    return found.assign(
        field=pd.Series(fields, index=found.index, dtype=object),
        line_type=pd.Series(kinds, index=found.index, dtype=object),
        valid_from=days(found["valid_from"]),
        **{name: texts(found[name]) for name in ("value", "reason")},
    )


def _proposed() -> pd.DataFrame:
    """What is likely, as rules to be thought over."""
    found = asked.likely()
    rows = found[["field", "value"]].assign(line_type=found["makes"])
    return rows.assign(reason=[say(f"company.why_{one}") for one in found["why"]])


def _caught() -> None:
    found = asked.caught()
    if found.empty:
        return
    st.subheader(say("company.caught"), anchor=False)
    shown = _worded(found).assign(since=days(found["since"]))
    listing.show(shown, "caught", "company.caught", "field value makes since lines moved amount")


def _likely() -> None:
    """Suggestions; a person's word makes them rules."""
    found = asked.likely()
    if found.empty:
        return
    st.subheader(say("company.likely", count=len(found)), anchor=False)
    shown = _worded(found).assign(why=[say(f"company.why_{one}") for one in found["why"]])
    listing.show(
        shown, "likely", "company.likely_alt", "field value makes why lines quantity amount",
        makes="company.maybe",
    )  # fmt: skip


def _by_status() -> None:
    """The rule that is built in, on the files' own words."""
    found = asked.by_status()
    if found.empty:
        return
    st.subheader(say("company.by_status"), anchor=False)
    st.caption(say("company.by_status_how"))
    shown = found.assign(makes=[kind_named(one) for one in found["makes"]])
    listing.show(shown, "by_status", "company.by_status", "status makes lines amount")


def _worded(found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(
        field=[field_named(one) for one in found["field"]],
        makes=[kind_named(one) for one in found["makes"]],
    )
