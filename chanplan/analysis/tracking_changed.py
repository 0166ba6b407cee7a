"""What if: the landing of a target when one member sells more or less from here on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chanplan.analysis.landing import p_hit
from chanplan.analysis.tracking_landing import Landing, ends_of


def changed(whole: Landing, part: Landing, target: Decimal, by: float) -> Landing:
    """The landing of `whole` when the remainder of `part` is (1 + by) times what is expected;
    for one member alone both are its own. What is over stays as it is."""
    if whole.outlook is None or part.outlook is None:
        return whole
    before, more = whole.outlook, part.outlook
    extra = more.expected * by
    outlook = replace(
        before, expected=before.expected + extra, draws=before.draws + more.draws * by
    )
    actual = whole.landing - Decimal(repr(round(before.expected, 2)))
    return Landing(
        actual + Decimal(repr(round(outlook.expected, 2))),
        ends_of(actual, outlook.draws),
        p_hit(actual, target, outlook),
        whole.method,
        outlook,
    )
