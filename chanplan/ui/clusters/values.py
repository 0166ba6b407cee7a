"""How the value of a trait is written."""

from __future__ import annotations

import math

from chanplan.ui.session import figures, say

_MONEY = ("amount", "order_value")
_PRICES = ("price",)
_SHARES = ("channel_share", "discount", "returns")
_NAMED = ("recency", "frequency")


def value(feature: str, told: float, named: bool = False) -> str:
    """A trait's value; `named` with the word of its unit (days, orders)."""
    if math.isnan(told):
        return "—"
    if feature in _MONEY:
        return figures().money(told)
    if feature in _PRICES:
        return figures().exact(told)
    if feature in _SHARES:
        return figures().percent(told)
    if feature == "growth":
        return _growth(told)
    count = figures().count(told) if told == int(told) else figures().tenths(told)
    return say(f"clusters.value.{feature}", value=count) if named and feature in _NAMED else count


def _growth(told: float) -> str:
    """(a − b) / (a + b) as a / b − 1."""
    return "—" if told >= 1 else figures().change(2 * told / (1 - told), 0)
