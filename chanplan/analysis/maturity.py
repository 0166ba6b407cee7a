"""New members against mature ones: a year after its first sale a member is mature."""

from __future__ import annotations

from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import Member
from chanplan.domain.period import MONTHS_A_YEAR, ordinal

DIMENSION: Final = "maturity"
GROUPS: Final = ("mature", "new")


def first_months(everything: pd.DataFrame, dimension: str) -> dict[Member, int]:
    """Member → the first month in which it sold anything.

    In: net sales by `dimension` and month over all months with data.
    """
    firsts: dict[Member, int] = {}
    cells = zip(
        arithmetic.members(everything, dimension),
        everything["month"],
        arithmetic.numbers(everything, "net_sales"),
        strict=True,
    )
    for member, month, value in cells:
        if value:
            firsts[member] = min(int(month), firsts.get(member, int(month)))
    return firsts


def grouped(
    frame: pd.DataFrame, dimension: str, firsts: dict[Member, int], beginning: int
) -> pd.DataFrame:
    """The same answer by `maturity` (one of GROUPS) instead of by member: in each month a member
    is new until it has sold for a year.

    beginning  the first month with data: a member that sold in it may be of any age, so it
               counts as mature
    """
    months = frame["month"].astype(int)
    groups = [
        _group(int(month), firsts.get(member), beginning)
        for month, member in zip(months, arithmetic.members(frame, dimension), strict=True)
    ]
    told = frame.assign(**{DIMENSION: pd.Series(groups, dtype=object, index=frame.index)})
    return told.drop(columns=dimension)


def members_of(group: str, firsts: dict[Member, int], month: int, beginning: int) -> list[Member]:
    """Who is new (or mature) in a month, of those that have sold by then."""
    return [
        member
        for member, first in firsts.items()
        if first <= month and _group(month, first, beginning) == group
    ]


def _group(month: int, first: int | None, beginning: int) -> str:
    if first is None or first <= beginning:
        return "mature"
    return "new" if ordinal(month) - ordinal(first) < MONTHS_A_YEAR else "mature"
