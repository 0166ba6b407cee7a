"""A typed cell of a workbook or a parquet file as the text everything else is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

# Doubles carry 15 digits that a person typed; the 16th and 17th are binary noise
# (22439.933999999997 was typed as 22439.934).
DIGITS = ".15g"
TOO_LONG = 1e15


# Signs that take no room and make two names of one: zero-width blanks, marks of direction and
# of order, soft hyphens.
UNSEEN = "\u200b\u200e\u200f\ufeff\u00ad"
_UNSEEN = str.maketrans("", "", UNSEEN)


def number(value: float) -> str:
    """15 significant digits, no exponent, no `.0`; NaN, which parquet uses for nothing, is ''.

    A number of more digits has lost its last ones, and shows it as Excel does: 1.2…E+17.
    """
    if value != value:
        return ""
    if abs(value) >= TOO_LONG:
        return f"{value:.15G}"
    text = format(value, DIGITS)
    if "e" in text:
        text = format(Decimal(text), "f")
    return "0" if text == "-0" else text


def date_time(value: dt.datetime) -> str:
    """ISO date, with the time only where there is one; serial numbers' microseconds rounded."""
    if value.microsecond:
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    if value.time() == dt.time():
        return value.strftime("%Y-%m-%d") if value.year > 999 else value.date().isoformat()
    return value.replace(tzinfo=None).isoformat(" ")


def duration(value: dt.timedelta) -> str:
    """Hours, minutes and seconds; more than a day counts on in hours, as Excel shows it."""
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, seconds = divmod(abs(seconds), 3600)
    return f"{sign}{hours:02d}:{seconds // 60:02d}:{seconds % 60:02d}"


def _same(value: str) -> str:
    """The text without signs that nobody sees, its line ends as everywhere."""
    if value.isprintable():
        return value
    seen = value.translate(_UNSEEN)
    return seen.replace("\r\n", "\n").replace("\r", "\n") if "\r" in seen else seen


TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: _same,
    float: number,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    type(None): lambda _: "",
    dt.datetime: date_time,
    dt.date: dt.date.isoformat,
    dt.time: lambda value: value.replace(microsecond=0).isoformat(),
    dt.timedelta: duration,
    Decimal: lambda value: format(value, "f"),
}


def text(value: object) -> str:
    """Any cell's text; '' for an empty one."""
    convert = TEXT_OF.get(type(value))
    return convert(value) if convert else str(value)


def texts(values: Sequence[object]) -> Sequence[str]:
    """The texts of a column's cells, which are mostly of one kind; as `text` gives them."""
    kinds = {*map(type, values)}
    if len(kinds) > 1:
        return [text(value) for value in values]
    (kind,) = kinds
    if kind is str and "".join(map(str, values)).isprintable():  # see `_same`
        return [*map(str, values)]
    if kind is float:
        return _numbers(values)
    if kind in (dt.datetime, dt.date):  # few are different
        told = {value: text(value) for value in {*values}}
        return [told[value] for value in values]
    return [text(value) for value in values]


def _numbers(values: Sequence[object]) -> list[str]:
    """All at once, where none of them is written in a way that `number` must mend."""
    told = " ".join([f"%{DIGITS}"] * len(values)) % (*values,)
    plain = not any(sign in told for sign in ("e", "n", "-0"))
    return told.split(" ") if plain else [text(value) for value in values]
