"""The care list: who is silent beyond its own rhythm or buys much less, and the money at risk.

In: the facts of a population (a row per customer), each customer's segment, care items, the
playbook. Out: one row per customer in the list, most money at risk first, as codes and values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.care import CLOSED, Item, key_of
from chanplan.domain.playbook import OTHER, Play
from chanplan.language.scale import decimal

# Silent beyond its rhythm: no order for this many of its own usual gaps. Of customers that order
# at random moments and have not left, one in four is silent for twice its median gap.
LATE_FROM: Final = 2.0
# An account that still orders is slipping away where its last year brought less than this part of
# the year before. Below so many buying days chance alone does that.
SHRUNK_BELOW: Final = 0.7
SHRUNK_DAYS: Final = 12
# Rows of a list; nobody calls more, and the sentence counts all.
MOST_LISTED: Final = 20_000
COLUMNS: Final = (
    "customer", "key", "segment", "at_risk", "usual", "risk", "gap", "silence", "times", "last",
    "orders", "channel", "suggested", "next_visit", "owner", "due", "state", "action", "result",
    "contacted", "opened", "seq", "net_year", "shrunk",
)  # fmt: skip


@dataclass(frozen=True)
class Silent:
    """How many customers are silent beyond their rhythm and what they usually bring in a year;
    `without` have too few buying days to have a rhythm at all; `active` keep theirs, `shrunk` of
    them buy much less than the year before, by `lost` together."""

    customers: int
    usual: Decimal
    at_risk: Decimal
    without: int
    active: int
    shrunk: int
    lost: Decimal


def interval_risk(silence: float, gap: float | None) -> float:
    """The chance that a customer has left, told by its own interval alone: the share of its
    silence that lies beyond its usual gap; 0 within it, and where it has none.

    Silent 91 days at a usual gap of 34: (91 − 34) / 91 = 63 %.
    """
    if gap is None or np.isnan(gap) or silence <= gap or silence <= 0:
        return 0.0
    return float((silence - gap) / silence)


def risks(facts: pd.DataFrame, outlook: Mapping[str, float] | None = None) -> np.ndarray:
    """The chance of having left for every row of facts: from `outlook` (customer → chance) where
    a model tells it, else from the customer's own interval."""
    gaps = pd.to_numeric(facts["gap"]).to_numpy(dtype=float)
    silences = facts["recency"].to_numpy(dtype=float)
    beyond = (silences > gaps) & (silences > 0)
    own = np.where(beyond, (silences - gaps) / np.where(silences > 0, silences, 1), 0.0)
    if not outlook:
        return own
    told = facts["customer"].astype(str).map(outlook).to_numpy(dtype=float)
    return np.where(np.isnan(told), own, told)


def usual_year(net_year: Decimal, net_year_before: Decimal) -> Decimal:
    """What a customer usually brings in a year: the better of its last two, since a silence
    that has begun makes the last one small. Never below zero."""
    return max(decimal(net_year) or ZERO, decimal(net_year_before) or ZERO, ZERO)


def list_of(
    facts: pd.DataFrame,
    segments: Mapping[str, str],
    items: Sequence[Item],
    plays: Mapping[str, Play],
    population: str,
    as_of: date,
    outlook: Mapping[str, float] | None = None,
    spoken: Mapping[str, date] | None = None,
) -> pd.DataFrame:
    """The list, in COLUMNS: customers silent beyond their rhythm, those that buy much less, and
    those whose care is going on; most money at risk first, then by name.

    spoken  customer → the last day somebody visited it, as uploads tell
    at_risk = usual yearly net × chance of having left; of who buys much less also what it no
    longer brings while it stays: (1 − chance) × (usual − last year's net)
    """
    working = _working(items)
    chances, less = risks(facts, outlook), is_shrunk(facts)
    kept = facts.assign(risk=chances, times=_times(facts), shrunk=less)[
        is_late(facts) | less | facts["customer"].isin(list(working)).to_numpy()
    ]
    kept = _largest(kept)
    last = _spoken(items, spoken or {})
    rows = [
        _row(row, segments, working, plays, population, as_of, last)
        for row in kept.to_dict("records")
    ]
    rows.sort(key=lambda row: (-row["at_risk"], row["customer"]))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def silent(facts: pd.DataFrame, outlook: Mapping[str, float] | None = None) -> Silent:
    """What the page's first sentence says, of the whole population."""
    late, less = is_late(facts), is_shrunk(facts)
    told = [
        (_money(now), usual_year(now, before), chance, bool(shrunk))
        for now, before, chance, shrunk in zip(
            facts["net_year"][late], facts["net_year_before"][late],
            risks(facts, outlook)[late], less[late], strict=True,
        )
    ]  # fmt: skip
    usual = sum((year for _, year, _, _ in told), ZERO)
    at_risk = sum((_at_risk(*one) for one in told), ZERO)
    fewer = facts[less & ~late]
    lost = [_money(before) - _money(now) for now, before
            in zip(fewer["net_year"], fewer["net_year_before"], strict=True)]  # fmt: skip
    without = int(pd.to_numeric(facts["gap"]).isna().sum())
    active = len(facts) - without - len(told)
    return Silent(len(told), usual, at_risk, without, active, len(fewer), sum(lost, ZERO))


