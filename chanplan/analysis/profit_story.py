"""What a statement of channel profit says first: what is left, who earns it, who costs most.

Findings as in `story`: codes with values, read out by the page in the reader's language.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.profit import DIMENSION, Statement
from chanplan.analysis.story import Finding

# Below this share of net sales a contribution speaks for a part of the company, and says so.
WHOLE_FROM: Final = Decimal("0.995")
# A channel's cost rate this much above the company's is worth a sentence, in points.
HEAVY: Final = Decimal("0.05")

BEARER_COLUMNS: Final = ("member", "amount", "rate", "share")
# The steps that a channel's row has a figure for, by its column.
_OF_CHANNELS: Final = {
    "sales": "covered_sales",
    "goods": "goods",
    "channels": "contribution",
    "left": "contribution",
    "left_out": "left_out",
}
STEP_COLUMNS: Final = ("code", "name", "amount", "is_total")


def story(stated: Statement) -> tuple[Finding, ...]:
    """The findings of a statement, most important first; never empty.

    `profit_unknown` where no channel-month has its costs; else `profit` or `loss` of the
    company; `profit_partly` below whole coverage; `earns_most`; `loses` for every channel that
    costs more than it earns, or `earns_least`; `costs_most` where a rate stands out.
    """
    known = stated.channels[stated.channels["contribution"].notna()]
    left = stated.company["contribution"]
    if left is None or known.empty:
        return (Finding("profit_unknown", {}),)
    sales = stated.company["covered_sales"]
    values = {"value": left, "rate": arithmetic.share(left, sales)}
    first = Finding("profit" if left >= 0 else "loss", values)
    return (first, *_partly(stated), *_members(known), *_costs_most(stated, known))


def _partly(stated: Statement) -> list[Finding]:
    coverage = stated.company["coverage"]
    if coverage is None or coverage >= WHOLE_FROM:
        return []
    return [Finding("profit_partly", {"coverage": coverage})]


def _members(known: pd.DataFrame) -> list[Finding]:
    rows: list[dict[str, Any]] = [_values(row) for row in _records(known)]
    if len(rows) == 1:
        return []
    losing = [Finding("loses", row) for row in reversed(rows) if row["value"] < 0]
    return [Finding("earns_most", rows[0]), *(losing[:2] or [Finding("earns_least", rows[-1])])]


def _costs_most(stated: Statement, known: pd.DataFrame) -> list[Finding]:
    """The channel whose costs take most of its sales, where it stands out."""
    whole = arithmetic.share(stated.company["costs"], stated.company["covered_sales"])
    rated = [row for row in _records(known) if row["cost_rate"] is not None]
    if whole is None or len(rated) < 2:
        return []
    most = max(rated, key=lambda row: row["cost_rate"])
    if most["cost_rate"] - whole < HEAVY:
        return []
    values = {"cost_rate": most["cost_rate"], "usual_rate": whole}
    return [Finding("costs_most", {"dimension": DIMENSION, "member": most["member"], **values})]


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "dimension": DIMENSION,
        "member": row["member"],
        "value": row["contribution"],
        "rate": row["contribution_rate"],
    }


def steps(stated: Statement, member: str | None = None) -> pd.DataFrame:
    """From net sales to what is left, of the company or of one channel.

    Out: STEP_COLUMNS. code is sales, goods, cost (name: the company's own name for it), channels
    (what the channels leave together), unallocated, left_out, left; amounts of costs are
    negative; `is_total` marks what stands from nought. The steps between two totals sum to
    their difference.
    """
    row = stated.company if member is None else _row(stated, member)
    costs = _by_name(stated, member)
    told: list[tuple[str, str | None, Decimal, bool]] = [
        ("sales", None, row["covered_sales"] or arithmetic.ZERO, True),
        ("goods", None, -(row["goods"] or arithmetic.ZERO), False),
        *(("cost", name, -amount, False) for name, amount in costs),
    ]
    if member is None:
        told.append(("channels", None, row["channels"] or arithmetic.ZERO, True))
        borne = [(code, row[code] or arithmetic.ZERO) for code in ("unallocated", "left_out")]
        told += [(code, None, -amount, False) for code, amount in borne if amount]
    told.append(("left", None, row["contribution"] or arithmetic.ZERO, True))
    return pd.DataFrame(told, columns=list(STEP_COLUMNS), dtype=object)


def bearers(stated: Statement, code: str, name: str | None = None) -> pd.DataFrame:
    """The channels that make one of the company's `steps`, the largest first.

    Out: BEARER_COLUMNS. rate: of the channel's covered sales; share: of the step. For
    `unallocated`, which no channel bears, `member` is the company's own name for the cost.
    """
    amounts = _borne(stated, code, name)
    whole = arithmetic.total(list(amounts.values()))
    sales = {row["member"]: row["covered_sales"] for row in _records(stated.channels)}
    rows = [
        (
            member,
            amount,
            arithmetic.share(amount, sales.get(member)),
            arithmetic.share(amount, whole),
        )
        for member, amount in amounts.items()
        if amount
    ]
    rows.sort(key=lambda row: (-row[1], str(row[0] or "")))
    return pd.DataFrame(rows, columns=list(BEARER_COLUMNS), dtype=object)


def _borne(stated: Statement, code: str, name: str | None) -> dict[str | None, Decimal]:
    found: dict[str | None, Decimal] = defaultdict(Decimal)
    if code in _OF_CHANNELS:
        for row in _records(stated.channels):
            found[row["member"]] += row[_OF_CHANNELS[code]] or arithmetic.ZERO
        return found
    for cost in _records(stated.kinds):
        if code == "unallocated" and cost["member"] is None:
            found[cost["cost_type"]] += cost["amount"]
        elif code == "cost" and cost["member"] is not None and cost["cost_type"] == name:
            found[cost["member"]] += cost["amount"]
    return found


def _by_name(stated: Statement, member: str | None) -> list[tuple[str | None, Decimal]]:
    """The costs of one channel, or of all channels, by the company's own name, largest first."""
    sums: dict[str | None, Decimal] = defaultdict(Decimal)
    for cost in _records(stated.kinds):
        if cost["member"] is not None and member in (None, cost["member"]):
            sums[cost["cost_type"]] += cost["amount"]
    return sorted(sums.items(), key=lambda each: (-each[1], each[0] or ""))


def _row(stated: Statement, member: str) -> dict[str, Any]:
    return next(row for row in _records(stated.channels) if row["member"] == member)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
