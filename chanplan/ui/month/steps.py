"""The steps of a month: what is left of each, the way to it, and the tick."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from chanplan.analysis.month_end.steps import STEPS, Step, first_open
from chanplan.ui import history, navigation, session
from chanplan.ui.month.asked import Chosen
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace

# The page on which a step is done; the others are done on this one.
PAGES: Final = {
    "files": "imports",
    "names": "names",
    "aside": "data",
    "reconcile": "reconcile",
    "findings": "overview",
}
_SIGNS: Final = {
    "done": ":green[:material/check_circle:]",
    "ticked": ":green[:material/task_alt:]",
    "open": ":orange[:material/radio_button_unchecked:]",
    "waiting": ":gray[:material/schedule:]",
    "none": ":gray[:material/remove_circle_outline:]",
}
# The sentence, the way to where it is done, the tick.
WIDTHS: Final = (6, 1, 1)
# Names of sources in one line.
MOST_NAMED: Final = 3
# A close is made by closing; it cannot be ticked off.
_NOT_TICKED: Final = ("close",)


def headline(chosen: Chosen) -> None:
    """How far the month is, and what comes next."""
    found, write = chosen.status, figures()
    month = write.month(chosen.month)
    following = first_open(found.steps)
    if following is None:
        told = say("month.headline_done", month=month, steps=len(STEPS))
    else:
        told = say(
            "month.headline", month=month, done=found.done, steps=len(STEPS),
            next=say(f"month.step_{following.code}"), why=sentence(following),
        )  # fmt: skip
    st.header(told, anchor=False)
    scope = chosen.view.scope
    st.caption(" · ".join((say(f"basis.{scope.basis}"), say(f"tax.{scope.tax}"))))
    st.progress(found.done / len(found.steps))


def show(chosen: Chosen) -> None:
    """The list, each step a row."""
    with st.container(border=True, gap="small", key="month_steps"):
        for at, one in enumerate(chosen.status.steps, start=1):
            _row(chosen, at, one)


def sentence(one: Step) -> str:
    """What is left of a step, or that nothing is."""
    state = "done" if one.state == "ticked" else one.state
    values = {name: _readable(name, value) for name, value in one.values.items()}
    code = f"month.{one.code}_{state}"
    if one.code == "aside" and one.values.get("money") == 0:
        code += "_unread" if one.state == "open" else ""
    return say(code, count=figures().count(one.count), **values)


def _row(chosen: Chosen, at: int, one: Step) -> None:
    told, way, tick = st.columns(WIDTHS, vertical_alignment="center")
    with told:
        st.markdown(f"{_SIGNS[one.state]} **{at}. {say(f'month.step_{one.code}')}** · {_told(one)}")
    with way:
        if one.code in PAGES and PAGES[one.code] in navigation.names():
            navigation.link(PAGES[one.code])
    with tick:
        _ticking(chosen.month, one)


def _told(one: Step) -> str:
    if one.tick is None:
        return sentence(one)
    when = history.moment(one.tick.at)
    said = say("month.ticked", by=plain(one.tick.by), at=when, note=plain(one.tick.note or ""))
    if one.stale:
        return f"{sentence(one)} {say('month.stale', by=plain(one.tick.by), at=when)}"
    return f"{sentence(one) if one.state == 'done' else ''} {said}".strip()


def _ticking(month: int, one: Step) -> None:
    if one.code in _NOT_TICKED or one.state in ("done", "none"):
        return
    if one.state == "ticked":
        st.button(
            say("month.untick"), key=f"untick_{one.code}", type="tertiary",
            icon=":material/undo:", on_click=_tick, args=(month, one.code, False),
        )  # fmt: skip
        return
    key = f"note_{one.code}"
    with st.popover(say("month.tick"), type="tertiary", icon=":material/check:"):
        st.text_input(say("month.note"), key=key, placeholder=say("month.note_hint"))
        st.button(
            say("month.tick_off"), key=f"tick_{one.code}", type="primary",
            on_click=_tick, args=(month, one.code, True, key),
        )  # fmt: skip


def _tick(month: int, step: str, done: bool, key: str = "") -> None:
    note = str(st.session_state.get(key) or "").strip() if key else ""
    workspace().closings.tick(month, step, done, note or None)


def _readable(name: str, value: Any) -> Any:
    if name == "sources":
        kept = [plain(one) for one in value[:MOST_NAMED]]
        more = len(value) - len(kept)
        listed = ("、" if session.language() == "zh" else ", ").join(kept)
        return say("crumbs.more", names=listed, count=more) if more > 0 else listed
    if name == "due":
        return "" if value is None else figures().date(value)
    if isinstance(value, Decimal):
        return figures().money(value)
    return value


def values_of(one: Step) -> Mapping[str, Any]:
    """The figures of a step as they are read out."""
    return {name: _readable(name, value) for name, value in one.values.items()}
