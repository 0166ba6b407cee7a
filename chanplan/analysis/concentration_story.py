"""What the page of concentration opens with: how much hangs on few, and how usual that is."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.concentration import TOP, Concentration
from chanplan.analysis.own_history import Standing
from chanplan.analysis.standing import UNNAMED_FROM
from chanplan.analysis.story import Finding


def concentration_story(
    ranked: pd.DataFrame,
    found: Concentration | None,
    usual: Standing | None,
    dimension: str,
    unnamed: Decimal | None = None,
) -> tuple[Finding, ...]:
    """Findings as in `story`; never empty.

    In: `concentration.members` of one dimension and `own_history.standing`. Out: `no_sales`;
    or `negative_total` (nobody sells above zero); or `stands_alone`; or `hangs_on_few` (no
    more members than CR3 counts) or `hangs_on`. Then one of `usual_more`, `usual_less`,
    `usual_ordinary`, `usual_short` where there is a history; and `unnamed`, the share of sales
    that no file gives a member for.
    """
    named: dict[str, object] = {"dimension": dimension}
    if len(ranked) == 0:
        return (Finding("no_sales", {}),)
    values = arithmetic.numbers(ranked, "value")
    first = named | {"member": ranked["member"].iloc[0], "value": values[0]}
    if found is None:
        return (Finding("negative_total", {"value": arithmetic.total(values)}),)
    if found.members == 1:
        return (Finding("stands_alone", first),)
    told = first | {"before_share": found.largest, "effective": found.effective}
    told |= {"share": found.top, "count": TOP, "of": found.members}
    code = "hangs_on" if found.members > TOP else "hangs_on_few"
    return (Finding(code, told), *_usual(usual), *_unnamed(named, unnamed))


def _unnamed(named: dict[str, object], share: Decimal | None) -> list[Finding]:
    if share is None or share < UNNAMED_FROM:
        return []
    return [Finding("unnamed", {**named, "share": share})]


def _usual(usual: Standing | None) -> list[Finding]:
    if usual is None or usual.low is None:
        return []
    count = usual.below + usual.above
    values = {"least": usual.low, "most": usual.high, "count": count, "below": usual.below}
    return [Finding(f"usual_{usual.verdict}", values)]
