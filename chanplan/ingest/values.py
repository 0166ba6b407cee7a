"""What kind of value a text is: Python's view of one cell, used on the sample of a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from chanplan.ingest import forms

DateShape = Literal["iso", "compact", "order", "named", "serial", "month", "year"]

# The same sample is looked at for every table and field; so many texts are read only once.
_REMEMBERED = 50_000
_TIDY = str.maketrans(forms.WIDE, forms.PLAIN)
_GUARDED = re.compile(forms.GUARDED, re.DOTALL)
_GROUPS = str.maketrans("", "", ",'")
_NUMBER = re.compile(forms.NUMBER)
_COMMA = re.compile(forms.COMMA)
_COUNTED = re.compile(forms.COUNTED)
_CHINESE_MONTH = re.compile(forms.CHINESE_MONTH)
_BEFORE_NAMED, _AFTER_NAMED = re.compile(forms.BEFORE_NAMED), re.compile(forms.AFTER_NAMED)
_ORDINAL, _SIZED = re.compile(forms.ORDINAL), re.compile(forms.SIZED)
_PERCENT = re.compile(forms.PERCENT)
_PAID_TENTHS = re.compile(forms.PAID_TENTHS)
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[: len(name) if whole else 3]: at for whole in (0, 1)
           for at, name in enumerate(_MONTH_NAMES, 1)}  # fmt: skip
_MONTH_NAME = re.compile("|".join(name[:3] for name in _MONTH_NAMES))
# `forms.NAMED_DAYS` and `forms.NAMED_MONTHS` as patterns: trying form after form takes a
# hundred times as long, and a sample has thousands of texts that are none of them.
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<d>\d{1,2})-(?P<m>[a-z]{3})-(?P<y>\d{4}|\d\d)",
        r"(?P<d>\d{1,2}) +(?P<m>[a-z]{3,9}) +(?P<y>\d{4}|\d\d)",
        r"(?P<m>[a-z]{3,9}) +(?P<d>\d{1,2}), +(?P<y>\d{4})",
        r"(?P<m>[a-z]{3}) +(?P<d>\d{1,2}) +(?P<y>\d{4})",
        r"(?P<m>[a-z]{3})-(?P<d>\d{1,2})-(?P<y>\d{4}|\d\d)",
        r"(?P<m>[a-z]{3})-(?P<y>\d\d)",
        r"(?P<m>[a-z]{3,9})(?:-| +)(?P<y>\d{4})",
    )
)
# Years of two digits from here on are in the last century, as everywhere in computing.
_LAST_CENTURY = 69
_YEARS = range(int(forms.EARLIEST[:4]), int(forms.LATEST[:4]) + 1)


@lru_cache(_REMEMBERED)
def tidy(cell: str | None) -> str:
    """The cell in plain signs, lower case, without outer blanks and guard; '' for an absent one."""
    plain = (cell or "").translate(_TIDY).strip()
    guarded = plain.startswith(("=", "'"))
    return (_GUARDED.sub(r"\1\2", plain).strip() if guarded else plain).lower()


@lru_cache(_REMEMBERED)
def is_none(cell: str | None) -> bool:
    """Whether the cell says that there is no value: blank, "-", "N/A", "无" …"""
    return tidy(cell) in forms.NO_VALUE


@lru_cache(_REMEMBERED)
def number_of(cell: str | None) -> Decimal | None:
    """The number a person wrote ("1,234.50", "(1,200)", "¥3.5万", "12-"), else None."""
    return _written(cell, _NUMBER, forms.MAGNITUDES)


@lru_cache(_REMEMBERED)
def money_number(cell: str | None) -> Decimal | None:
    """The same of an amount, which may be told as 2.5K or 1.2M."""
    return _written(cell, _SIZED, forms.SIZES)


def _written(
    cell: str | None, pattern: re.Pattern[str], sizes: Mapping[str, int]
) -> Decimal | None:
    found = pattern.match(tidy(cell).replace(" ", ""))
    if not found:
        return None
    first, _, second, digits, magnitude, _, closing, last = found.groups()
    signs = [mark for mark in (first, second, last) if mark]
    if len(signs) > 1 or ("(" in signs) != (closing == ")"):
        return None
    value = Decimal(digits.translate(_GROUPS)) * sizes.get(magnitude or "", 1)
    return -value if signs and signs != ["+"] else value


@lru_cache(_REMEMBERED)
def comma_number(cell: str | None) -> bool:
    """Whether the cell is a number only to who writes a decimal comma ("1.234,50")."""
    return bool(_COMMA.match(tidy(cell).replace(" ", ""))) and number_of(cell) is None


@lru_cache(_REMEMBERED)
def unit_of(cell: str | None) -> str | None:
    """The unit that stands behind the number of a quantity ("12箱" → 箱), else None."""
    found = _COUNTED.match(tidy(cell))
    return found[2] if found and number_of(cell) is None else None


@lru_cache(_REMEMBERED)
def currency_of(cell: str | None) -> str | None:
    """The money an amount says it is in ("¥5", "5元" → "CNY"), None where it says nothing."""
    found = _SIZED.match(tidy(cell).replace(" ", ""))
    sign = (found.group(2) or found.group(6)) if found else None
    return forms.CURRENCIES.get(sign or "")


@lru_cache(_REMEMBERED)
def rate_of(cell: str | None) -> Decimal | None:
    """A rate as a fraction: "13%" → 0.13, "0.13" → 0.13, "8.5折" → 0.15, else None."""
    text = tidy(cell).replace(" ", "")
    if found := _PERCENT.match(text):
        value = Decimal(found.group(2).replace(",", "")) / 100
        return -value if found.group(1) == "-" else value
    if found := _PAID_TENTHS.match(text):
        return 1 - Decimal(found.group(1)) / 10
    return number_of(cell)


def is_flag(cell: str | None) -> bool:
    """Whether the cell is a yes or a no."""
    return tidy(cell) in (*forms.YES, *forms.NO)


@lru_cache(_REMEMBERED)
def shape_of(cell: str | None) -> DateShape | None:
    """How a date or month is written, None when the text is neither."""
    text = digits_of_months(tidy(cell))
    return next((shape for shape, fits in _SHAPES if fits(text)), None)


@lru_cache(_REMEMBERED)
def date_of(cell: str | None, order: str | None = None) -> date | None:
    """The day (first day of a month or year); `order` ("mdy", "dmy", "ymd") reads 3/4/2024."""
    text = digits_of_months(tidy(cell))
    return next((day for read in _readers(order) if (day := read(text))), None)


def digits_of_months(text: str) -> str:
    """2024年三月 → 2024年3月."""
    if _CHINESE_MONTH.search(text):
        for words, digits in forms.CHINESE_MONTHS:
            text = text.replace(words, digits)
    return text


def _readers(order: str | None) -> tuple[Callable[[str], date | None], ...]:
    return (_year_first, lambda text: _ordered(text, order), _compact, _named, _serial, _coarse)


def _day(year: int, month: int, day: int) -> date | None:
    if year in _YEARS:
        with suppress(ValueError):
            return date(year, month, day)
    return None


def _year_first(text: str) -> date | None:
    if found := re.match(forms.YEAR_FIRST, text):
        return _day(*map(int, found.groups()))
    found = re.match(forms.SHORT_YEAR, text)
    return _day(2000 + int(found[1]), int(found[2]), int(found[3])) if found else None


def _compact(text: str) -> date | None:
    found = re.match(forms.COMPACT, text)
    return _day(*map(int, found.groups())) if found else None


def _ordered(text: str, order: str | None) -> date | None:
    found = re.match(forms.ORDERED, text)
    if not found or order is None:
        return None
    year, month, day = (found.group(at) for at in forms.ORDERS[order])
    return _day(int(("20" + year)[-4:]), int(month), int(day))


def _named(text: str) -> date | None:
    if not _MONTH_NAME.search(text):
        return None
    bare = _AFTER_NAMED.sub("", _BEFORE_NAMED.sub("", text)).replace("sept ", "sep ")
    bare = _ORDINAL.sub(r"\1\2", bare)
    found = next((match for one in _NAMED if (match := one.fullmatch(bare))), None)
    if found is None or found["m"] not in _MONTHS:
        return None
    parts = found.groupdict("1")
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 1900 if year >= _LAST_CENTURY else 2000
    return _day(year, _MONTHS[parts["m"]], int(parts.get("d", "1")))


def _serial(text: str) -> date | None:
    found = re.match(forms.SERIAL, text)
    if found and forms.SERIAL_FIRST <= int(found.group(1)) <= forms.SERIAL_LAST:
        return date.fromisoformat(forms.SERIAL_ORIGIN) + timedelta(days=int(found.group(1)))
    return None


def _month(text: str) -> date | None:
    for pattern in (forms.MONTH_FIRST_YEAR, forms.MONTH_COMPACT):
        if found := re.match(pattern, text):
            return _day(int(found.group(1)), int(found.group(2)), 1)
    if found := re.match(forms.MONTH_SHORT_YEAR, text):
        return _day(2000 + int(found[1]), int(found[2]), 1)
    if found := re.match(forms.MONTH_LAST_YEAR, text):
        return _day(int(found.group(2)), int(found.group(1)), 1)
    return None


def _coarse(text: str) -> date | None:
    found = re.match(forms.YEAR_ONLY, text)
    return _month(text) or (_day(int(found.group(1)), 1, 1) if found else None)


def _named_month(text: str) -> bool:
    return bool(re.match(r"^[a-z]+[ -]\d{2,4}$", text)) and _named(text) is not None


_SHAPES: tuple[tuple[DateShape, Callable[[str], object]], ...] = (
    ("iso", _year_first),
    ("compact", _compact),
    ("order", lambda text: re.match(forms.ORDERED, text)),
    ("month", _named_month),
    ("named", _named),
    ("month", _month),
    ("serial", _serial),
    ("year", _coarse),
)
