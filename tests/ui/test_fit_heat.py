"""A click on the map of fit opens the cell it was on."""

from __future__ import annotations

import pytest
import streamlit as st

from chanplan.ui.fit import heat_map


def test_a_click_names_the_channel_and_the_item(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, str] = {}
    monkeypatch.setattr(st, "session_state", state)
    heat_map.opening("category", ["饮料", "零食"], ["天猫", "京东", "抖音"])("1.2")
    assert state == {"fit_category": "零食", "fit_channel": "抖音"}


@pytest.mark.parametrize(
    ("index", "strength"), [(100, 0), (200, 1), (50, -1), (900, 1), (0, -1), (-20, -1)]
)
def test_twice_and_half_have_the_full_colour(index: float, strength: float) -> None:
    assert heat_map.strength(index) == pytest.approx(strength)
