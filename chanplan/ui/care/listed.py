"""Whom to call: the first sentence, the list with what people write in it, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from chanplan.analysis.customers import care, care_story
from chanplan.analysis.customers.facts import Asked
from chanplan.domain.care import STATES, Item
from chanplan.domain.errors import ChanplanError
from chanplan.domain.masking import is_personal
from chanplan.ui import address, guard, population, session
from chanplan.ui.care import drawn, wording
from chanplan.ui.care.wording import Found
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.view import View
from chanplan.workspace.customers import care_items

# Rows that are worked on here; a workbook has them all.
MOST_ROWS = 200
# What is written stands where it is seen without scrolling.
ORDER = ("name", "link", "reason", "at_risk", "state", "owner", "due", "result", "contacted",
         "action", "last", "suggested", "next_visit")  # fmt: skip
_DONE = "care_done"
_NOBODY = "-"


def find(view: View) -> Found:
    """The list of the population chosen."""
    asked = population.at_day(population.asked(view))
    return Found(asked, workspace().version, session.worked_out(_listed, asked, language()),
                 session.worked_out(_silent, asked))  # fmt: skip


def headline(found: Found) -> None:
    """Who is silent beyond its rhythm, who fades, and whom of all to call first."""
    told = found.silent
    write, whose = figures(), population.name(found.asked.population)
    if found.listed.empty:
        code = "all_new" if told.active == 0 and told.without else "none"
        st.markdown(say(f"care_list.{code}", population=whose, count=write.count(told.without),
                        times=write.count(int(care.LATE_FROM))))  # fmt: skip
        return
    said = {
        "silent": {"count": write.count(told.customers), "usual": write.money(told.usual),
                   "at_risk": write.money(told.at_risk)},
        "none_silent": {},
        "shrunk": {"count": write.count(told.shrunk), "lost": write.money(told.lost),
                   "drop": write.percent(Decimal(str(1 - care.SHRUNK_BELOW)), 0)},
    }  # fmt: skip
    first = found.listed.iloc[0]
    lines = [
        say(f"care_list.{code}", population=whose, **said[code])
        for code in care_story.opening(told)
    ]
    lines.append(
        say("care_list.first", reason=wording.reason(first.to_dict()),
            name=plain(wording.name_of(found, str(first["customer"]))))
    )  # fmt: skip
    st.markdown(say("findings.join").join(lines))
    if told.without:
        st.caption(say("care_list.without", count=write.count(told.without)))


def show(found: Found) -> None:
    """The list, to be written in; the answer to what was written last."""
    _answer(found)
    if found.listed.empty:
        return
    shown = _narrowed(found.listed)
    st.header(say("care_list.list"), anchor=False)
    if len(shown) > MOST_ROWS:
        st.caption(say("care_list.listed", count=figures().count(len(shown)), most=MOST_ROWS))
    if shown.empty:
        st.caption(say("care_list.nobody_so"))
        return
    rows = shown.head(MOST_ROWS)
    key = f"care_grid_{found.version}_{abs(hash(tuple(rows['key'])))}"
    st.data_editor(
        _grid(found, rows),
        column_config=_config(found),
        column_order=ORDER,
        disabled=["name", "link", "reason", "at_risk", "last", "suggested", "next_visit"],
        hide_index=True,
        num_rows="fixed",
        key=key,
        on_change=_edited,
        args=(key, rows.to_dict("records"), found),
        placeholder="",
        alt=say("care_list.list"),
    )
    st.caption(say("care_list.how"))


def _narrowed(listed: pd.DataFrame) -> pd.DataFrame:
    owners = sorted({one or _NOBODY for one in listed["owner"]})
    names = {one: say("care_list.nobody") if one == _NOBODY else one for one in owners}
    segments = list(care_story.by_segment(listed)["segment"])
    first, left, right = st.columns(3)
    with first:
        kept = address.choices(drawn.SEGMENT, segments, say("care_list.segment"),
                               wording.segment, say("filters.all"))  # fmt: skip
    with left:
        of = address.choices("care_owner", owners, say("care_list.owner"), names.__getitem__,
                             say("filters.all"))  # fmt: skip
    with right:
        states = address.choices("care_state", STATES, say("care_list.state"), wording.state,
                                 say("filters.all"))  # fmt: skip
    return care.narrowed(listed, ["" if one == _NOBODY else one for one in of], states, kept)


def _grid(found: Found, rows: pd.DataFrame) -> pd.DataFrame:
    customers = [str(one) for one in rows["customer"]]
    orders = session.worked_out(_orders, found.asked, tuple(customers))
    told = rows.to_dict("records")
    return pd.DataFrame(
        {
            "name": wording.names_of(found, customers),
            "link": [link(found.asked, one) for one in customers],
            "reason": [wording.reason(row) for row in told],
            "at_risk": [float(row["at_risk"]) for row in told],
            "last": [wording.last(orders.get(one, ())) for one in customers],
            "suggested": [row["suggested"] for row in told],
            "next_visit": [row["next_visit"] for row in told],
            **{name: [row[name] for row in told]
               for name in ("owner", "due", "state", "action", "result", "contacted")},
        }
    )  # fmt: skip


def link(asked: Asked, customer: str) -> str:
    """The address of a customer's page; a phone number is not written into it."""
    told = wording.code_of(customer) if is_personal(customer) else customer
    return "customer?" + urlencode(
        {"customer": told, population.KEY: asked.population, session.LANGUAGE_KEY: language()}
    )


