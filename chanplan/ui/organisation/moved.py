"""What a reorganisation moved: the sentence of the page, the bridge of a group, every move."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import reorganising
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.reorganising import CARRIERS, Reorganised
from chanplan.charts import waterfall
from chanplan.charts.waterfall import BridgeWords, Row
from chanplan.ui import address, comparing, figure, findings, session, tables
from chanplan.ui.members import BESIDE, PICKER_WIDTH
from chanplan.ui.organisation import asked
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

_DIMENSION, _GROUP = "org_by", "org_group"
# Steps of a group's bridge between its totals.
_FROM_TO = ("moved_in", "moved_out", "organic")


def headline(view: View) -> None:
    """What moved most, in the dimension that is looked at, else the first that anything did."""
    if not session.is_dated() or view.base is None:
        key = "organisation.no_base" if session.is_dated() else "organisation.nothing_dated"
        st.header(say(key), anchor=False)
        return
    known = _known()
    chosen = st.session_state.get(_DIMENSION)
    for name in [chosen] if chosen in known else known:
        found = asked.reorganised(view.scope, view.compare, name)
        if found.moves:
            break
    findings.show(reorganising.told(found, name), view.compare)


def show(view: View) -> None:
    """The bridge of the chosen dimension's groups."""
    if view.base is None or not session.is_dated():
        st.info(say("organisation.no_base" if view.base is None else "organisation.dated_how"))
        return
    names = {name: figure.dimension_name(name) for name in _known()}
    with st.container(width=PICKER_WIDTH):
        label = say("organisation.between")
        by = address.choice(_DIMENSION, list(names), next(iter(names)), label, names.__getitem__)
    found = asked.reorganised(view.scope, view.compare, by)
    st.caption(
        say(
            "organisation.moved_says",
            base=view.base_told,
            now=comparing.told(view.period, view.scope.days),
            of=names[by],
        )
    )
    if not found.moves:
        st.info(say("organisation.none_moved", of=names[by]))
        return
    left, right = st.columns(BESIDE, gap="medium")
    with left:
        _group(view, found, by)
    with right:
        _moves(view, found, by)
    _groups(view, found, by)


def _known() -> list[str]:
    """Regions and channels first; those in which a member has ever changed its place."""
    return [name for name in CARRIERS if name in session.dated()]


def _group(view: View, found: Reorganised, by: str) -> None:
    """One group from what it was told as then to what it is now."""
    rows = {str(row["group"] or ""): row for row in found.groups.to_dict("records")}
    most = max(rows, key=lambda one: abs(rows[one]["moved_in"] - rows[one]["moved_out"]))
    shown = dict(zip(rows, figure.names_of(by, [one or None for one in rows]), strict=True))
    with st.container(width=PICKER_WIDTH):
        label = say("organisation.group")
        group = address.choice(_GROUP, list(rows), most, label, shown.__getitem__)
    row = rows[group]
    _title(row, plain(shown[group]))
    steps = {name: say(f"organisation.{name}") for name in _FROM_TO}
    words = BridgeWords(
        say("organisation.base_then", base=view.base_told), say("organisation.now"), steps,
        {name: say(f"organisation.{name}_help") for name in _FROM_TO}, {},
    )  # fmt: skip
    drawn = waterfall.of_rows(
        _bars(row, words, say("organisation.base")), row["base_then"], figures(), words,
        look=figure.look(),
    )  # fmt: skip
    values = {name: figures().signed_money(row[name]) for name in ("moved_in", "organic")}
    values["moved_out"] = figures().signed_money(-row["moved_out"])
    figure.show(
        drawn, "org_bridge", say("organisation.bridge_alt", group=plain(shown[group]), **values)
    )


def _title(row: Mapping[Hashable, Any], group: str) -> None:
    """What moving gave of the group's growth; without a base there is none to give of."""
    if row["growth"] is None:
        st.subheader(say("organisation.new_group", group=group), anchor=False)
        return
    write = figures()
    values = {"growth": write.change(row["growth"]), "points": write.points(row["points"])}
    like = write.change(row["like"])
    st.subheader(say("organisation.falls_apart", group=group, like=like, **values), anchor=False)


def _bars(row: Mapping[Hashable, object], words: BridgeWords, subtotal: str) -> list[Row]:
    first, came, went, base, now = (
        _money(row[name]) for name in ("base_then", "moved_in", "moved_out", "base", "now")
    )
    return [
        Row("", words.base, ZERO, first, total=True),
        Row("moved_in", words.steps["moved_in"], first, first + came),
        Row("moved_out", words.steps["moved_out"], first + came, first + came - went),
        Row("continuing", subtotal, ZERO, base, total=True),
        Row("organic", words.steps["organic"], base, now),
        Row("", words.now, ZERO, now, total=True),
    ]


def _groups(view: View, found: Reorganised, by: str) -> None:
    frame = found.groups.assign(name=figure.names_of(by, _members(found.groups["group"])))
    money = tables.one_scale(frame, reorganising.STEPS)
    columns = [
        Column("name", figure.dimension_name(by), width=150),
        *(
            Column(step, say(f"organisation.head_{step}"), "money", step == "organic", scale=money)
            for step in reorganising.STEPS
        ),
        Column("growth", say("organisation.growth"), "rate", signed=True,
               help=say("organisation.growth_help")),
        Column("points", say("organisation.points"), "points"),
        Column("like", say("organisation.like"), "rate", signed=True,
               help=say("organisation.like_help")),
    ]  # fmt: skip
    st.subheader(say("organisation.groups", of=figure.dimension_name(by)), anchor=False)
    name = say("organisation.groups_file", of=figure.dimension_name(by))
    tables.show(frame, columns, "org_groups", say("organisation.groups_alt"), _about(view), name)


def _moves(view: View, found: Reorganised, by: str) -> None:
    carrier = CARRIERS[by]
    st.subheader(say("organisation.moves", count=len(found.moves)), anchor=False)
    frame = pd.DataFrame(
        {
            "member": figure.names_of(carrier, [move.member for move in found.moves]),
            "source": figure.names_of(by, [move.source for move in found.moves]),
            "target": figure.names_of(by, [move.target for move in found.moves]),
            "money": [move.money for move in found.moves],
        },
        dtype=object,
    )
    columns = [
        Column("member", figure.dimension_name(carrier)),
        Column("source", say("organisation.source")),
        Column("target", say("organisation.target")),
        Column("money", say("organisation.moved_money", base=view.base_told), "money"),
    ]
    name = say("organisation.moves_file")
    tables.show(frame, columns, "org_moves", say("organisation.moves_alt"), _about(view), name)


def _about(view: View) -> list[tuple[str, str]]:
    return [(say("download.about"), " · ".join(view.told))]


def _members(values: pd.Series) -> list[Member]:
    return [None if one is None else str(one) for one in values]


def _money(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO
