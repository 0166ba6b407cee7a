"""What the page of segments opens with: who carries the sales, and who of them moved down, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from chanplan.analysis.customers import rfm

# Why a valuable customer moved down, as a code.
REASONS: Final = ("away", "rarer", "outdone")
# One customer with this part of all money makes every type hang on it.
DOMINANT = 0.5


@dataclass(frozen=True)
class Carried:
    """The segments that matter, together: their customers and money as parts of all."""

    customers: int
    share_customers: float
    share: float


@dataclass(frozen=True)
class Fallen:
    """The valuable who moved down: how many, their money at the first day, why most of them did,
    with how many, and the largest of them."""

    customers: int
    money: float
    reason: str
    because: int
    largest: str


def carried(sizes: pd.DataFrame) -> Carried | None:
    """What the four important types are of all; None where nobody is in them, or where nothing
    was sold. In: `segment_map.sizes`."""
    own = sizes[sizes["segment"].isin(rfm.IMPORTANT)]
    if own.empty or own["share"].isna().any():
        return None
    return Carried(
        int(own["customers"].sum()),
        float(own["share_customers"].sum()),
        float(own["share"].sum()),
    )


def fallen(down: pd.DataFrame) -> Fallen | None:
    """The valuable who moved down; None where nobody did. In: `migration.fallen`."""
    if down.empty:
        return None
    reasons = [why(was, now) for was, now in zip(down["was"], down["now"], strict=True)]
    reason = max(REASONS, key=reasons.count)
    return Fallen(
        len(down),
        float(down["money_before"].sum()),
        reason,
        reasons.count(reason),
        str(down["customer"].iloc[0]),
    )


def why(was: str, now: str) -> str:
    """Why the place is lower: away longer than before, coming less often, or outdone in money."""
    if was in rfm.NEAR and now not in rfm.NEAR:
        return "away"
    return "rarer" if was in rfm.OFTEN and now not in rfm.OFTEN else "outdone"


def state(sizes: pd.DataFrame, largest: float | None) -> str | None:
    """What a reader must know before anything else: `one_time` where everybody has too few orders
    to be judged, `tiny` where ranks of so few say little, `dominant` where one customer has most
    of all money; None for none of it."""
    customers = int(sizes["customers"].sum())
    if set(sizes["segment"]) == {rfm.FEW}:
        return "one_time"
    if largest is not None and largest >= DOMINANT and customers > 1:
        return "dominant"
    return "tiny" if customers < TINY else None


# Five scores by rank need a few customers each.
TINY: Final = 15


def present(order: Sequence[str], sizes: pd.DataFrame) -> list[str]:
    """The segments that have customers, in their order."""
    return [name for name in order if name in set(sizes["segment"])]