def _config(found: Found) -> dict[str, Any]:
    text, day = st.column_config.TextColumn, st.column_config.DateColumn
    return {
        "name": text(population.name(found.asked.population), pinned=True, width=150),
        "link": st.column_config.LinkColumn(
            say("care_list.page"), display_text=say("care_list.open"), width=60
        ),
        "reason": text(say("care_list.reason"), width=300),
        "at_risk": st.column_config.NumberColumn(
            say("care_list.at_risk"), format="%,.0f", help=say("care_list.at_risk_help")
        ),
        "last": text(say("care_list.last"), width=260),
        "suggested": text(say("care_list.suggested"), width=260),
        "next_visit": day(say("care_list.next_visit"), format="YYYY-MM-DD"),
        "owner": text(say("care_list.owner"), width=90),
        "due": day(say("care_list.due"), format="YYYY-MM-DD"),
        "state": st.column_config.SelectboxColumn(
            say("care_list.state"), options=list(STATES), required=True,
            format_func=lambda one: wording.state(str(one)),
        ),
        "action": text(say("care_list.action"), width=200),
        "result": text(say("care_list.result"), width=200),
        "contacted": day(say("care_list.contacted"), format="YYYY-MM-DD"),
    }  # fmt: skip


def _edited(key: str, rows: list[Mapping[str, Any]], found: Found) -> None:
    """What was typed or pasted in one go is one entry; held against what its author saw."""
    words = []
    for at, cells in st.session_state[key]["edited_rows"].items():
        words.append(_word(rows[int(at)], cells, found.asked.population))
    try:
        st.session_state[_DONE] = care_items.say(workspace(), words, found.version)
    except ChanplanError as fault:
        st.session_state[_DONE] = fault


def _word(row: Mapping[str, Any], cells: Mapping[str, Any], whose: str) -> Item:
    item = Item(
        row["key"], whose, str(row["customer"]), row["opened"], row["owner"], row["due"],
        row["state"], row["action"], row["result"], row["contacted"],
    )  # fmt: skip
    told: dict[str, Any] = {name: _cell(name, value) for name, value in cells.items()}
    item = replace(item, **told)
    if "state" in told and item.state in ("contacted", "done") and item.contacted is None:
        return replace(item, contacted=datetime.now().astimezone().date())
    return item


def _cell(name: str, value: object) -> object:
    if name in ("due", "contacted"):
        return None if not value else date.fromisoformat(str(value)[:10])
    return value


def _answer(found: Found) -> None:
    """What came of the last word: kept, or held back because somebody was quicker."""
    done = st.session_state.pop(_DONE, None)
    if isinstance(done, ChanplanError):
        guard.show(done)
    elif done is not None:
        if done.keys:
            st.toast(say("care_list.kept", count=len(done.keys)), icon=":material/check:")
        for late in done.late:
            one = late.standing
            st.warning(
                say("care_list.late", name=plain(wording.name_of(found, one.customer)),
                    by=plain(one.said_by), at=wording.moment(one.said_at),
                    owner=plain(one.owner or "—"), state=wording.state(one.state),
                    result=plain(one.result or "—")),
                icon=":material/sync_problem:",
            )  # fmt: skip


def _listed(asked: Asked, tongue: str) -> pd.DataFrame:
    return workspace().customers.care.listed(asked, "zh" if tongue == "zh" else "en")


def _silent(asked: Asked) -> care.Silent:
    return workspace().customers.care.silent(asked)


def _orders(asked: Asked, customers: tuple[str, ...]) -> Mapping[str, Any]:
    return workspace().customers.care.last_orders(asked, customers)
