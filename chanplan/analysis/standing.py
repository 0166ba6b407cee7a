"""Who leads a dimension with which share, who gained and lost, and who moved the total.

Findings as in `story`: codes with values, read out by the page in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic, shares
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.story import FLAT_BELOW, MOVED, Finding, drivers

MEASURE = "net_sales"
# Sales without a member below this share of the total change no ranking.
UNNAMED_FROM = Decimal("0.005")
Row = dict[str, object]


def standing(frame: pd.DataFrame, dimension: str) -> tuple[Finding, ...]:
    """What a page about one dimension opens with, most important first; never empty.

    In: net sales by `dimension`, with a base or without. Out, in order:
    - `no_sales`; or `stands_alone` (one member); or `negative_total` (no shares then); or
      `leads` (no base), `leads_unmoved` (no share moved), `leads_and_gained`,
      `leads_and_lost`, `leads_and_moved`: whether the leader itself gained or lost most
      share, or others did
    - `took_lead` when another member led the base
    - `added_most`, `lost_most`: who moved the total, by money (definitions §2)
    - `breadth`: how many members rose, fell and stood still
    - `like_for_like`: the growth of those that sold in both periods, where some did not
    - `unnamed`: the share that no file gives a member for
    """
    shown = shares.shares(frame, dimension, MEASURE)
    rows: list[Row] = [{"dimension": dimension, **row} for row in _dicts(shown)]
    if not rows:
        return (Finding("no_sales", {}),)
    named = [row for row in rows if row["member"] is not None]
    first = named[0] if named else rows[0]
    if len(rows) == 1:
        return (Finding("stands_alone", first),)
    if first["share"] is None:
        return (_negative(shown), *_moved(dimension, shown))
    return (
        _lead(first, rows),
        *_took_lead(first, named),
        *_moved(dimension, shown),
        *_breadth(dimension, named),
        *_like_for_like(dimension, rows),
        *_unnamed(dimension, rows),
    )


def _moved(dimension: str, shown: pd.DataFrame) -> list[Finding]:
    """Who moved the total, the one that explains its direction first."""
    changes = arithmetic.numbers(shown, "change")
    if changes[0] is None:
        return []
    found = drivers(dimension, shown, (arithmetic.total(changes) or ZERO) >= 0)
    return [Finding(MOVED[finding.code], finding.values) for finding in found]


def _dicts(shown: pd.DataFrame) -> list[Row]:
    names = ("value", "base", "change", "share", "base_share", "share_change", "growth")
    cells = {name: arithmetic.numbers(shown, name) for name in names}
    members = arithmetic.members(shown, "member")
    return [
        {"member": member, **{name: cells[name][at] for name in names}}
        for at, member in enumerate(members)
    ]


def _lead(first: Row, rows: Sequence[Row]) -> Finding:
    if first["share_change"] is None:
        return Finding("leads", first)
    gainer, loser = max(rows, key=_points), min(rows, key=_points)
    if _points(gainer) < FLAT_BELOW and -_points(loser) < FLAT_BELOW:
        return Finding("leads_unmoved", first)
    moved = {
        "gainer": gainer["member"],
        "gain": gainer["share_change"],
        "loser": loser["member"],
        "loss": loser["share_change"],
    }
    code = {id(gainer): "leads_and_gained", id(loser): "leads_and_lost"}
    return Finding(code.get(id(first), "leads_and_moved"), {**first, **moved})


def _points(row: Row) -> Decimal:
    return _known(row["share_change"])


def _took_lead(first: Row, named: Sequence[Row]) -> list[Finding]:
    before = max(named, key=lambda row: _known(row["base"]), default=first)
    if _known(before["base"]) <= _known(first["base"]):
        return []
    return [Finding("took_lead", {**first, "before": before["member"]})]


def _breadth(dimension: str, named: Sequence[Row]) -> list[Finding]:
    """Only from three members on: of two, the drivers have said it already."""
    changes = [row["change"] for row in named]
    if len(named) < 3 or None in changes:
        return []
    moves = [_known(change) for change in changes]
    rose, fell = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    counts = {"count": len(moves), "rose": rose, "fell": fell}
    return [Finding("breadth", {"dimension": dimension, **counts})]


def _like_for_like(dimension: str, rows: Sequence[Row]) -> list[Finding]:
    """可比口径 (definitions §2): members present in both periods; silent where all are."""
    both = [row for row in rows if row["member"] is not None and row["value"] and row["base"]]
    named = [row for row in rows if row["member"] is not None]
    if not both or len(both) == len(named):
        return []
    sides = (sum((_known(row[side]) for row in both), ZERO) for side in ("value", "base"))
    rate = arithmetic.growth(*sides)
    if rate is None:
        return []
    values = {"dimension": dimension, "count": len(both), "growth": rate}
    return [Finding("like_for_like", values)]


def _unnamed(dimension: str, rows: Sequence[Row]) -> list[Finding]:
    gap = next((row for row in rows if row["member"] is None), None)
    if gap is None or len(rows) == 1 or _known(gap["share"]) < UNNAMED_FROM:
        return []
    return [Finding("unnamed", {"dimension": dimension, "share": gap["share"]})]


def _negative(shown: pd.DataFrame) -> Finding:
    whole = arithmetic.total(arithmetic.numbers(shown, "value"))
    return Finding("negative_total", {"value": whole})


def _known(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO
