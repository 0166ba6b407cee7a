"""Members with what the company says of them, as a spreadsheet; a change is tried before it is
saved, and one member's history is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.plans.organisation import KINDS, Kind
from chanplan.ui import address, figure, session, tables
from chanplan.ui.members import PICKER_WIDTH
from chanplan.ui.organisation import asked, draft, saying, uploads
from chanplan.ui.organisation.naming import attribute_named
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

# Rows that a person goes through; a search finds the others.
MOST_ROWS = 300
_KIND, _SEARCH, _MEMBER = "org_kind", "org_search", "org_member"


def show(view: View) -> None:
    """Which members, the grid, what is typed, one member's history, what was said before."""
    known = [code for code, kind in KINDS.items() if session.members(kind.column)]
    shown = {code: say(f"organisation.kind_{code}") for code in known}
    if not known:
        st.info(say("organisation.no_members"))
        return
    code = address.switch(_KIND, shown, say("organisation.kind"))
    st.caption(say(f"organisation.kind_{code}_help"))
    kind, frame = KINDS[code], asked.members(code, view.scope)
    _grid(code, kind, frame)
    saying.pending(view, code, frame)
    left, right = st.columns(2, gap="medium")
    with left:
        _history(code, kind, frame)
    with right:
        saying.before(code)
        uploads.offered(kind.table)


def _grid(code: str, kind: Kind, frame: pd.DataFrame) -> None:
    names = figure.names_of(kind.column, frame["member"])
    frame = frame.assign(name=names)
    with st.container(width=PICKER_WIDTH):
        wanted = st.text_input(
            say("organisation.search"), key=f"{_SEARCH}_{code}", persist_state="session"
        ).strip()
    if wanted:
        hit = [
            wanted.casefold() in " ".join(map(str, row)).casefold()
            for row in frame[["member", "name", *kind.attributes]].itertuples(index=False)
        ]
        frame = frame[hit]
    if len(frame) > MOST_ROWS:
        told = {"most": MOST_ROWS, "count": figures().count(len(frame))}
        st.caption(say("organisation.many", **told))
    frame = frame.head(MOST_ROWS)
    typed, members = draft.of(code), [str(one) for one in frame["member"]]
    scale = figures().axis(list(frame["net_sales"]))
    cells: dict[str, list[Any]] = {
        name: [
            typed.cells.get((member, name), value)
            for member, value in zip(members, frame[name], strict=True)
        ]
        for name in kind.attributes
    }
    for name in kind.days:
        cells[name] = [date.fromisoformat(day) if day else None for day in cells[name]]
    money = [None if v is None else float(v / scale.divisor) for v in frame["net_sales"]]
    since = [figures().month(int(one)) if one else "" for one in frame["since"]]
    key = f"org_grid_{code}_{typed.turn}_{hash(wanted)}"
    st.data_editor(
        pd.DataFrame({"name": list(frame["name"]), **cells, "since": since, "money": money}),
        column_config=_config(kind, scale.unit),
        disabled=["name", "since", "money"],
        hide_index=True,
        num_rows="fixed",
        key=key,
        on_change=_edited,
        args=(code, key, members),
        placeholder="",
        alt=say("organisation.grid_alt"),
    )


def _config(kind: Kind, unit: str) -> dict[str, Any]:
    sold = figure.measure_name("net_sales")
    heading = say("tables.unit", heading=sold, unit=unit) if unit else sold
    return {
        "name": st.column_config.TextColumn(
            figure.dimension_name(kind.column), pinned=True, width=180
        ),
        **{
            name: st.column_config.DateColumn(attribute_named(kind, name), format="YYYY-MM-DD")
            if name in kind.days
            else st.column_config.TextColumn(attribute_named(kind, name), max_chars=60)
            for name in kind.attributes
        },
        "since": st.column_config.TextColumn(say("organisation.since"), width=110),
        "money": st.column_config.NumberColumn(heading, format="%,.1f"),
    }


def _edited(code: str, key: str, members: list[str]) -> None:
    rows = st.session_state[key]["edited_rows"]
    draft.put(
        code,
        {
            (members[int(row)], name): _typed(code, name, value)
            for row, cells in rows.items()
            for name, value in cells.items()
        },
    )


def _typed(code: str, name: str, value: object) -> str:
    """What a cell says; of a day no time, whatever the browser adds."""
    text = str(value or "").strip()
    return text[: len("2024-06-30")] if name in KINDS[code].days else text


def _history(code: str, kind: Kind, frame: pd.DataFrame) -> None:
    """Since when one member has been what, and who said so."""
    st.subheader(say("organisation.history"), anchor=False)
    members = [str(one) for one in frame["member"]]
    names = dict(zip(members, figure.names_of(kind.column, members), strict=True))
    with st.container(width=PICKER_WIDTH):
        label = figure.dimension_name(kind.column)
        member = address.choice(
            f"{_MEMBER}_{code}", members, members[0], label, lambda one: names.get(one, one)
        )
    heard = asked.history(code, member)
    if heard.empty:
        st.caption(say("organisation.never_said", name=plain(names[member])))
        return
    heard = heard.assign(
        month=[figures().month(int(m)) if m else say("organisation.ever") for m in heard["month"]],
        attribute=[attribute_named(kind, str(one)) for one in heard["attribute"]],
        counts=[say("organisation.counts" if one else "organisation.undone")
                for one in heard["counts"]],
    )  # fmt: skip
    columns = [
        Column("month", say("organisation.from")),
        Column("attribute", say("organisation.attribute")),
        Column("value", say("organisation.value")),
        Column("note", say("organisation.reason")),
        Column("by", say("history.by")),
        Column("file", say("organisation.file"), width=200),
        Column("counts", say("organisation.state")),
    ]
    name = say("organisation.history")
    tables.show(
        heard, columns, "org_history", say("organisation.history_alt"), (), name, whole=True
    )
