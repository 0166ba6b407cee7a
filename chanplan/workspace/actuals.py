"""What has come in of a measure that a target may name, month by month: one door for all of them.

A measure is a word of the catalogue. Some stand beside the sales lines (`beside`): whether they
can be told at all depends on what was uploaded, and by which dimensions it was told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

import pandas as pd

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.workspace import beside
from chanplan.workspace.answers import Answer

Ask = Callable[[MetricQuery | Question], Answer]
# How the months asked for are told: each alone, by calendar period, or all of them as one.
Each = Literal["month", "quarter", "year", "fiscal_year", "whole"]
UNKNOWN: Final = "unknown_measure"
NOTHING: Final = "nothing_known"


@dataclass(frozen=True)
class Actuals:
    """frame   month (int, the first one asked for of its period), the dimensions split by (None:
               not stated), value (Decimal; None: unknown). No row: nothing happened there
    reason     why the frame is empty where the measure cannot be told, as a code (words:
               actuals.<code>): unknown_measure, not_by_dimension (the upload does not tell it),
               no_collections, no_dues, no_outlets, no_market, no_costs (nothing of the kind is
               uploaded), nothing_known (a cost, quantity or market of this scope that nobody has
               told); None where it can be told, even if nothing happened
    """

    frame: pd.DataFrame
    reason: str | None = None


def actuals(
    ask: Ask,
    measure: str,
    scope: Scope,
    by: tuple[str, ...],
    months: Period,
    each: Each = "month",
) -> Actuals:
    """The measure in `months` of the scope, whose own period and days are not asked. A quarter
    or year that `months` cuts is told as far as they reach. Ratios are ratios of sums and
    distinct counts are counted over the period: never added up from months. New customers have no
    row in the first twelve months of the data."""
    if measure not in catalogue().measures:
        return Actuals(_empty(by), UNKNOWN)
    inside = replace(scope, period=months, days=None)

    def frame(query: MetricQuery | Question) -> pd.DataFrame:
        return ask(query).frame

    refused = beside.reason(measure, inside, by, frame)
    if refused:
        return Actuals(_empty(by), refused)
    split = tuple(name for name in by if name != each)
    keys = split if each == "whole" else (each, *split)
    told = _told(frame(MetricQuery((measure,), inside, by=keys)), measure, by, months, each)
    # Of a ratio no row is no value; of a sum it is nothing.
    if told["value"].isna().all() and (len(told) or _is_ratio(measure)):
        return Actuals(_empty(by), NOTHING)
    return Actuals(told)


def why(ask: Ask, measure: str, scope: Scope, by: tuple[str, ...]) -> str:
    """Why an answer told nothing of a measure beside the lines: a code of `Actuals.reason`."""
    return beside.reason(measure, scope, by, lambda query: ask(query).frame) or NOTHING


def _is_ratio(measure: str) -> bool:
    return catalogue().measures[measure].unit in ("rate", "price")


def _told(
    found: pd.DataFrame, measure: str, by: tuple[str, ...], months: Period, each: Each
) -> pd.DataFrame:
    frame = found.rename(columns={measure: "value"})
    frame["value"] = pd.Series([_decimal(value) for value in frame["value"]], dtype=object)
    frame["month"] = [_first(member, months, each) for member in _periods(found, each)]
    return frame[["month", *(name for name in by if name != "month"), "value"]]


def _periods(found: pd.DataFrame, each: Each) -> list[object]:
    return [None] * len(found) if each == "whole" else list(found[each])


def _first(member: object, months: Period, each: Each) -> int:
    """The first month asked for of a calendar period: 20242 → 202404."""
    number = int(str(member)) if member is not None else 0
    if each == "month":
        return number
    if each == "quarter":
        return max(months.first, number // 10 * 100 + number % 10 * 3 - 2)
    if each == "year":
        return max(months.first, number * 100 + 1)
    return months.first


def _decimal(value: object) -> Decimal | None:
    return None if value is None or pd.isna(value) else Decimal(str(value))  # type: ignore[call-overload]


def _empty(by: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(columns=["month", *by, "value"], dtype=object)
