"""What this session has typed on members and not yet saved, by kind."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

_DRAFTS = "org_drafts"
Cell = tuple[str, str]


@dataclass
class Drafting:
    """cells  (member, attribute) → what it is to be; `turn` makes a fresh grid after every step"""

    cells: dict[Cell, str] = field(default_factory=dict)
    turn: int = 0


def of(kind: str) -> Drafting:
    """The draft of a kind, empty at first."""
    drafts: dict[str, Drafting] = st.session_state.setdefault(_DRAFTS, {})
    return drafts.setdefault(kind, Drafting())


def put(kind: str, cells: dict[Cell, str]) -> None:
    """Type these cells on top of what is there."""
    at = of(kind)
    at.cells = {**at.cells, **cells}
    at.turn += 1


def drop(kind: str) -> None:
    """Forget the draft."""
    at = of(kind)
    at.cells, at.turn = {}, at.turn + 1
