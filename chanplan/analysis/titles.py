"""What a chart shows, in one finding that can stand as its title.

Findings as in `story`: codes with values, read out by the page in the reader's language.
None where the chart has too little for one; the page then says what is drawn.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.story import FLAT_BELOW, Finding

# A ranking is read from its top: this many members say how concentrated the total is.
TOP = 3


def high_and_low(monthly: pd.DataFrame) -> Finding | None:
    """The best and the poorest month of `over_time.by_month`; needs two that differ."""
    months = {int(month): at for at, month in enumerate(monthly["month"])}
    totals = arithmetic.numbers(monthly, "total")
    known = {month: total for month, at in months.items() if (total := totals[at]) is not None}
    if len(known) < 2 or len(set(known.values())) == 1:
        return None
    high, low = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    values = {"value": known[high], "base": known[low]}
    return Finding("high_and_low", {"high": high, "low": low, **values})


def share_moved(monthly: pd.DataFrame, dimension: str) -> Finding | None:
    """The member of `over_time.by_month` whose share of the last month differs most from its
    share of the first one (definitions §1); a member absent in one of them had nothing there.
    Others and "not stated" are no member."""
    months = sorted({int(month) for month in monthly["month"]})
    if len(months) < 2:
        return None
    first, last = (_shares(monthly, month) for month in (months[0], months[-1]))
    members = [name for name in {**first, **last} if name is not None]
    if not first or not last or not members:
        return None
    moved = {name: last.get(name, ZERO) - first.get(name, ZERO) for name in members}
    most = max(members, key=lambda name: abs(moved[name]))
    if abs(moved[most]) < FLAT_BELOW:
        return None
    values = {"before_share": first.get(most, ZERO), "share": last.get(most, ZERO)}
    span = {"first": months[0], "last": months[-1]}
    code = "share_rose" if moved[most] > 0 else "share_fell"
    return Finding(code, {"dimension": dimension, "member": most, **values, **span})


def ups_and_downs(everyone: pd.DataFrame, dimension: str) -> Finding | None:
    """How many members of `shares.shares` rose and fell, and by how much together; the two
    sums make the change of the total."""
    changes = [change for change in arithmetic.numbers(everyone, "change") if change]
    rises, falls = [c for c in changes if c > 0], [c for c in changes if c < 0]
    if not rises and not falls:
        return None
    code = "ups_and_downs" if rises and falls else "only_ups" if rises else "only_downs"
    values = {"rose": len(rises), "up": sum(rises, ZERO), "fell": len(falls)}
    return Finding(code, {"dimension": dimension, **values, "down": sum(falls, ZERO)})


def concentration(everyone: pd.DataFrame, dimension: str) -> Finding | None:
    """The share that the largest members of `shares.shares` hold together (CR3, definitions
    §5); only where more members than those are there."""
    held = [share for share in arithmetic.numbers(everyone, "share") if share is not None]
    if len(held) <= TOP or min(held) < 0:
        return None
    top: Decimal = sum(sorted(held)[-TOP:], ZERO)
    counts = {"count": TOP, "of": len(held)}
    return Finding("concentration", {"dimension": dimension, "share": top, **counts})


def _shares(monthly: pd.DataFrame, month: int) -> dict[str | None, Decimal]:
    """Member → its share of a month, without others; empty where the month has no shares."""
    of_month = monthly[(monthly["month"] == month) & ~monthly["is_others"]]
    shares = arithmetic.numbers(of_month, "share")
    members = arithmetic.members(of_month, "member")
    return {name: share for name, share in zip(members, shares, strict=True) if share is not None}
