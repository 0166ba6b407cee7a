"""A closed month: reported, change, now; who has moved it; and closing or opening it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from chanplan.domain.closing import Snapshot
from chanplan.domain.errors import BadQueryError
from chanplan.domain.scope import Scope
from chanplan.language import explain
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.relations import AMOUNTS, LINES
from chanplan.ui import address, figure, history, session
from chanplan.ui.closing import deed, drawn
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.workspace.closing import Difference

_MEASURE, _BY, _SNAP = "closed_measure", "closed_by", "closed_number"
_NO_SPLIT = ""
# Units whose changes are written with their sign.
_SIGNED = {"money": "signed_money", "count": "signed_count", "quantity": "signed_count"}
_SIGNED |= {"rate": "points"}


def section(scope: Scope) -> None:
    """Of the last month of a scope, in its basis, tax view and attribute view."""
    month = scope.period.last
    kept = workspace().closings.snapshots(month)
    if not kept:
        st.header(say("closing.title_open", month=figures().month(month)), anchor=False)
        st.markdown(say("closing.never", month=figures().month(month)))
        deed.offer(month)
        return
    title, chooser = st.container(), st.container()
    with chooser:
        number, measure, by = _chosen(month, kept)
    asked = replace(scope, where=(), days=None)
    try:
        found = session.worked_out(_change, asked, measure, by, number)
    except BadQueryError as fault:
        title.header(say("closing.title_unkept", month=figures().month(month)), anchor=False)
        st.info(plain(explain(fault, language())))
        deed.offer(month)
        return
    with title:
        _head(found)
    _openings(found)
    drawn.chart(found)
    drawn.parts(found)
    drawn.members(found)
    deed.offer(month)


def _change(scope: Scope, measure: str, by: str, number: int) -> Difference:
    found = workspace().closings.change(scope, measure, (by,) if by else (), number)
    assert found is not None
    return found


def _head(found: Difference) -> None:
    """What has happened to the month, in a sentence, and which closing that is said of."""
    month = figures().month(found.snapshot.month)
    unit = catalogue().measures[found.measure].unit
    told = {name: figures().by_unit(getattr(found, name), unit) for name in ("reported", "now")}
    told["change"] = figures().by_unit(found.change, _SIGNED.get(unit, unit))
    first = next(iter(found.parts.to_dict("records")), None)
    code = "title_moved" if found.change is None or found.change else "title_same"
    if found.change and first is not None:
        code, told["part"] = "title_moved_by", drawn.named(first)
    st.header(say(f"closing.{code}", month=month, **told), anchor=False)
    state = "is_closed" if found.snapshot.month in workspace().closings.closed() else "is_open"
    st.caption(" · ".join([say(f"closing.{state}"), _snapshot(found.snapshot)]))
    if found.snapshot.otherwise:
        st.warning(say("closing.otherwise_told", months=month), icon=":material/warning:")


def _chosen(month: int, kept: list[Snapshot]) -> tuple[int, str, str]:
    """Which closing, measure and dimension."""
    columns = st.columns(3)
    newest = workspace().closings.chosen(month)
    names = {str(one.id): _snapshot(one) for one in kept}
    assert newest is not None
    with columns[0]:
        number = address.choice(
            _SNAP, list(names), str(newest.id), say("closing.snapshot"), names.__getitem__
        )
    shown = [one.name for one in catalogue().shown() if not _beside(one.name)]
    measures = {one: figure.measure_name(one) for one in shown}
    with columns[1]:
        measure = address.choice(
            _MEASURE, shown, shown[0], say("closing.measure"), measures.__getitem__
        )
    dimensions = {_NO_SPLIT: say("closing.whole")}
    dimensions |= {one: figure.dimension_name(one) for one in _dimensions()}
    with columns[2]:
        by = address.choice(
            _BY, list(dimensions), "channel", say("closing.by"), dimensions.__getitem__
        )
    return int(number), measure, by


def _beside(measure: str) -> bool:
    known = catalogue().measures
    return any(known[part].beside for part in known[measure].over or (measure,))


def _dimensions() -> list[str]:
    """Those that closings keep."""
    held = {column for one in AMOUNTS if one is not LINES for column in one.columns}
    return [
        one.name
        for one in catalogue().dimensions.values()
        if not one.calendar and (one.column or one.of) in held
    ]


def _snapshot(one: Snapshot) -> str:
    told = say(
        "closing.snapshot_told", number=one.id, kind=say(f"closing.kind_{one.kind}"),
        at=history.moment(one.at), by=plain(one.by),
    )  # fmt: skip
    return f"{told} · {plain(one.reason)}" if one.reason else told


def _openings(found: Difference) -> None:
    if not found.openings:
        return
    told = [
        say("closing.opening", at=history.moment(at), by=plain(by),
            reason=f" · {plain(reason)}" if reason else "")
        for at, by, reason in found.openings
    ]  # fmt: skip
    st.caption(say("closing.openings", told="; ".join(told)))