def _at_risk(net_year: Decimal, usual: Decimal, chance: float, shrunk: bool) -> Decimal:
    """What of a usual year is not to be expected of the next one."""
    gone = Decimal(str(round(chance, 6)))
    staying = (1 - gone) * (usual - max(net_year, ZERO)) if shrunk else ZERO
    return usual * gone + staying


def is_shrunk(facts: pd.DataFrame) -> np.ndarray:
    """Of every row of facts whether it orders often and brings much less than the year before."""
    now, before = (facts[name].astype(float).to_numpy() for name in ("net_year", "net_year_before"))
    less: np.ndarray = (before > 0) & (now < SHRUNK_BELOW * before)
    return less & (facts["days"].to_numpy(dtype=int) >= SHRUNK_DAYS)


def is_late(facts: pd.DataFrame) -> np.ndarray:
    """Of every row of facts whether it is silent beyond its rhythm."""
    late: np.ndarray = np.nan_to_num(_times(facts), nan=0.0) >= LATE_FROM
    return late


def _times(facts: pd.DataFrame) -> np.ndarray:
    """Silence in usual gaps; NaN without a rhythm."""
    gaps = pd.to_numeric(facts["gap"]).replace(0, np.nan).to_numpy(dtype=float)
    told: np.ndarray = facts["recency"].to_numpy(dtype=float) / gaps
    return told


def _largest(kept: pd.DataFrame) -> pd.DataFrame:
    """The rows with most money at risk, where there are more than anybody works through."""
    if len(kept) <= MOST_LISTED:
        return kept
    both = kept[["net_year", "net_year_before"]].astype(float).max(axis=1)
    ranked = (both * kept["risk"]).sort_values(ascending=False, kind="stable")
    return kept.loc[ranked.index[:MOST_LISTED]]


def narrowed(
    listed: pd.DataFrame, owners: Sequence[str], states: Sequence[str], segments: Sequence[str] = ()
) -> pd.DataFrame:
    """The rows of these owners ("": nobody's), states and segments; none chosen: all."""
    shown = listed[listed["segment"].isin(list(segments))] if segments else listed
    if owners:
        shown = shown[[(one or "") in owners for one in shown["owner"]]]
    return shown[shown["state"].isin(list(states))] if states else shown


def _row(
    fact: Mapping[Any, Any],
    segments: Mapping[str, str],
    working: Mapping[str, Item],
    plays: Mapping[str, Play],
    population: str,
    as_of: date,
    spoken: Mapping[str, date],
) -> dict[str, Any]:
    customer = str(fact["customer"])
    segment = segments.get(customer, OTHER)
    play = plays.get(segment) or plays[OTHER]
    item = working.get(customer) or Item(
        key_of(population, customer, as_of), population, customer, as_of
    )
    now = _money(fact["net_year"])
    usual = usual_year(now, _money(fact["net_year_before"]))
    risk, gap = float(str(fact["risk"])), _number(fact["gap"])
    return {
        "customer": customer,
        "key": item.key,
        "segment": segment,
        "at_risk": _at_risk(now, usual, risk, bool(fact["shrunk"])).quantize(Decimal("0.01")),
        "usual": usual,
        "risk": risk,
        "gap": gap,
        "silence": int(str(fact["recency"])),
        "times": _number(fact["times"]),
        "last": fact["last"],
        "orders": int(str(fact["orders"])),
        "channel": None if pd.isna(fact["channel"]) else fact["channel"],
        "suggested": play.action,
        "next_visit": max(spoken[customer] + timedelta(play.days), as_of)
        if customer in spoken else as_of,
        "owner": item.owner,
        "due": item.due,
        "state": item.state,
        "action": item.action,
        "result": item.result,
        "contacted": item.contacted,
        "opened": item.opened,
        "seq": item.seq,
        "net_year": now,
        "shrunk": bool(fact["shrunk"]),
    }  # fmt: skip


def _working(items: Sequence[Item]) -> dict[str, Item]:
    """Customer → the item that is worked on, of several the one last spoken of."""
    found = {one.customer: one for one in sorted(items, key=lambda one: one.seq)
             if one.state not in CLOSED}  # fmt: skip
    return found


def _spoken(items: Sequence[Item], visits: Mapping[str, date]) -> dict[str, date]:
    found = dict(visits)
    for one in items:
        if one.contacted:
            found[one.customer] = max(one.contacted, found.get(one.customer, one.contacted))
    return found


def _money(value: object) -> Decimal:
    return decimal(value) or ZERO


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(str(value))  # type: ignore[call-overload]
