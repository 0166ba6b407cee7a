"""Customers by when and where they first bought: who still buys, and what they have been worth."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from chanplan.analysis.customers.columns import floats
from chanplan.domain import calendar
from chanplan.domain.period import shift

# Who first appears in these months may have bought before the data began (definitions §1).
HISTORY: Final = 12
# Months after the first by which a cohort's staying is judged.
JUDGED: Final = 6
# A cohort or channel of fewer customers is told of, not judged.
LEAST: Final = 20
# Of the JUDGED months of one customer, half count as independent of each other.
INDEPENDENT: Final = JUDGED / 2
# The part of a channel's customers that must have reached an age for a value per customer.
LEAST_REACHED: Final = 0.25


@dataclass(frozen=True)
class Cohorts:
    """The answer to the question `customer_cohorts`, in three tables.

    months    a row per cohort and age: `cohort`, `age`, `customers`, `buyers`, `net`, `stays`
              (buyers ÷ customers), `worth` (net sales up to then per customer), `is_known`
              (whether the data is old enough to say that they were new)
    channels  a row per first channel and age: `channel` (None: no file tells it), `age`,
              `customers` (those who have reached that age), `buyers`, `net`, `stays`, `worth`
    entries   how each cohort came: `cohort`, `channel`, `customers`
    """

    months: pd.DataFrame
    channels: pd.DataFrame
    entries: pd.DataFrame


@dataclass(frozen=True)
class Staying:
    """How one cohort or channel stays: buyers per customer and month, months 1 to JUDGED.

    others    the same of everybody
    again     the part that came back at all within JUDGED months; often: in how many of them who
              came back bought. Their product is what `stays` is made of
    is_sure   whether the best and the worst lie further apart than chance makes them
    by_mix    of a cohort: what the channels it came by would make of it; None of a channel
    leading   the channel by which most of a cohort came, and its part; None of a channel
    """

    member: int | str | None
    customers: int
    stays: float
    others: float
    again: float = 0.0
    often: float = 0.0
    is_sure: bool = False
    by_mix: float | None = None
    leading: tuple[str | None, float] | None = None

    @property
    def is_mix(self) -> bool:
        """Whether more than half of the difference comes with the channels."""
        whole = self.stays - self.others
        mixed = 0.0 if self.by_mix is None else self.by_mix - self.others
        return whole != 0 and mixed / whole > 0.5


def last_whole_month(day: date, cut_off_day: int) -> int:
    """The last month that a day ends or has behind it."""
    month = calendar.month_of(day, cut_off_day)
    return month if day >= calendar.last_day(month, cut_off_day) else shift(month, -1)


def cohorts(told: pd.DataFrame) -> Cohorts:
    """The three tables of an answer; empty ones of an empty answer."""
    numbers = ("age", "customers", "buyers", "returned")
    told = told.astype(dict.fromkeys(numbers, "int64"))
    parts = {name: told[told["told_by"] == name] for name in ("month", "channel", "both")}
    months = _with_shares(parts["month"].drop(columns=["told_by", "channel"]), "cohort")
    months["cohort"] = months["cohort"].astype("int64")
    known_from = shift(int(months["cohort"].min()), HISTORY) if len(months) else 0
    months["is_known"] = months["cohort"] >= known_from
    channels = _with_shares(parts["channel"].drop(columns=["told_by", "cohort"]), "channel")
    entries = parts["both"][["cohort", "channel", "customers"]].reset_index(drop=True)
    return Cohorts(months, _reached(channels), entries.astype({"cohort": "int64"}))


def triangle(months: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Cohorts × ages (from 1) with the part that still buys, the last `most` cohorts; NaN: not
    yet. Age 0 is everybody, by definition."""
    later = months[months["age"] > 0]
    wide = later.pivot(index="cohort", columns="age", values="stays").sort_index()
    return wide if most is None else wide.tail(most)


