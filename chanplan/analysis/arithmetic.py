"""The few operations every analysis is made of, exact in Decimal and honest about unknowns.

Unknown is None and stays None: a growth rate without a positive base has no value
(definitions §2), it is not zero and not infinite.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from chanplan.language.scale import decimal
from chanplan.metrics.query import BASE

Member = str | None
ZERO = Decimal(0)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None


def difference(now: Decimal | None, base: Decimal | None) -> Decimal | None:
    """now − base; None when either is unknown."""
    return None if now is None or base is None else now - base


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """占比 as a fraction; None when the whole is not positive, where shares say nothing."""
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole


def growth(now: Decimal | None, base: Decimal | None) -> Decimal | None:
    """(now − base) / base as a fraction; None for a base ≤ 0 or missing (definitions §2)."""
    if now is None or base is None or base <= 0:
        return None
    return (now - base) / base


def contribution(change: Decimal | None, base_total: Decimal | None) -> Decimal | None:
    """增长贡献 (R1 − R0)_i / R0_total; members sum to total growth (definitions §2)."""
    if change is None or base_total is None or base_total <= 0:
        return None
    return change / base_total


def numbers(frame: pd.DataFrame, column: str) -> list[Decimal | None]:
    """A column as Decimals with None for unknown; a column that is absent is all unknown."""
    if column not in frame.columns:
        return [None] * len(frame)
    return [decimal(value) for value in frame[column].tolist()]


def members(frame: pd.DataFrame, dimension: str) -> list[Member]:
    """A dimension's column with None for "not stated", whatever pandas made of it."""
    told = frame[dimension]
    unknown = told.isna().tolist()
    return [None if none else str(at) for at, none in zip(told.tolist(), unknown, strict=True)]


def column(values: Iterable[object]) -> pd.Series:
    """A frame column that keeps Decimals and None as they are."""
    return pd.Series(list(values), dtype=object)


def base_of(measure: str) -> str:
    """The name of a measure's column in the period compared with."""
    return f"{measure}{BASE}"
