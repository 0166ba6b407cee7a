"""What happened and what drove it, as finding codes with values; the sentences are words.

A finding is read out by the page: `text(f"findings.{code}", …)` with each value written by
`Formatter.by_unit(value, UNITS[name])`; members are the user's own names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis import shares as mix
from chanplan.domain import calendar
from chanplan.domain.period import Period
from chanplan.domain.scope import Comparison

MEASURE = "net_sales"
# Below half a thousandth a growth rate is written as 0.0 %: calling it growth would be silly.
FLAT_BELOW = Decimal("0.0005")

# How each value of a finding is written; what is not here is a name or a plain count.
UNITS: Final[Mapping[str, str]] = {
    "value": "money",
    "base": "money",
    "change": "signed_money",
    "size": "money",
    "growth": "growth",
    "contribution": "points",
    "share_change": "points",
    "gain": "points",
    "loss": "points",
    "share": "rate",
    "overall": "rate",
    "index": "whole",
    "effective": "tenths",
    "least": "tenths",
    "most": "tenths",
    "rate": "rate",
    "coverage": "rate",
    "cost_rate": "rate",
    "usual_rate": "rate",
    "before_share": "rate",
    "up": "signed_money",
    "down": "signed_money",
    "money": "signed_money",
    "second_money": "signed_money",
    "usual": "money",
    "floor": "money",
    "ceiling": "money",
    "mirrored": "money",
    "after": "money",
    "after_usual": "money",
    "range": "rate",
    "files": "whole",
    "rows_file": "whole",
    "rows_loaded": "whole",
    "rows_set_aside": "whole",
    "rows_skipped": "whole",
    "pairs": "whole",
    "own": "whole",
    "decided": "whole",
    "gained": "whole",
    "lost": "whole",
    "stayed": "whole",
    "back": "whole",
    "active": "whole",
    "new_buyers": "whole",
    "match_rate": "rate",
    "match_floor": "rate",
}
# The values that name members of the finding's dimension.
MEMBERS: Final = ("member", "gainer", "loser", "before")
# The values that are months (202403).
MONTHS: Final = ("month", "high", "low", "first", "last", "since")
# The values that are places: pairs of dimension and member.
PLACES: Final = ("place", "mirror")
# The values that name steps of a bridge.
STEPS: Final = ("step", "second")
# A driver told where the dimension is known already.
MOVED: Final = {"driver_up": "added_most", "driver_down": "lost_most"}


@dataclass(frozen=True)
class Finding:
    """One thing to say. `values` holds Decimals by the names of UNITS, and plain names; `also`
    is said in the same breath."""

    code: str
    values: Mapping[str, object]
    also: tuple[Finding, ...] = ()


def story(
    total: pd.DataFrame,
    by_dimension: Sequence[tuple[str, pd.DataFrame]],
    period: Period,
    compare: Comparison = "last_year",
    cut_off_day: int = calendar.MONTH_END,
) -> tuple[Finding, ...]:
    """The findings of a scope, most important first; never empty.

    In: the one-row answer with net_sales (and its base), and answers by dimension in the
    order they are told, usually channel then product. Out, in order:
    - `no_sales`; or `sales` (no base known) / `no_growth_rate` (base ≤ 0) / `grew` / `fell` /
      `flat`; after it `negative_total` when more came back than was sold
    - per dimension: `only_member`, or with a base `driver_up` then `lost_most`, or
      `driver_down` then `added_most` (the one that explains the direction first), else `largest`
    - `new_year_now` / `new_year_base` when Chinese New Year lies in only one of the two periods
    """
    value = next(iter(arithmetic.numbers(total, MEASURE)), None)
    base = next(iter(arithmetic.numbers(total, arithmetic.base_of(MEASURE))), None)
    if value is None and base is None:
        return (Finding("no_sales", {}),)
    now = value if value is not None else arithmetic.ZERO
    rising = base is None or now >= base
    told = [
        finding
        for dimension, frame in by_dimension
        for finding in _drivers(dimension, mix.shares(frame, dimension, MEASURE), rising)
    ]
    holiday = new_year(period, compare, cut_off_day) if base is not None else []
    return (*_headline(now, base), *told, *holiday)


def _headline(now: Decimal, base: Decimal | None) -> list[Finding]:
    values: dict[str, object] = {"value": now}
    code = "sales"
    if base is not None:
        rate, change = arithmetic.growth(now, base), now - base
        values |= {"base": base, "change": change, "size": abs(change), "growth": rate}
        values["rate"] = None if rate is None else abs(rate)  # "down 5 %", not "down -5 %"
        code = _direction(rate)
    returned = [Finding("negative_total", {"value": now})] if now < 0 else []
    return [Finding(code, values), *returned]


def _direction(rate: Decimal | None) -> str:
    if rate is None:
        return "no_growth_rate"
    if abs(rate) < FLAT_BELOW:
        return "flat"
    return "grew" if rate > 0 else "fell"


def _drivers(dimension: str, shown: pd.DataFrame, rising: bool) -> list[Finding]:
    if len(shown) == 0:
        return []
    if len(shown) == 1:
        return [Finding("only_member", _values(dimension, shown, 0))]
    if arithmetic.numbers(shown, "change")[0] is None:
        largest = Finding("largest", _values(dimension, shown, 0))
        return [largest] if largest.values["share"] is not None else []
    found = drivers(dimension, shown, rising)
    return [*found[:1], *(Finding(MOVED[second.code], second.values) for second in found[1:])]


def drivers(dimension: str, shown: pd.DataFrame, rising: bool) -> list[Finding]:
    """Who added and who lost most money, the one that explains the direction first.

    In: the members of `shares` with a base. A contribution that rounds to nothing is no driver.
    """
    changes = arithmetic.numbers(shown, "change")
    moves = [change or arithmetic.ZERO for change in changes]
    up, down = moves.index(max(moves)), moves.index(min(moves))
    rose = [Finding("driver_up", _values(dimension, shown, up))] if moves[up] > 0 else []
    fell = [Finding("driver_down", _values(dimension, shown, down))] if moves[down] < 0 else []
    return [each for each in (rose + fell if rising else fell + rose) if _tells(each)]


def _tells(driver: Finding) -> bool:
    part = driver.values["contribution"]
    return not isinstance(part, Decimal) or abs(part) >= FLAT_BELOW


def _values(dimension: str, shown: pd.DataFrame, at: int) -> dict[str, object]:
    row = shown.iloc[at]
    names = ("member", "value", "base", "change", "growth", "contribution", "share")
    values = {"dimension": dimension, **{name: row[name] for name in names}}
    return values | {"size": None if row["change"] is None else abs(row["change"])}


def new_year(
    period: Period, compare: Comparison, cut_off_day: int = calendar.MONTH_END
) -> list[Finding]:
    """春节 in one of two compared periods only: then the comparison measures the calendar."""
    if compare == "none":
        return []
    base = period.last_year() if compare == "last_year" else period.previous()
    if not (_is_known(period) and _is_known(base)):
        return []
    now_month, base_month = (_new_year_month(each, cut_off_day) for each in (period, base))
    if (now_month is None) == (base_month is None):
        return []
    code = "new_year_now" if base_month is None else "new_year_base"
    return [Finding(code, {"month": now_month or base_month})]


def _new_year_month(period: Period, cut_off_day: int) -> int | None:
    """The first month of the period in which Chinese New Year falls."""
    return next((m for m in period if calendar.new_year_month(m // 100, cut_off_day) == m), None)


def _is_known(period: Period) -> bool:
    """Whether the table of New Years reaches over the whole period."""
    known = calendar.new_years()
    return min(known) <= period.first // 100 and period.last // 100 <= max(known)
