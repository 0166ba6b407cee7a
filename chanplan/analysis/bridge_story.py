"""What a bridge says in one sentence: the step that moved most money, and the one after it.

A finding as in `story`; `step` and `second` are names of `bridge.STEPS`.
"""

from __future__ import annotations

from decimal import Decimal

from chanplan.analysis.bridge import Bridge
from chanplan.analysis.story import Finding

# A second step smaller than this part of the first one explains nothing.
TELLING = Decimal("0.05")


def headline(found: Bridge) -> Finding:
    """`bridge_flat`; or `bridge_up` / `bridge_down` by the largest step, with the second one;
    or `bridge_up_alone` / `bridge_down_alone` where there is hardly a second."""
    ranked = sorted(found.steps, key=lambda step: -abs(found.steps[step]))
    first, second = (found.steps[step] for step in ranked[:2])
    if not first:
        return Finding("bridge_flat", {})
    code = "bridge_up" if first > 0 else "bridge_down"
    values = {"step": ranked[0], "money": first, "size": abs(first)}
    if abs(second) < TELLING * abs(first):
        return Finding(f"{code}_alone", values)
    return Finding(code, values | {"second": ranked[1], "second_money": second})
