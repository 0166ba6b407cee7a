"""Customers through the channels: who is new, repeats, is won back or lost, and where the new
ones of a channel bought before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import arithmetic, cells
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

DIMENSION: Final = "channel"
# What a customer active in the period is to a channel; each is exactly one of them.
STATES: Final = ("new_company", "new_channel", "repeated", "won_back")
COUNTS: Final = ("customers", *STATES, "before", "lost", "stayed")
COLUMNS: Final = ("member", *COUNTS, "lost_rate")
MATRIX: Final = ("member", "known", "before", "customers", "share")
MEASURES: Final = ("average_order", "orders_per_customer", "orders", "active_customers")
# The first months of the data tell of nobody whether it bought before (definitions §1).
HISTORY: Final = MONTHS_A_YEAR
# Below this share of customers known in two channels, ways between channels are not told
# (definitions §0): they would be those of the few whose names happen to agree.
MATCH_FLOOR: Final = Decimal("0.01")
# What the months of customers know; by other dimensions their ways are not kept.
_KNOWN: Final = frozenset(
    "channel channel_kind channel_group partner region source customer month quarter year"
    " fiscal_quarter fiscal_year".split()
)


@dataclass(frozen=True)
class Flows:
    """Customers of a period, by channel and as a whole.

    channels    COLUMNS, a row per channel, most customers first; the states are None where
                `unknown`, as is stayed where the match rate is below the floor
    company     the same for the company, each customer counted once; None for no customers
    match_rate  customers known in more than one channel, of all up to the period's end; None
                where there is but one channel
    unknown     whether the period begins within the first HISTORY months of the data
    switches    MATRIX: customers new to `member` who bought in `before` just before; known is
                False for those new to the company; share is of the member's new ones. Empty
                where unknown or refused
    """

    channels: pd.DataFrame
    company: dict[str, Any] | None
    match_rate: Decimal | None
    unknown: bool
    switches: pd.DataFrame

    @property
    def refused(self) -> bool:
        """Whether too few customers are known in two channels to tell of ways between them."""
        return self.match_rate is not None and self.match_rate < MATCH_FLOOR


def blind_filters(scope: Scope) -> list[str]:
    """Filters of a scope that the months of customers cannot follow."""
    return [name for name, _ in scope.where if name not in _KNOWN]


def within(scope: Scope) -> list[str]:
    """Filters that bound who is known: beyond them a customer may have bought before. One on
    channels bounds nobody (see `questions`)."""
    return [name for name, _ in scope.where if name in _KNOWN and name != DIMENSION]


def base_of(period: Period, base: Period | None) -> Period:
    """Whose customers may be lost: those of the period compared with, else of the one before."""
    return base or period.previous()


def questions(scope: Scope, base: Period) -> tuple[Question, Question]:
    """Customers by state, and the ways of the new ones: of all channels, so that a filter on
    channels makes nobody new. By months: days are left out."""
    everyone = scope.only(DIMENSION).at(scope.period)
    flows = Question("customer_flows", everyone, base=base)
    return flows, Question("switch_matrix", everyone)


def query(scope: Scope, compare: Any) -> MetricQuery:
    """Average order and orders per customer of every channel."""
    return MetricQuery(MEASURES, scope, by=(DIMENSION,), compare=compare)


def flows(told: pd.DataFrame, ways: pd.DataFrame, scope: Scope) -> Flows:
    """What the answers to `questions` say, kept to the scope's filter on channels.

    Definitions §1 (new, won back) and §0 (match rate and its floor).
    """
    rows = cells.records(told)
    whole = next((row for row in rows if row["whole"] == 1), None)
    if whole is None:
        return Flows(cells.table(COLUMNS, []), None, None, False, cells.table(MATRIX, []))
    parts = [row for row in rows if row["whole"] == 0]
    rate = Decimal(int(whole["matched"])) / int(whole["ever"]) if len(parts) > 1 else None
    unknown = scope.period.first < shift(int(whole["history_first"]), HISTORY)
    refused = rate is not None and rate < MATCH_FLOOR
    kept = dict(scope.where).get(DIMENSION)
    channels = [_row(row, unknown, refused) for row in parts if _is_kept(row["channel"], kept)]
    active = [row for row in channels if row["customers"] or row["before"]]
    none = cells.table(MATRIX, [])
    return Flows(
        cells.table(COLUMNS, [[row[name] for name in COLUMNS] for row in active]),
        # Of the company as a whole nobody comes from elsewhere, nor goes there.
        _row(whole, unknown, False) | {"new_channel": None, "stayed": None},
        rate,
        unknown,
        none if unknown or refused else _switches(ways, kept),
    )


def _is_kept(channel: Any, kept: Collection[str] | None) -> bool:
    """An empty text among the members of a filter stands for "not stated"."""
    return kept is None or (channel or "") in kept


def _row(row: dict[str, Any], unknown: bool, refused: bool) -> dict[str, Any]:
    found: dict[str, Any] = {name: int(row[name]) for name in COUNTS}
    if unknown:
        found |= dict.fromkeys(STATES)
    elif refused:
        # Whether a customer of other channels is the same person cannot be told.
        found["new_company"], found["new_channel"] = None, row["new_company"] + row["new_channel"]
    if refused:
        found["stayed"] = None
    lost, before = Decimal(found["lost"]), Decimal(found["before"])
    return {"member": row["channel"], **found, "lost_rate": arithmetic.share(lost, before)}


def _switches(ways: pd.DataFrame, kept: Collection[str] | None) -> pd.DataFrame:
    rows = [row for row in cells.records(ways) if _is_kept(row["channel"], kept)]
    totals: dict[Any, int] = defaultdict(int)
    for row in rows:
        totals[row["channel"]] += int(row["customers"])
    told = [
        (
            row["channel"],
            row["known"] == 1,
            row["before"],
            int(row["customers"]),
            Decimal(int(row["customers"])) / totals[row["channel"]],
        )
        for row in rows
    ]
    told.sort(key=lambda row: (-totals[row[0]], row[0] or "", -row[3], row[2] or ""))
    return cells.table(MATRIX, told)


def frequency(frame: pd.DataFrame) -> pd.DataFrame:
    """The answer to `query` with growth beside both ratios, most customers first."""
    table = frame.assign(
        member=arithmetic.column(arithmetic.members(frame, DIMENSION)),
        **{f"{name}_growth": _growths(frame, name) for name in MEASURES[:2]},
    )
    sizes = [value or 0 for value in arithmetic.numbers(table, "active_customers")]
    order = sorted(range(len(table)), key=lambda at: -sizes[at])
    return table.iloc[order].reset_index(drop=True)


def _growths(frame: pd.DataFrame, name: str) -> pd.Series:
    now, base = (arithmetic.numbers(frame, each) for each in (name, arithmetic.base_of(name)))
    return arithmetic.column(arithmetic.growth(a, b) for a, b in zip(now, base, strict=True))
