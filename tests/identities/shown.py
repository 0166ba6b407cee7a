"""Numbers read off a page as a reader reads them, with how exactly they are written."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

UNITS = {"": 1, "万": 10**4, "亿": 10**8, "K": 10**3, "M": 10**6, "B": 10**9}


def figure(app: Any, label: str) -> str:
    """The text of a key figure."""
    return str(next(metric for metric in app.metric if metric.label == label).value)


def says(text: str, number: Decimal) -> bool:
    """Whether a written figure is this number, rounded to the places it is written with."""
    match = re.fullmatch(r"(-?[\d,]+(?:\.(\d+))?)([^\d\s]?)", text)
    assert match is not None, text
    unit = UNITS[match[3]]
    shown = Decimal(match[1].replace(",", "")) * unit
    half_a_step = Decimal(unit) / 10 ** len(match[2] or "") / 2
    return abs(shown - number) <= half_a_step


def money(table: Any, column: str) -> list[Decimal]:
    """A column of known amounts in full, whatever unit its heading names; to four places."""
    heading = json.loads(table.proto.columns)[column]["label"]
    unit = re.search(r"[（(](\S)[）)]$", heading)
    factor = UNITS[unit[1] if unit else ""]
    return [
        Decimal(repr(float(value) * factor)).quantize(Decimal("0.0001"))
        for value in table.value[column]
    ]
