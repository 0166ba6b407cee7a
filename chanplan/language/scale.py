"""The unit in which large figures are read: 万 and 亿 in Chinese, K, M and B in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise
from typing import Literal

Language = Literal["zh", "en"]
Number = Decimal | int | float

# A plain hyphen, not the typographic minus: a figure pasted into a sheet stays a number.
MINUS = "-"
UNKNOWN = "—"


@dataclass(frozen=True)
class Scale:
    """One unit for a whole axis or column: show value ÷ divisor and write `unit` once."""

    divisor: Decimal
    unit: str
    places: int

    def show(self, value: Number | None, places: int | None = None) -> str:
        """The scaled figure without its unit; 16117548 in 万 → "1,611.8"."""
        number = decimal(value)
        if number is None:
            return UNKNOWN
        return grouped(number / self.divisor, self.places if places is None else places)


ONE = Scale(Decimal(1), "", 0)

# Largest first. The places keep about four significant digits, which is what a reader compares.
SCALES: dict[str, tuple[Scale, ...]] = {
    "zh": (Scale(Decimal(10**8), "亿", 2), Scale(Decimal(10**4), "万", 1), ONE),
    "en": (
        Scale(Decimal(10**9), "B", 2),
        Scale(Decimal(10**6), "M", 2),
        Scale(Decimal(10**3), "K", 1),
        ONE,
    ),
}


def decimal(value: object) -> Decimal | None:
    """A Decimal of what a frame cell holds; None for None, NaN, NA and infinities."""
    if value is None:
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def rounded(number: Decimal, places: int) -> Decimal:
    """Half away from zero, as a reader does it by hand; never a negative zero."""
    result = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def grouped(number: Decimal, places: int) -> str:
    """Thousands separated: 1234567.891, 2 → "1,234,567.89"."""
    return f"{rounded(number, places):,.{places}f}"


def scale_of(value: Number, language: str) -> Scale:
    """The largest unit of which the *rounded* value holds at least one (9,999.96万 → 1.00亿)."""
    size = abs(decimal(value) or Decimal(0))
    scales = SCALES[language]
    for larger, smaller in pairwise(scales):
        if rounded(size / smaller.divisor, smaller.places) * smaller.divisor >= larger.divisor:
            return larger
    return scales[-1]


def axis_scale(values: Iterable[object], language: str) -> Scale:
    """One unit for all these values, chosen by the largest of them."""
    known = [abs(number) for number in map(decimal, values) if number is not None]
    return scale_of(max(known, default=Decimal(0)), language)
