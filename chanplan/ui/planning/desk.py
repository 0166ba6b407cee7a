"""The plan in the making: what this session has typed so far, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from chanplan.domain.errors import TargetError
from chanplan.plans.editing import Draft
from chanplan.workspace.planning import Proposal, Wish

_DESK = "plan_desk"
# Steps that can be taken back.
MOST_STEPS = 50


@dataclass
class Desk:
    """One wish and its drafts, the newest last; `turn` makes a fresh editor after every step."""

    wish: Wish
    steps: list[Draft]
    turn: int = 0
    fault: TargetError | None = field(default=None)

    @property
    def draft(self) -> Draft:
        """The plan as it stands."""
        return self.steps[-1]


def desk(made: Proposal) -> Desk:
    """The desk of this wish; another wish begins anew."""
    known = st.session_state.get(_DESK)
    if not isinstance(known, Desk) or known.wish != made.wish:
        known = Desk(made.wish, [Draft(made.split, made.wish.locks)])
        st.session_state[_DESK] = known
    return known


def step(change: Callable[[Draft], Draft]) -> None:
    """Change the plan; what cannot be is told, and leaves it as it was."""
    known: Desk = st.session_state[_DESK]
    known.turn += 1
    try:
        known.steps = [*known.steps, change(known.draft)][-MOST_STEPS:]
        known.fault = None
    except TargetError as fault:
        known.fault = fault


def undo() -> None:
    """One step back."""
    known: Desk = st.session_state[_DESK]
    known.steps, known.fault, known.turn = known.steps[:-1], None, known.turn + 1


def anew() -> None:
    """The proposal as it came."""
    st.session_state.pop(_DESK, None)
