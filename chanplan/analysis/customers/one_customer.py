"""One customer: its months, its rhythm, what and where it buys, told by its orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.customers.care import LATE_FROM
from chanplan.language.scale import decimal

# Days with an order below which nobody has a rhythm: two gaps have no middle.
LEAST_DAYS: Final = 3


@dataclass(frozen=True)
class Rhythm:
    """gaps  days between one buying day and the next, in order
    usual   their median, None under LEAST_DAYS buying days
    silence days from the last order to the day looked at
    """

    days: tuple[date, ...]
    gaps: tuple[int, ...]
    usual: float | None
    silence: int

    @property
    def times(self) -> float | None:
        """Its silence in usual gaps."""
        return None if not self.usual else self.silence / self.usual

    @property
    def is_late(self) -> bool:
        """Silent beyond its rhythm."""
        return self.times is not None and self.times >= LATE_FROM


def rhythm(orders: pd.DataFrame, as_of: date) -> Rhythm:
    """In: orders with `day` and `net`; only such above zero are buying days."""
    bought = sorted({day for day, net in zip(orders["day"], orders["net"], strict=True)
                     if (decimal(net) or ZERO) > 0})  # fmt: skip
    gaps = tuple((after - before).days for before, after in pairwise(bought))
    usual = float(pd.Series(gaps).median()) if len(bought) >= LEAST_DAYS else None
    return Rhythm(tuple(bought), gaps, usual, (as_of - bought[-1]).days if bought else 0)


def by_month(orders: pd.DataFrame) -> pd.DataFrame:
    """month (202403), net, orders; every month from the first to the last, silent ones as 0."""
    if orders.empty:
        return pd.DataFrame(columns=["month", "net", "orders"], dtype=object)
    months = [int(month) for month in orders["month"]]
    told: dict[int, list[Decimal]] = {month: [] for month in _between(min(months), max(months))}
    for month, net in zip(months, orders["net"], strict=True):
        told[month].append(decimal(net) or ZERO)
    rows = [(month, sum(nets, ZERO), len(nets)) for month, nets in told.items()]
    return pd.DataFrame(rows, columns=["month", "net", "orders"], dtype=object)


def shares_of(lines: pd.DataFrame, by: str) -> pd.DataFrame:
    """member, net, share of what is above zero, last day; the largest first. In: `by`, net, day."""
    nets: dict[str | None, Decimal] = {}
    last: dict[str | None, date] = {}
    for member, net, day in zip(lines[by], lines["net"], lines["day"], strict=True):
        name = None if pd.isna(member) else str(member)
        nets[name] = nets.get(name, ZERO) + (decimal(net) or ZERO)
        last[name] = max(day, last.get(name, day))
    whole = sum((net for net in nets.values() if net > 0), ZERO)
    ranked = sorted(nets.items(), key=lambda one: (-one[1], one[0] or ""))
    rows = [
        (name, net, net / whole if whole > 0 and net > 0 else None, last[name])
        for name, net in ranked
    ]
    return pd.DataFrame(rows, columns=["member", "net", "share", "last"], dtype=object)


def _between(first: int, last: int) -> list[int]:
    months = [first]
    while months[-1] < last:
        month = months[-1]
        months.append(month + 1 if month % 100 < 12 else month + 89)
    return months
