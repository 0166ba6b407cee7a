"""How a day without its year is known, and the year laid to it: 3月5日, 03-05, 5-Mar, March 5."""

from __future__ import annotations

import re

from chanplan.ingest import forms
from chanplan.ingest.cells_sql import bound, digits_of_months, literal, tidy

# The word of `Recipe.formats` for a column of such days; the year stands under "year".
SHAPE = "yearless"
IN_SIGNS = re.compile(forms.DAY_IN_SIGNS)
_OTHERS = tuple(
    map(re.compile, (forms.DAY_IN_WORDS, forms.DAY_BEFORE_MONTH, forms.DAY_AFTER_MONTH))
)


def is_bare(text: str) -> bool:
    """Whether a tidied text is such a day."""
    return any(one.match(text) for one in (IN_SIGNS, *_OTHERS))


def with_year(cell: str, year: str, order: str | None) -> str:
    """SQL of a cell's text with the year laid to it; what is no such day stays as it is."""
    month, day = (2, 1) if order == "dmy" else (1, 2)
    cases = {
        forms.DAY_IN_WORDS: _iso(forms.DAY_IN_WORDS, year, 1, 2),
        forms.DAY_IN_SIGNS: _iso(forms.DAY_IN_SIGNS, year, month, day),
        forms.DAY_BEFORE_MONTH: _spelt(forms.DAY_BEFORE_MONTH, year, 1, 2),
        forms.DAY_AFTER_MONTH: _spelt(forms.DAY_AFTER_MONTH, year, 2, 1),
    }
    whens = " ".join(f"when regexp_matches(y, {literal(p)}) then {v}" for p, v in cases.items())
    return bound(digits_of_months(tidy(cell)), "y", f"case {whens} else y end")


def _iso(pattern: str, year: str, month: int, day: int) -> str:
    parts = (f"lpad(regexp_extract(y, {literal(pattern)}, {at}), 2, '0')" for at in (month, day))
    return f"{literal(year)} || '-' || " + " || '-' || ".join(parts)


def _spelt(pattern: str, year: str, day: int, month: int) -> str:
    parts = (f"regexp_extract(y, {literal(pattern)}, {at})" for at in (day, month))
    return " || ' ' || ".join(parts) + f" || {literal(f' {year}')}"
