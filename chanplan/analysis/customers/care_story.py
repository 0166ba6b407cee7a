"""What the page of care says and draws of its list: whose turn is first, where the money lies."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.customers.care import LATE_FROM, Silent

Why = Literal["silent", "fading", "going_on"]
WHYS: Final[tuple[Why, ...]] = ("silent", "fading", "going_on")
COLUMNS: Final = ["segment", "customers", "at_risk", *WHYS]


def why(row: Mapping[Any, Any]) -> Why:
    """Why a customer is in the list: silent beyond its rhythm; ordering on and bringing much less;
    or only because its care is going on."""
    if row["times"] is not None and row["times"] >= LATE_FROM:
        return "silent"
    return "fading" if row["shrunk"] else "going_on"


def opening(told: Silent) -> tuple[str, ...]:
    """The sentences of the page before the one that names whom to call first, as codes: whoever is
    first may be silent or not, so each kind has a sentence of its own."""
    return (
        "silent" if told.customers else "none_silent",
        *(("shrunk",) if told.shrunk else ()),
    )


def by_segment(listed: pd.DataFrame) -> pd.DataFrame:
    """A row per segment of the list, the most money at risk first: segment, customers, at_risk,
    and of that what lies with those silent, fading, and in care for no other reason. Decimal."""
    rows: dict[str, dict[str, Any]] = {}
    for row in listed[["segment", "at_risk", "times", "shrunk"]].to_dict("records"):
        own = rows.setdefault(
            str(row["segment"]),
            {"segment": str(row["segment"]), "customers": 0, "at_risk": ZERO}
            | dict.fromkeys(WHYS, ZERO),
        )
        own["customers"] += 1
        own["at_risk"] += row["at_risk"]
        own[why(row)] += row["at_risk"]
    found = sorted(rows.values(), key=lambda row: (-row["at_risk"], row["segment"]))
    return pd.DataFrame(found, columns=COLUMNS, dtype=object)


def largest(parts: pd.DataFrame) -> tuple[str, int, float] | None:
    """The segment with most money at risk, its customers, its share; None where nothing is."""
    whole = sum(parts["at_risk"], Decimal(0))
    if not whole:
        return None
    first = parts.iloc[0]
    return str(first["segment"]), int(first["customers"]), float(first["at_risk"] / whole)