def best_and_worst_cohort(found: Cohorts) -> tuple[Staying, Staying] | None:
    """The known cohorts that stay best and worst; None where fewer than two can be judged."""
    known = found.months[found.months["is_known"]]
    ends = _ends(_judged(known, "cohort"))
    if ends is None:
        return None
    by_channel = {one.member: one.stays for one in _judged(found.channels, "channel", least=1)}
    best, worst = (_with_mix(one, found.entries, by_channel) for one in ends)
    return best, worst


def best_and_worst_channel(found: Cohorts) -> tuple[Staying, Staying] | None:
    """The same of the channels of the first purchase."""
    return _ends(_judged(found.channels, "channel"))


def _with_shares(rows: pd.DataFrame, member: str) -> pd.DataFrame:
    rows = rows.sort_values([member, "age"], kind="stable").reset_index(drop=True)
    customers, net = floats(rows["customers"]), floats(rows["net"])
    told = rows.assign(net=net, stays=floats(rows["buyers"]) / customers, worth=net / customers)
    told["worth"] = told.groupby(member, dropna=False)["worth"].cumsum()
    return told


def _reached(rows: pd.DataFrame) -> pd.DataFrame:
    """Ages that enough of a channel's customers have reached: beyond, a few old ones tell."""
    first = rows.groupby("channel", dropna=False)["customers"].transform("max")
    kept = rows["customers"] >= LEAST_REACHED * first
    return rows[kept].reset_index(drop=True)


def _judged(rows: pd.DataFrame, member: str, least: int = LEAST) -> list[Staying]:
    """Members with customers enough who have had all the months by which staying is judged."""
    window = rows[rows["age"].between(1, JUDGED)]
    grouped = window.groupby(member, dropna=False)
    sums, ages = grouped[["buyers", "customers"]].sum(), grouped["age"].nunique()
    sizes = grouped["customers"].min()
    full = (ages == JUDGED) & (sizes >= least)
    kept = sums[full]
    if kept.empty:
        return []
    others = float(kept["buyers"].sum() / kept["customers"].sum())
    parts = window.assign(again=window["returned"] / window["customers"],
                          bought=window["buyers"] / window["customers"])  # fmt: skip
    ways = parts.groupby(member, dropna=False)[["again", "bought"]].sum()[full]
    counts = zip(kept.itertuples(name=None), ways.itertuples(index=False, name=None), strict=True)
    return [
        Staying(
            _plain(one), int(sizes[one] if one == one else sizes.iloc[-1]), float(b / c), others,
            float(again), float(bought / again) if again else 0.0,
        )
        for (one, b, c), (again, bought) in counts
    ]  # fmt: skip


def _ends(judged: list[Staying]) -> tuple[Staying, Staying] | None:
    if len(judged) < 2:
        return None
    best, worst = (take(judged, key=lambda one: one.stays) for take in (max, min))
    each = best.others * (1 - best.others) / INDEPENDENT
    error = (each / best.customers + each / worst.customers) ** 0.5
    # Of many, some two lie far apart by chance: so many errors no pair of them reaches, 19 in 20.
    needed = math.sqrt(2 * math.log(10 * len(judged) * (len(judged) - 1)))
    is_sure = best.stays - worst.stays >= needed * error > 0
    return replace(best, is_sure=is_sure), replace(worst, is_sure=is_sure)


def _plain(member: object) -> int | str | None:
    if isinstance(member, str):
        return member
    return None if member is None or member != member else int(str(int(float(str(member)))))


def _with_mix(
    one: Staying, entries: pd.DataFrame, by_channel: dict[int | str | None, float]
) -> Staying:
    came = entries[entries["cohort"] == one.member]
    rows = [(_plain(c), int(n)) for c, n in zip(came["channel"], came["customers"], strict=True)]
    known = [(by_channel[c], n) for c, n in rows if c in by_channel]
    whole = sum(n for _, n in rows)
    if not known or not whole:
        return one
    mixed = sum(stays * n for stays, n in known) / sum(n for _, n in known)
    leading, most = max(rows, key=lambda row: row[1])
    name = leading if isinstance(leading, str) else None
    return replace(one, by_mix=mixed, leading=(name, most / whole))
