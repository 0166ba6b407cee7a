"""The first sentences of the page of who stays, as codes and values; the words are the page's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from chanplan.analysis.customers import outlook
from chanplan.analysis.customers.checking import Check
from chanplan.analysis.customers.cohorts import (
    Cohorts,
    Staying,
    best_and_worst_channel,
    best_and_worst_cohort,
)
from chanplan.analysis.customers.columns import floats
from chanplan.analysis.customers.outlook import HORIZONS, YEAR, Outlook

# From here on one customer is told by name: what everybody is worth rests on it.
MOST_OF_ALL: Final = 0.5
# An error below half a thousandth is none.
EVEN_BELOW: Final = 0.0005


@dataclass(frozen=True)
class Summary:
    """What is expected of all customers together.

    customers  all of them; recent: with a purchase in the twelve months to the day
    again      of the recent, how many are expected to buy again within twelve months
    recent_value  what the recent will buy in twelve months, net sales
    purchases, value  by months ahead, of all customers
    at_risk    usual yearly net sales times risk, of the recent
    largest    the customer with most of the value, and its part; None where nothing is expected
    """

    customers: int
    recent: int
    again: float
    recent_value: float
    purchases: Mapping[int, float]
    value: Mapping[int, float]
    at_risk: float
    largest: tuple[str, float] | None


def summary(facts: pd.DataFrame, told: Outlook) -> Summary:
    """All customers of an outlook together; sums leave out what is not known."""
    rows, is_recent = told.rows, floats(facts["recency"]) < outlook.DAYS_A_MONTH * YEAR
    value, risk = floats(rows[f"value_{YEAR}"]), floats(rows["risk"])
    whole = float(np.nansum(value))
    largest = None
    if whole > 0:
        at = int(np.nanargmax(value))
        largest = (str(rows["customer"].iloc[at]), float(value[at]) / whole)
    return Summary(
        customers=len(rows),
        recent=int(is_recent.sum()),
        again=float(np.nansum(1 - risk[is_recent])),
        recent_value=float(np.nansum(value[is_recent])),
        purchases={m: float(np.nansum(floats(rows[f"purchases_{m}"]))) for m in HORIZONS},
        value={m: float(np.nansum(floats(rows[f"value_{m}"]))) for m in HORIZONS},
        at_risk=float(np.nansum(floats(rows["at_risk"])[is_recent])),
        largest=largest,
    )


def error_code(check: Check) -> str:
    """'low', 'high' or 'even': how the forecast lay to what came; 'nothing' came."""
    if check.error is None:
        return "nothing"
    if abs(check.error) < EVEN_BELOW:
        return "even"
    return "low" if check.error < 0 else "high"


@dataclass(frozen=True)
class Standing:
    """Who stays best and worst, by first channel where that can be told, else by cohort."""

    kind: str
    best: Staying
    worst: Staying

    @property
    def why(self) -> str:
        """Of cohorts: 'mix' where the channels it came by explain the best one, else 'own'. Of
        channels: 'again' where most of the difference is that more of its customers come back,
        'often' where it is that those who do buy in more months; 'unknown' where nobody came."""
        if self.kind != "channel":
            return "mix" if self.best.is_mix else "own"
        best, worst = self.best, self.worst
        if not (best.again and worst.again):
            return "again" if best.again else "unknown"
        # Staying is the product of both, so their logarithms share the difference.
        more = math.log(best.again / worst.again), math.log(best.often / worst.often)
        return "again" if more[0] >= more[1] else "often"


@dataclass(frozen=True)
class Margin:
    """The margin of a population's sales that have a cost, and the part of net sales that has."""

    rate: float
    covered: float


def margin(facts: pd.DataFrame, mix: pd.DataFrame) -> Margin | None:
    """In: customers of the population; customer, net, margin, costed of everybody, a customer in
    several rows (customer_mix.sql). None where no sale of theirs has a cost."""
    ours = mix[mix["customer"].isin(facts["customer"])]
    net, costed, earned = (
        float(np.nansum(floats(ours[name]))) for name in ("net", "costed", "margin")
    )
    return Margin(earned / costed, min(costed / net, 1.0)) if costed > 0 and net > 0 else None


def standings(found: Cohorts) -> tuple[Standing, ...]:
    """By channel, then by cohort where more than chance tells them apart; those that can be
    judged."""
    told = (("channel", best_and_worst_channel(found)), ("cohort", best_and_worst_cohort(found)))
    return tuple(
        Standing(kind, *pair)
        for kind, pair in told
        if pair is not None and (kind == "channel" or pair[0].is_sure)
    )
