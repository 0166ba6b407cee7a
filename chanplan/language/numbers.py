"""How figures are written for a reader of one language: short, exact, signed, as a share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chanplan.language import months
from chanplan.language.scale import (
    SCALES,
    UNKNOWN,
    Language,
    Number,
    Scale,
    axis_scale,
    decimal,
    grouped,
    rounded,
    scale_of,
)

# From ten times on, a decimal of a percentage says nothing more.
PERCENT_WITHOUT_PLACES = Decimal(10)
# Below this an amount is more likely a price or a rounding: show its cents.
SHOW_CENTS_BELOW = Decimal(100)


@dataclass(frozen=True)
class Formatter:
    """Figures in one language. Every method takes None (or NaN) and then writes "—".

    Rates and shares are fractions (0.123 is 12.3 %), months are integers such as 202403.
    """

    language: Language = "zh"

    def money(self, value: Number | None) -> str:
        """Short, with its unit once: 16117548.237 → 1,611.8万 / 16.12M; 42.5 → 42.50."""
        number = decimal(value)
        if number is None:
            return UNKNOWN
        scale = scale_of(number, self.language)
        cents = not scale.unit and number % 1 != 0 and abs(number) < SHOW_CENTS_BELOW
        return scale.show(number, 2 if cents else None) + scale.unit

    def signed_money(self, value: Number | None) -> str:
        """A change of money with its sign: +123.4万; zero has none."""
        return _signed(self.money(value), value)

    def moneys(self, values: Sequence[Number | None], signed: bool = False) -> list[str]:
        """Amounts that stand under each other, in one unit; a tiny one that would read 0 in it
        keeps its own."""
        scale = self.axis(values)
        own = self.signed_money if signed else self.money
        texts = []
        for value in values:
            number = decimal(value)
            text = scale.show(number) + scale.unit
            tiny = number is None or (number != 0 and _shows_zero(text))
            if tiny or not scale.unit:
                text = own(number)
            elif signed:
                text = _signed(text, number)
            texts.append(text)
        return texts

    def exact(self, value: Number | None, places: int = 2) -> str:
        """All digits, thousands separated: 16,117,548.24."""
        number = decimal(value)
        return UNKNOWN if number is None else grouped(number, places)

    def count(self, value: Number | None) -> str:
        """A whole number: 2,773."""
        return self.exact(value, 0)

    def tenths(self, value: Number | None) -> str:
        """With one decimal: 6.4."""
        return self.exact(value, 1)

    def quantity(self, value: Number | None) -> str:
        """Whole when it is whole, else at most two places: 37,873 or 1,204.5."""
        text = self.exact(value, 2)
        return text.rstrip("0").rstrip(".") if "." in text else text

    def short_count(self, value: Number | None) -> str:
        """A count in few characters: exact below 10,000, then 12.3万 / 123.4K."""
        number = decimal(value)
        if number is not None and abs(number) >= SCALES["zh"][1].divisor:
            return self.money(number)
        return self.quantity(number)

    def percent(self, value: Number | None, places: int = 1) -> str:
        """A share or rate: 0.1234 → 12.3%."""
        number = decimal(value)
        if number is None:
            return UNKNOWN
        shown = 0 if abs(number) >= PERCENT_WITHOUT_PLACES else places
        return f"{grouped(number * 100, shown)}%"

    def change(self, value: Number | None, places: int = 1) -> str:
        """A growth rate with its sign: +12.3%."""
        return _signed(self.percent(value, places), value)

    def points(self, value: Number | None, places: int = 1) -> str:
        """A difference of two shares, signed, in percentage points: 0.012 → +1.2 pp."""
        number = decimal(value)
        if number is None:
            return UNKNOWN
        return _signed(f"{grouped(number * 100, places)} pp", number)

    def signed_count(self, value: Number | None) -> str:
        """A change of a count or quantity with its sign: +1,204."""
        return _signed(self.quantity(value), value)

    def by_unit(self, value: Number | None, unit: str) -> str:
        """A measure by its unit in the catalogue; an unknown unit is written exactly."""
        writers = {
            "money": self.money,
            "count": self.short_count,
            "quantity": self.short_count,
            "rate": self.percent,
            "price": self.exact,
            "growth": self.change,
            "points": self.points,
            "signed_money": self.signed_money,
            "signed_count": self.signed_count,
            "whole": self.count,
            "tenths": self.tenths,
        }
        return writers.get(unit, self.exact)(value)

    def exact_by_unit(self, value: Number | None, unit: str) -> str:
        """The same with all its digits, for tables and hover texts."""
        writers = {"count": self.count, "quantity": self.quantity, "rate": self.percent}
        return writers.get(unit, self.exact)(value)

    def axis(self, values: Iterable[object]) -> Scale:
        """One unit for a whole axis or column of amounts, by the largest of them."""
        return axis_scale(values, self.language)

    def month(self, month: int) -> str:
        """202403 → 2024年3月 / Mar 2024."""
        return months.month_label(month, self.language)

    def short_month(self, month: int) -> str:
        """202403 → 3月 / Mar."""
        return months.short_month(month, self.language)

    def quarter(self, quarter: int) -> str:
        """20241 → 2024年一季度 / Q1 2024."""
        return months.quarter_label(quarter, self.language)

    def year(self, year: int) -> str:
        """2024 → 2024年 / 2024."""
        return months.year_label(year, self.language)

    def fiscal_year(self, year: int) -> str:
        """2024 → 2024财年 / FY2024."""
        return months.fiscal_year_label(year, self.language)

    def fiscal_quarter(self, quarter: int) -> str:
        """20241 → 2024财年一季度 / Q1 FY2024."""
        return months.fiscal_quarter_label(quarter, self.language)

    def span(self, first: int, last: int) -> str:
        """Months from first to last: 2024年1月–3月 / Jan–Mar 2024."""
        return months.span_label(first, last, self.language)

    def date(self, day: date) -> str:
        """2024年3月15日 / 15 Mar 2024."""
        return months.date_label(day, self.language)


def _signed(text: str, value: Number | None) -> str:
    """`text` with a plus when the value is positive *and* still so after rounding."""
    number = decimal(value)
    return f"+{text}" if number is not None and number > 0 and not _shows_zero(text) else text


def _shows_zero(text: str) -> bool:
    """Whether a written figure has no digit but zeros."""
    return not any(digit in text for digit in "123456789")


__all__ = ["UNKNOWN", "Formatter", "Language", "Number", "Scale", "decimal", "rounded"]
