"""A plan is kept: under which version, why, and from which month on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.domain.period import MONTHS_A_YEAR
from chanplan.domain.targets import BUDGET, BUDGET_WORDS
from chanplan.plans.editing import Draft
from chanplan.plans.splitting import Node
from chanplan.ui.outcome import Outcome
from chanplan.ui.plain import plain
from chanplan.ui.planning import asked
from chanplan.ui.session import figures, say, workspace
from chanplan.workspace import plan_files
from chanplan.workspace.plan_files import Saving
from chanplan.workspace.planning import Wish

_SAID = Outcome("plan_said")
_VERSION, _REASON, _SINCE = "plan_version", "plan_reason", "plan_since"


def told() -> None:
    """What came of the last save, once."""
    _SAID.tell()


def form(wish: Wish, draft: Draft) -> None:
    """Version, reason, month; and the button."""
    _form(wish, disabled=draft.total <= 0, args=(wish, draft, None))


def points_form(wish: Wish, points: Mapping[tuple[str, Node], Decimal]) -> None:
    """The same for what is set cell by cell."""
    _form(wish, disabled=not points, args=(wish, None, points))


def version_named(version: str) -> str:
    """The first version by the reader's word, others as they are called."""
    return say("planning.budget") if version == BUDGET else version


def _form(wish: Wish, disabled: bool, args: tuple[object, ...]) -> None:
    with st.form("plan_save", border=True):
        with st.grid(3, min_column_width=170, gap="small"):
            proposed = _next_version(wish.year)
            st.text_input(say("planning.version"), proposed, key=_key(_VERSION), max_chars=40)
            hint = say("planning.reason_hint")
            st.text_input(
                say("planning.reason"), key=_key(_REASON), max_chars=200, placeholder=hint
            )
            months = [0, *(wish.year * 100 + m for m in range(1, MONTHS_A_YEAR + 1))]
            st.selectbox(
                say("planning.since"),
                months,
                key=_key(_SINCE),
                help=say("planning.since_help"),
                format_func={one: _since_named(one) for one in months}.__getitem__,
            )
        st.form_submit_button(
            say("planning.save"),
            type="primary",
            icon=":material/save:",
            disabled=disabled,
            on_click=_save,
            args=(*args, workspace().version),
        )


def _key(name: str, seen: int | None = None) -> str:
    """Once a plan is in the store, the inputs for the next one are empty."""
    return f"{name}_{workspace().version if seen is None else seen}"


def _since_named(month: int) -> str:
    return figures().month(month) if month else say("planning.since_first")


def _next_version(year: int) -> str:
    """The first is the budget, those after it forecasts by their number."""
    known = [one.version for one in asked.versions() if one.year == year]
    return say("planning.forecast", number=len(known)) if known else say("planning.budget")


def _save(
    wish: Wish,
    draft: Draft | None,
    points: Mapping[tuple[str, Node], Decimal] | None,
    seen: int,
) -> None:
    """`seen` is the data version under which the form was drawn: others may have saved since."""
    typed = {name: st.session_state[_key(name, seen)] for name in (_VERSION, _REASON, _SINCE)}
    said = str(typed[_VERSION]).strip()
    version = BUDGET if said.casefold() in BUDGET_WORDS else said
    since = int(typed[_SINCE]) or None
    reason = str(typed[_REASON]).strip() or None
    saving = Saving(version, reason, since, draft.locks if draft else (), seen)
    try:
        if draft is not None:
            made = plan_files.save(workspace(), wish, draft.split, saving)
        else:
            made = plan_files.save_points(workspace(), wish, points or {}, saving)
    except ChanplanError as fault:
        _SAID.refused(fault)
        for name, value in typed.items():  # nothing typed is lost with it
            st.session_state[_key(name)] = value
        return
    shown = plain(version_named(version))
    values = {"year": wish.year, "version": shown, "rows": made.counts.loaded, "batch": made.batch}
    _SAID.did(say("planning.saved", **values))
