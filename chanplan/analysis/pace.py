"""How far along a target is: attainment, pace, the gap to date, and what each day must bring.

Formulas: definitions §6. Money is Decimal; progress and rates are fractions. A target that is
missing or not positive gives None: an attainment of nothing says nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO

# From the best down: the least pace that is in the band, and its name.
BANDS: Final = (
    (Decimal("1.10"), "ahead"),
    (Decimal("1.00"), "on"),
    (Decimal("0.90"), "near"),
    (Decimal("0.80"), "behind"),
)
WORST: Final = "far"
BAND_NAMES: Final = (*(name for _, name in BANDS), WORST)


def attainment(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """达成率 = A / T."""
    return arithmetic.share(actual, target)


def pace(
    actual: Decimal | None, target: Decimal | None, progress: Decimal | None
) -> Decimal | None:
    """进度达成率 = (A / T) / progress; None before the first day has gone."""
    return arithmetic.share(attainment(actual, target), progress)


def gap(actual: Decimal | None, target: Decimal | None, progress: Decimal | None) -> Decimal | None:
    """进度差 = A − T · progress, in money: below zero is behind."""
    if actual is None or target is None or progress is None:
        return None
    return actual - target * progress


def gap_points(
    actual: Decimal | None, target: Decimal | None, progress: Decimal | None
) -> Decimal | None:
    """进度差 as a fraction: A / T − progress."""
    return arithmetic.difference(attainment(actual, target), progress)


def needed_daily(
    actual: Decimal | None, target: Decimal | None, days_left: Decimal | int
) -> Decimal | None:
    """剩余日均需达 = (T − A) / remaining days; zero once the target is reached, None when no
    day is left. In ordinary days it is what one of them must bring."""
    if actual is None or target is None or days_left <= 0:
        return None
    return max(target - actual, ZERO) / days_left


def current_daily(actual: Decimal | None, days_gone: int) -> Decimal | None:
    """What a day has brought so far, by the same days."""
    return None if actual is None or days_gone <= 0 else actual / days_gone


def at_risk(target: Decimal | None, landing: Decimal | None) -> Decimal | None:
    """The money by which the landing is expected to miss the target; never below zero."""
    missing = arithmetic.difference(target, landing)
    return None if missing is None else max(missing, ZERO)


def band(of: Decimal | None) -> str | None:
    """The band of a pace: ≥ 110 %, 100–110, 90–100, 80–90, < 80 %; its lower end belongs to it."""
    if of is None:
        return None
    return next((name for least, name in BANDS if of >= least), WORST)
