"""Advanced: how scores become types, by rank or by thresholds that a person sets."""

from __future__ import annotations

import streamlit as st

from chanplan.analysis.customers.rfm import Rules
from chanplan.ui.session import say

_PLAIN = Rules()
# Name of a rule → least, most.
_BOUNDS = {
    "least": (1, 20),
    "high_from": (2, 5),
    "near_days": (0, 3650),
    "often": (0, 10_000),
    "much": (0, 10_000_000_000),
}


def rules() -> Rules:
    """What the inputs say; the plain rules by default."""
    st.caption(say("segments.rules_says"))
    said = {}
    for name, place in zip(_BOUNDS, st.columns(len(_BOUNDS)), strict=True):
        with place:
            said[name] = _number(name)
    return Rules(**said)


def _number(name: str) -> int:
    low, high = _BOUNDS[name]
    return int(
        st.number_input(
            say(f"segments.rule_{name}"),
            low,
            high,
            getattr(_PLAIN, name),
            help=say(f"segments.rule_{name}_help"),
            key=f"segments_{name}",
        )
    )
